"""读: whatever a shop does in its days, a server reads of it what the till itself has."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.actions.cards import freeze_member, renew_card, replace_card, thaw_member
from core.actions.change_birthday import change_birthday
from core.actions.consents import give_consent, withdraw_consent
from core.actions.counter import new_basket
from core.actions.deeds import correct_points, credit_behaviour
from core.actions.expire_points import expire_all
from core.actions.grant_tier import grant_tier, withdraw_tier
from core.actions.join_member import join_member
from core.actions.merge_members import merge_members
from core.actions.publish_rulebook import publish_rulebook
from core.actions.redeem import redeem, redemptions_of, undo_redemption
from core.actions.return_sale import preview_return, return_sale
from core.actions.reward_shelf import count_rewards
from core.actions.settle import settle
from core.actions.spend_points import spend_points
from core.actions.void import void_sale
from core.errors import Refused
from core.members.consent import CONSENT
from core.members.member import Birthday, Member
from core.ports import StoredSale
from core.rulebook.behaviours import Behaviour
from core.rulebook.points_policy import SpendPolicy
from core.rulebook.rewards import Reward
from core.shop import Shop
from tests.actions.test_return import DAY_S, TOO_MANY
from tests.actions.test_settle import CALCIUM, NORMAL, OXYGEN, VITAMIN, paid, scanned
from tests.actions.test_void import MISTAKE
from tests.builders import Home, file_of, later, manager_of
from tests.server.arrival import misread

SOAP, ADVICE = Reward("soap", "香皂", 7, units=3), Behaviour("advice", "建议", 20, per_day=0)
DEEDS = (
    *("sale", "spending", "give_back", "void", "advice", "correction", "fine"),
    *("redemption", "undo", "join", "merge", "birthday", "card", "term", "freeze", "thaw"),
    *("withdraw", "consent", "grant", "take_tier", "expire"),
)


class Days:
    """A shop and the members that it has to do with; `at` chooses among them."""

    def __init__(self, shop: Shop) -> None:
        self.first = self.shop = shop
        self.day, self.sales = 0, list[StoredSale]()
        self.staff = manager_of(shop)
        self.people = [file_of(shop, NORMAL).member]
        with shop.store.read() as reading:
            now = reading.rulebooks.current()
        points = replace(now.points, months=1, spend=SpendPolicy(1, 1))
        more = {"points": points, "behaviours": (ADVICE,), "rewards": (SOAP,)}
        rules = replace(now, version=now.version + 1, corrections_alone=10_000, **more)
        publish_rulebook(shop, rules, staff=self.staff)
        count_rewards(shop, "soap", 1000, staff=self.staff)
        for _ in range(2):
            self.join(0)

    def do(self, deed: str, at: int, days: int) -> None:
        """One thing more; what the rules refuse is not done."""
        self.day += days
        self.shop = later(self.first, self.day * DAY_S)
        todo: Callable[[int], object] = getattr(self, deed)
        try:
            todo(at)
        except Refused:
            return

    def who(self, at: int) -> Member:
        """Whoever was merged is not met any more, but as who they became."""
        with self.shop.store.read() as reading:
            ident = self.people[at % len(self.people)].id
            member = reading.members.get(reading.standings.merged_into(ident) or ident)
        assert member is not None
        return member

    def join(self, at: int) -> None:
        basket, no = new_basket(self.shop).basket, len(self.people)
        words = {
            "name": f"客{no}",
            "phone": f"1390000{no:04d}",
            "birthday": Birthday(1 + at % 12, 3),
        }
        join_member(self.shop, basket, staff=self.staff, consent=CONSENT, **words)
        with self.shop.store.read() as reading:
            self.people += reading.members.by_phone(f"+861390000{no:04d}")

    def sale(self, at: int, share: int = 0) -> None:
        counter = scanned(
            self.shop, self.who(at).card_no, (VITAMIN, CALCIUM, OXYGEN)[at % 3], VITAMIN
        )
        if share:
            counter = spend_points(self.shop, counter.basket, share, staff=self.staff)
        ready = paid(self.shop, counter)
        done = settle(self.shop, ready.basket, shown=ready.quote.hash, staff=self.staff)
        self.sales.append(done.sale)

    def spending(self, at: int) -> None:
        self.sale(at, share=7 + at)

    def give_back(self, at: int) -> None:
        sale = self.sales[at % len(self.sales)] if self.sales else None
        if sale is None:
            return
        lines = preview_return(self.shop, sale.no, staff=self.staff).lines
        chosen = {line.no: line.quantity_milli for line in lines[: 1 + at % 2]}
        words = {"return_id": self.shop.new_id(), "explanation": TOO_MANY, "staff": self.staff}
        return_sale(self.shop, sale.sale_id, chosen, **words)

    def void(self, at: int) -> None:
        if self.sales:
            sale = self.sales[-1 - at % len(self.sales)]
            void_sale(self.shop, sale.sale_id, explanation=MISTAKE, staff=self.staff)

    def advice(self, at: int) -> None:
        words = {"deed_id": self.shop.new_id(), "staff": self.staff}
        credit_behaviour(self.shop, self.who(at).id, "advice", **words)

    def correction(self, at: int, points: int = 50) -> None:
        words = {"correction_id": self.shop.new_id(), "staff": self.staff, "reason": "对账"}
        correct_points(self.shop, self.who(at).id, points + at, **words)

    def fine(self, at: int) -> None:
        self.correction(at, -60)

    def redemption(self, at: int) -> None:
        words = {"redemption_id": self.shop.new_id(), "staff": self.staff}
        redeem(self.shop, self.who(at).id, "soap", 1 + at % 5, **words)

    def undo(self, at: int) -> None:
        for made in redemptions_of(self.shop, self.who(at).id):
            undo_redemption(self.shop, made.no, staff=self.staff)

    def merge(self, at: int) -> None:
        gone, into = self.who(at), self.who(at + 1)
        merge_members(self.shop, gone.card_no, into.card_no, staff=self.staff)

    def birthday(self, at: int) -> None:
        born = Birthday(1 + at % 12, 1 + at % 28, is_lunar=bool(at % 2))
        change_birthday(self.shop, self.who(at).id, born, staff=self.staff)

    def card(self, at: int) -> None:
        replace_card(self.shop, self.who(at).id, staff=self.staff)

    def term(self, at: int) -> None:
        renew_card(self.shop, self.who(at).id, until=date(2101, 1, 1 + at), staff=self.staff)

    def freeze(self, at: int) -> None:
        freeze_member(self.shop, self.who(at).id, reason="卡丢了", staff=self.staff)

    def thaw(self, at: int) -> None:
        thaw_member(self.shop, self.who(at).id, staff=self.staff)

    def withdraw(self, at: int) -> None:
        withdraw_consent(self.shop, self.who(at).id, reason="不想留资料", staff=self.staff)

    def consent(self, at: int) -> None:
        give_consent(self.shop, self.who(at).id, CONSENT, staff=self.staff)

    def grant(self, at: int) -> None:
        words = {"tier": ("silver", "gold")[at % 2], "until": date(2100, 6, 1), "reason": "老客户"}
        grant_tier(self.shop, self.who(at).id, staff=self.staff, **words)

    def take_tier(self, at: int) -> None:
        withdraw_tier(self.shop, self.who(at).id, staff=self.staff)

    def expire(self, at: int) -> None:
        expire_all(self.shop)


STEPS = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 20), st.sampled_from((0, 0, 0, 1, 20, 40))),
    min_size=5,
    max_size=24,
)


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_a_server_reads_what_the_till_has(
    furnished: Home, steps: list[tuple[str, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(shutil.copytree(furnished.path, Path(folder) / "home")))
        with home.shop() as opened:
            days = Days(later(opened, 0))
            for deed, at, later_on in steps:
                days.do(deed, at, later_on)
            assert misread(opened, Path(folder)) == []
