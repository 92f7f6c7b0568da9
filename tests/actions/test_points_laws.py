"""Laws of points: whatever is earned, spent, redeemed, corrected, taken back, and expires.

A member's points are kept beside the store by hand, by their last day; after each step the lots
hold exactly these, and what all accounts have is nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from core.actions.deeds import correct_points, credit_behaviour
from core.actions.expire_points import expire_all
from core.actions.publish_rulebook import publish_rulebook
from core.actions.redeem import redeem, undo_redemption
from core.actions.reward_shelf import count_rewards
from core.actions.settle import settle
from core.actions.spend_points import spend_points
from core.errors import NotEnoughPoints
from core.rulebook.behaviours import Behaviour
from core.rulebook.points_policy import SpendPolicy
from core.rulebook.rewards import Reward
from core.values.moment import months_after
from tests.actions.test_return import DAY_S, file_of
from tests.actions.test_settle import NORMAL, VITAMIN, paid, scanned
from tests.builders import Home, later, manager_of

SOAP = Reward("soap", "香皂", 7, units=3)
ADVICE = Behaviour("advice", "建议", 20, per_day=0)
Lots = Counter[date]
HOMES: list[Home] = []


class Points(RuleBasedStateMachine):
    """One member through some months."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        home = Home(Path(shutil.copytree(HOMES[0].path, Path(self.folder.name) / "home")))
        self.home, self.opened = home, home.shop()
        self.first = self.shop = later(self.opened.__enter__(), 0)
        self.day, self.lots = date(2100, 1, 1), Lots()
        self.redeemed: list[tuple[str, Lots]] = []
        self.staff = manager_of(self.shop)
        expire_all(self.shop)  # what the others brought with them
        self.member = file_of(self.shop, NORMAL).member.id
        with self.shop.store.read() as reading:
            now = reading.rulebooks.current()
        points = replace(now.points, months=1, spend=SpendPolicy(1, 1))
        rules = replace(
            now, version=now.version + 1, points=points, behaviours=(ADVICE,), rewards=(SOAP,)
        )
        publish_rulebook(self.shop, rules, staff=self.staff)
        count_rewards(self.shop, "soap", 1000, staff=self.staff)

    def teardown(self) -> None:
        if hasattr(self, "opened"):
            self.opened.__exit__(None, None, None)
            assert self.home.findings() == []
            self.folder.cleanup()

    # What happens

    @rule(days=st.sampled_from((1, 5, 12, 30)))
    def some_days_later(self, days: int) -> None:
        self.time_goes_on(days)

    def time_goes_on(self, days: int) -> None:
        self.day += timedelta(days=days)
        self.shop = later(self.first, (self.day - date(2100, 1, 1)).days * DAY_S)

    @rule(
        codes=st.lists(st.just(VITAMIN), min_size=1, max_size=2),
        share=st.sampled_from((0, 0, 10, 100)),
    )
    def a_sale(self, codes: list[str], share: int) -> None:
        counter = scanned(self.shop, NORMAL, *codes)
        points = sum(self.usable().values()) * share // 100
        if points:
            most = min(points, counter.quote.payable_fen)
            counter = spend_points(self.shop, counter.basket, most, staff=self.staff)
        ready = paid(self.shop, counter)
        settle(self.shop, ready.basket, shown=ready.quote.hash, staff=self.staff)
        self.take(ready.quote.points_spent)
        self.earn(ready.quote.points)

    @rule()
    def a_behaviour(self) -> None:
        credit_behaviour(
            self.shop, self.member, "advice", deed_id=self.shop.new_id(), staff=self.staff
        )
        self.earn(ADVICE.points)

    @rule(points=st.integers(-60, 300).filter(bool))
    def a_correction(self, points: int) -> None:
        enough = sum(self.usable().values()) >= -points
        try:
            correct_points(
                self.shop,
                self.member,
                points,
                reason="对账",
                correction_id=self.shop.new_id(),
                staff=self.staff,
            )
        except NotEnoughPoints:
            assert not enough
            return
        if points > 0:
            self.earn(points)
        else:
            self.take(-points)

    @rule(units=st.integers(1, 12))
    def a_redemption(self, units: int) -> None:
        enough = sum(self.usable().values()) >= SOAP.cost(units)
        words = {"redemption_id": self.shop.new_id(), "staff": self.staff}
        try:
            done = redeem(self.shop, self.member, "soap", units, **words)  # type: ignore[arg-type]
        except NotEnoughPoints:
            assert not enough
            return
        self.redeemed.append((done.made.no, self.take(SOAP.cost(units))))

    @rule(at=st.integers(0, 9), late=st.sampled_from((0, 40)))
    def a_redemption_is_taken_back(self, at: int, late: int) -> None:
        if self.redeemed:
            self.time_goes_on(late)
            no, taken = self.redeemed.pop(at % len(self.redeemed))
            undo_redemption(self.shop, no, staff=self.staff)
            for until, points in taken.items():
                alive = until if until >= self.day else self.day + timedelta(days=30)
                self.lots[alive] += points

    @rule()
    def points_expire_once(self) -> None:
        due = sum(points for until, points in self.lots.items() if until < self.day)
        assert expire_all(self.shop).points == due
        assert expire_all(self.shop).points == 0
        self.lots = self.usable()

    # What is kept by hand

    def usable(self) -> Lots:
        return Lots({until: n for until, n in self.lots.items() if n and until >= self.day})

    def earn(self, points: int) -> None:
        if points:
            self.lots[months_after(self.day, 1)] += points

    def take(self, points: int) -> Lots:
        taken = Lots()
        for until in sorted(self.usable()):
            part = min(points, self.lots[until])
            self.lots[until] -= part
            taken[until] += part
            points -= part
        assert points == 0
        return taken

    @invariant()
    def the_lots_hold_what_they_should(self) -> None:
        if not hasattr(self, "lots"):
            return
        held = Lots()
        with self.shop.store.read() as reading:
            for lot in reading.ledger.lots(self.member):
                assert lot.expires_on is not None
                held[lot.expires_on] += lot.left
            balance = reading.ledger.balance(self.member)
        assert held == +self.lots
        assert balance == sum(held.values())

    @invariant()
    def all_accounts_together_have_nothing(self) -> None:
        if not hasattr(self, "lots"):
            return
        with self.shop.store.reader() as connection:  # type: ignore[attr-defined]
            assert connection.execute("SELECT sum(points) FROM balances").fetchone() in ((0,), None)


@pytest.fixture(autouse=True)
def furnished_home(furnished: Home) -> None:
    HOMES[:] = [furnished]


TestPoints = Points.TestCase
TestPoints.settings = settings(
    max_examples=30,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
