"""Laws of tiers: whatever is sold, comes back, is bought, granted and reviewed, on any day."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.actions.grant_tier import grant_tier, withdraw_tier
from core.actions.return_sale import return_sale
from core.actions.review_tiers import review_all
from core.actions.settle import settle
from core.errors import NotGranted
from core.members.member import MemberFile
from core.rulebook.schemes import Tier, TierCard, TierScheme
from core.sales.explanation import CounterReason, Explanation
from core.shop import Shop
from core.trust.staff import Staff
from core.values.moment import months_before
from tests.actions.test_settle import CALCIUM, NORMAL, OXYGEN, VITAMIN, paid, scanned
from tests.actions.tier_schemes import MASKS, PAID, POINTS, SCORE, SPEND, seen, with_scheme
from tests.builders import Home, later, manager_of

NEW_YEAR = date(2100, 1, 1)
DAY_S = 86_400
QUALITY = Explanation(CounterReason.QUALITY)
CARD = TierCard(MASKS, months=2)
# Short periods, so that a few steps see many of them end.
SHORT = {"window_months": 3, "grace_days": 10}
GOLD_CARD = Tier("gold", "金卡", card=CARD, discount_bp=9800)
ONLY_CARDS = TierScheme((Tier("normal", "普通", 0), GOLD_CARD), kind="paid", **SHORT)
SCHEMES = [
    replace(scheme, **SHORT, tiers=(*scheme.tiers, Tier("black", "黑卡", card=CARD)))
    for scheme in (SPEND, POINTS, SCORE)
] + [replace(SPEND, window="calendar"), replace(PAID, **SHORT), ONLY_CARDS]
GOODS = st.lists(st.sampled_from((VITAMIN, CALCIUM, OXYGEN, MASKS)), min_size=1, max_size=3)
SELL = st.tuples(st.just("sell"), GOODS)
STEPS = st.lists(
    SELL
    | st.tuples(st.just("back"), st.integers(0, 9))
    | st.tuples(st.just("wait"), st.integers(1, 60))
    | st.tuples(st.just("grant"), st.integers(1, 90))
    | st.tuples(st.just("withdraw")),
    max_size=9,
)


class Regular:
    """One member over a time, with what counts kept beside it by hand."""

    def __init__(self, shop: Shop, staff: Staff) -> None:
        self._shop, self.staff, self.day = shop, staff, 0
        self.sales: list[tuple[UUID, int, int]] = []  # sale, day, spend that is left

    @property
    def shop(self) -> Shop:
        return later(self._shop, self.day * DAY_S + 4 * 3600)

    @property
    def today(self) -> date:
        return NEW_YEAR + timedelta(days=self.day)

    @property
    def file(self) -> MemberFile:
        return seen(self.shop, NORMAL)

    def do(self, what: str, *how: object) -> None:
        getattr(self, f"do_{what}")(*how)

    def do_sell(self, codes: list[str]) -> None:
        ready = paid(self.shop, scanned(self.shop, NORMAL, *codes))
        done = settle(self.shop, ready.basket, shown=ready.quote.hash, staff=self.staff)
        self.sales.append((done.sale.sale_id, self.day, ready.quote.spend_fen))

    def do_back(self, at: int) -> None:
        """All that is left of a sale."""
        if self.sales:
            sale_id = self.sales.pop(at % len(self.sales))[0]
            with self.shop.store.read() as reading:
                lines = reading.returns.lines(sale_id)
            chosen = {line.no: line.left_milli for line in lines}
            return_sale(
                self.shop,
                sale_id,
                chosen,
                return_id=self.shop.new_id(),
                explanation=QUALITY,
                staff=self.staff,
            )

    def do_wait(self, days: int) -> None:
        self.day += days
        review_all(self.shop)
        again = review_all(self.shop)
        assert (again.fallen, again.kept) == (0, 0)

    def do_grant(self, days: int) -> None:
        grant_tier(
            self.shop,
            self.file.member.id,
            tier="gold",
            until=self.today + timedelta(days=days),
            reason="试一试",
            staff=self.staff,
        )

    def do_withdraw(self) -> None:
        try:
            withdraw_tier(self.shop, self.file.member.id, staff=self.staff)
        except NotGranted:
            return


@contextmanager
def regular(furnished: Home, scheme: TierScheme) -> Iterator[Regular]:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(shutil.copytree(furnished.path, Path(folder) / "home")))
        with home.shop() as shop:
            with_scheme(shop, scheme)
            made = Regular(shop, manager_of(shop))
            review_all(made.shop)
            yield made
        assert home.findings() == []


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: f"{scheme.kind}-{scheme.window}")
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_a_tier_falls_only_when_it_may(
    furnished: Home, scheme: TierScheme, steps: list[tuple[str, ...]]
) -> None:
    with regular(furnished, scheme) as one:
        for step in steps:
            before = one.file
            one.do(*step)
            after = one.file
            ranks = [scheme.rank(file.member.tier) for file in (before, after)]
            if step[0] in ("sell", "grant"):
                assert ranks[1] >= ranks[0]
            held = after.held
            parts = (after.base_tier.tier, *([held.tier] if held else []))
            assert ranks[1] == max(map(scheme.rank, parts))
            if scheme.kind == "spend" and scheme.window == "rolling":
                start = months_before(one.today, scheme.window_months)
                left = sum(f for _, d, f in one.sales if NEW_YEAR + timedelta(days=d) >= start)
                assert after.figures.spend_fen == left
        with one.shop.store.read() as reading:
            changes = reading.members.tier_changes(one.file.member.id)
        assert all(old.after == new.before for old, new in pairwise(changes))


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: f"{scheme.kind}-{scheme.window}")
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SELL, min_size=1, max_size=4), st.lists(st.integers(0, 9), max_size=4))
def test_what_comes_back_in_whatever_order_leaves_nothing(
    furnished: Home, scheme: TierScheme, sold: list[tuple[str, ...]], order: list[int]
) -> None:
    with regular(furnished, scheme) as one:
        before = one.file
        for step in sold:
            one.do(*step)
        for at in [*order, *([0] * len(sold))]:
            one.do("back", at)
        after = one.file
        assert after.member == before.member
        assert (after.held, after.figures) == (before.held, before.figures)
