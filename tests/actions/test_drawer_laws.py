"""Laws of the drawer: whatever is sold, voided, paid in and out, and whoever takes over."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.actions.drawer import pay_in, pay_out
from core.actions.settle import settle
from core.actions.shift import change_shift, takings_now
from core.actions.void import void_sale
from core.errors import TooMuchCash
from core.members.member import MemberFile
from core.pricing.tender import Tender, TenderKind
from core.sales.explanation import CounterReason, Explanation
from core.sales.takings import Takings
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, OXYGEN, SILVER, VITAMIN, paid, scanned
from tests.builders import Home

CARDS = (GOLD, SILVER, NORMAL)
MISTAKE = Explanation(CounterReason.WRONG_PRODUCT)
CHANGE = Explanation(CounterReason.SMALL_CHANGE)
UNKNOWN = Explanation(CounterReason.UNKNOWN)

SOLD = st.tuples(
    st.just("sell"),
    st.sampled_from((None, *CARDS)),
    st.lists(st.sampled_from((VITAMIN, CALCIUM, OXYGEN)), min_size=1, max_size=3),
    st.sampled_from((TenderKind.CASH, TenderKind.WECHAT)),
    st.integers(0, 500),
)
STEPS = st.lists(
    SOLD
    | st.tuples(st.just("void"), st.integers(0, 9))
    | st.tuples(st.just("in"), st.integers(1, 500_00))
    | st.tuples(st.just("out"), st.integers(1, 500_00))
    | st.tuples(st.just("change"), st.integers(-5_00, 5_00)),
    max_size=12,
)


class Counter:
    """A day at the counter, with the sums kept beside it by hand."""

    def __init__(self, shop: Shop, staff: Staff) -> None:
        self.shop, self.staff = shop, staff
        self.drawer_fen = 200_00
        self.cash_fen = self.in_fen = self.out_fen = 0
        self.sales: list[tuple[object, int]] = []
        self.open: list[int] = []
        self.shifts: list[Takings] = []

    def do(self, what: str, *how: object) -> None:
        getattr(self, f"do_{what}")(*how)

    def do_sell(self, card: str | None, codes: list[str], kind: TenderKind, over: int) -> None:
        counter = scanned(self.shop, *([card] if card else []), *codes)
        fen = counter.quote.payable_fen + (over if kind is TenderKind.CASH else 0)
        ready = paid(self.shop, counter, Tender(kind, fen))
        sale = settle(self.shop, ready.basket, shown=ready.quote.hash, staff=self.staff).sale
        cash = sale.payable_fen if kind is TenderKind.CASH else 0
        self.sales.append((sale.sale_id, cash))
        self.open.append(len(self.sales) - 1)
        self._cash(cash)

    def do_void(self, at: int) -> None:
        if self.open:
            sale_id, cash = self.sales[self.open.pop(at % len(self.open))]
            void_sale(self.shop, sale_id, explanation=MISTAKE, staff=self.staff)
            self._cash(-cash)

    def do_in(self, fen: int) -> None:
        pay_in(self.shop, amount_fen=fen, explanation=CHANGE, staff=self.staff)
        self.in_fen += fen
        self.drawer_fen += fen

    def do_out(self, fen: int) -> None:
        if fen > self.drawer_fen:
            with pytest.raises(TooMuchCash):
                pay_out(self.shop, amount_fen=fen, explanation=CHANGE, staff=self.staff)
            return
        pay_out(self.shop, amount_fen=fen, explanation=CHANGE, staff=self.staff)
        self.out_fen += fen
        self.drawer_fen -= fen

    def do_change(self, difference_fen: int) -> None:
        counted = max(0, self.drawer_fen + difference_fen)
        changed = change_shift(
            self.shop, counted_fen=counted, staff=self.staff, to=self.staff, explanation=UNKNOWN
        )
        assert changed.left.count is not None
        assert changed.left.count.expected_fen == self.drawer_fen
        self.shifts.append(changed.takings)
        self.drawer_fen = counted

    def void_all(self) -> None:
        while self.open:
            self.do_void(len(self.open) // 2)

    def _cash(self, fen: int) -> None:
        self.cash_fen += fen
        self.drawer_fen += fen


def files_of(shop: Shop) -> list[MemberFile | None]:
    with shop.store.read() as reading:
        return [reading.members.file_by_card(card, spend_since=date(2000, 1, 1)) for card in CARDS]


@contextmanager
def at_counter(furnished: Home) -> Iterator[Counter]:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(shutil.copytree(furnished.path, Path(folder) / "home")))
        with home.shop() as shop:
            with shop.store.read() as reading:
                staff = reading.people.all()[0]
            yield Counter(shop, staff)
        assert home.findings() == []


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_a_day_at_the_drawer(furnished: Home, steps: list[tuple[str, ...]]) -> None:
    with at_counter(furnished) as counter:
        before = files_of(counter.shop)
        for step in steps:
            counter.do(*step)
        now = takings_now(counter.shop, staff=counter.staff)
        assert now.expected_fen == counter.drawer_fen
        of_day = now.of_day
        assert of_day.expected_fen(200_00) == (
            200_00 + counter.cash_fen + counter.in_fen - counter.out_fen
        )
        assert reduce(Takings.plus, [*counter.shifts, now.of_shift]) == of_day
        assert sum(fen for _, fen in of_day.tenders) == of_day.taken_fen
        counter.void_all()
        assert files_of(counter.shop) == before
        nothing = takings_now(counter.shop, staff=counter.staff).of_day
        assert (nothing.taken_fen, nothing.saved_fen, nothing.tenders) == (0, 0, ())


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from((CALCIUM, OXYGEN)), min_size=2, max_size=4), st.randoms())
def test_tiers_fall_back_in_whatever_order_sales_are_voided(
    furnished: Home, codes: list[str], dice: Any
) -> None:
    with at_counter(furnished) as counter:
        before, tiers = files_of(counter.shop), []
        for code in codes:
            counter.do_sell(NORMAL, [code], TenderKind.WECHAT, 0)
        counter.open = dice.sample(counter.open, len(counter.open))
        while counter.open:
            tiers.append(files_of(counter.shop)[2].member.tier)
            counter.do_void(0)
        rank = ["normal", "silver", "gold", "diamond"].index
        assert all(rank(a) >= rank(b) for a, b in pairwise(tiers))
        assert files_of(counter.shop) == before
