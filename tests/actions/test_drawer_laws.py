"""Laws of the drawer: whatever is sold, goes back, is paid in and out, and whoever takes over."""

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
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.actions.drawer import pay_in, pay_out
from core.actions.return_sale import return_sale
from core.actions.settle import settle
from core.actions.shift import change_shift, takings_now
from core.actions.void import void_sale
from core.errors import TooMuchCash
from core.members.member import MemberFile
from core.pricing.tender import Tender, TenderKind
from core.sales.explanation import CounterReason, Explanation
from core.sales.returns import everything
from core.sales.takings import Takings
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, OXYGEN, SILVER, VITAMIN, paid, scanned
from tests.builders import Home

CARDS = (GOLD, SILVER, NORMAL)
MISTAKE = Explanation(CounterReason.WRONG_PRODUCT)
CHANGE = Explanation(CounterReason.SMALL_CHANGE)
QUALITY = Explanation(CounterReason.QUALITY)
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
    | st.tuples(st.just("return"), st.integers(0, 9), st.integers(1, 3000))
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
        self.sales: list[tuple[UUID, int]] = []
        self.open: list[int] = []
        self.back: list[int] = []
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

    def do_return(self, at: int, milli: int) -> None:
        """Something of the first line that has something left; a sale that can still be void."""
        sold = self.open + self.back
        if not sold:
            return
        index = sold[at % len(sold)]
        sale_id, is_cash = self.sales[index][0], bool(self.sales[index][1])
        with self.shop.store.read() as reading:
            left = [line for line in reading.returns.lines(sale_id) if line.left_milli]
        if left:
            self._give_back(sale_id, {left[0].no: min(milli, left[0].left_milli)}, is_cash=is_cash)
            self.open = [one for one in self.open if one != index]
            self.back += [index] if index not in self.back else []

    def _give_back(self, sale_id: UUID, chosen: dict[int, int], *, is_cash: bool) -> None:
        made = return_sale(
            self.shop,
            sale_id,
            chosen,
            return_id=self.shop.new_id(),
            explanation=QUALITY,
            staff=self.staff,
        )
        if is_cash:
            self._cash(-made.back_fen)

    def return_all(self) -> None:
        """All that is left of what came back in part."""
        for index in self.back:
            sale_id, cash = self.sales[index]
            with self.shop.store.read() as reading:
                left = everything(reading.returns.lines(sale_id))
            if left:
                self._give_back(sale_id, left, is_cash=bool(cash))

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
        counter.return_all()
        assert files_of(counter.shop) == before
        nothing = takings_now(counter.shop, staff=counter.staff).of_day
        assert (nothing.taken_fen, nothing.saved_fen, nothing.tenders) == (0, 0, ())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SOLD, min_size=1, max_size=4), st.randoms())
def test_whatever_is_sold_and_comes_back_in_random_parts_leaves_nothing(
    furnished: Home, sold: list[tuple[str, ...]], dice: Any
) -> None:
    with at_counter(furnished) as counter:
        before = files_of(counter.shop)
        for step in sold:
            counter.do(*step)
        for _ in range(dice.randint(1, 8)):
            counter.do_return(dice.randint(0, 9), dice.randint(1, 1500))
        counter.back += counter.open
        dice.shuffle(counter.back)
        counter.return_all()
        assert files_of(counter.shop) == before
        nothing = takings_now(counter.shop, staff=counter.staff)
        assert nothing.expected_fen == counter.drawer_fen == 200_00
        of_day = nothing.of_day
        assert (of_day.taken_fen, of_day.saved_fen, of_day.tenders) == (0, 0, ())


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
