"""班次报表: the shifts of a period, as the till's own figures and the audit have them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from core.actions import shift_reports
from core.actions.drawer import open_drawer
from core.actions.shift import change_shift
from core.actions.shift_reports import by_cashier, drawer_openings, shifts_between
from core.actions.void import void_sale
from core.errors import BadDates, NotAllowed
from core.sales.explanation import CounterReason, Explanation
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_settle import NORMAL, OXYGEN, VITAMIN, settled

EVER = (date(2000, 1, 1), date(2100, 1, 1))
LOOK = Explanation(CounterReason.LOOK)
WRONG = Explanation(CounterReason.WRONG_CHANGE)


def openings(shop: Shop, staff: Staff) -> dict[str, int]:
    counts: Counter[str] = Counter()
    piece = drawer_openings(shop, 0, 1 << 62, staff=staff)
    counts.update(piece.counts)
    while piece.reached:
        piece = drawer_openings(shop, 0, piece.reached, staff=staff)
        counts.update(piece.counts)
    return counts


@pytest.mark.parametrize("piece", [1, 10_000])
def test_each_cashier_answers_for_their_own_shifts(
    shop: Shop, staff: Staff, fang: Staff, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(shift_reports, "AT_ONCE", piece)
    first = settled(shop, staff, NORMAL, OXYGEN).sale
    open_drawer(shop, explanation=LOOK, staff=staff)
    open_drawer(shop, explanation=LOOK, staff=staff)
    with shop.store.read() as reading:
        shift = reading.shifts.open_one()
        assert shift is not None
        due = reading.shifts.takings(shift).expected_fen(shift.float_fen)
    change_shift(shop, counted_fen=due - 150, explanation=WRONG, to=fang, staff=staff)
    gone = settled(shop, fang, VITAMIN).sale
    void_sale(shop, gone.sale_id, explanation=Explanation(CounterReason.WRONG_PRODUCT), staff=staff)
    rows = shifts_between(shop, *EVER, staff=staff)
    assert [row.cashier for row in rows] == ["王芳", staff.name], "the newest first"
    mine, hers = by_cashier(rows, openings(shop, staff))
    assert (mine.name, mine.shifts, mine.sales) == (staff.name, 1, 1)
    assert (mine.taken_fen, mine.short_fen, mine.over_fen) == (first.payable_fen, 150, 0)
    assert (mine.openings, hers.openings) == (2, 0)
    assert (hers.taken_fen, hers.voids, hers.voided_fen) == (0, 1, gone.payable_fen)
    assert sum(row.takings.taken_fen for row in rows) == first.payable_fen


def test_a_day_without_shifts_has_none(shop: Shop, staff: Staff) -> None:
    before = shop.now().business_on - timedelta(days=1)
    assert shifts_between(shop, before, before, staff=staff) == ()
    assert by_cashier((), {}) == ()


def test_a_period_that_ends_before_it_begins_is_refused(shop: Shop, staff: Staff) -> None:
    with pytest.raises(BadDates):
        shifts_between(shop, EVER[1], EVER[0], staff=staff)


def test_a_cashier_looks_at_no_takings(shop: Shop, fang: Staff) -> None:
    with pytest.raises(NotAllowed):
        shifts_between(shop, *EVER, staff=fang)
    with pytest.raises(NotAllowed):
        drawer_openings(shop, 0, 10, staff=fang)
