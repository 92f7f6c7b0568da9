"""交接班: each shift begins with what was counted, and answers for what it sold."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from core.actions.day import close_day
from core.actions.drawer import pay_in
from core.actions.set_up import add_staff
from core.actions.shift import change_shift, count_drawer, drawer_now, takings_now
from core.errors import (
    BadMoney,
    BadWords,
    DayNotOpen,
    DifferenceUnexplained,
    NotAllowed,
    ReasonNeeded,
)
from core.sales.explanation import CounterReason, Explanation
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Role, Staff
from tests.actions.test_settle import CALCIUM, VITAMIN, settled

WRONG_CHANGE = Explanation(CounterReason.WRONG_CHANGE)


def last_audit(shop: Shop) -> dict[str, object]:
    with shop.store.reader() as connection:
        sql = "SELECT CAST(data AS BLOB) FROM audit ORDER BY seq DESC LIMIT 1"
        return json.loads(connection.execute(sql).fetchone()[0])


def facts(shop: Shop, kind: str) -> list[dict[str, object]]:
    with shop.store.reader() as connection:
        sql = "SELECT CAST(data AS BLOB) FROM events WHERE kind = ? ORDER BY seq"
        return [json.loads(row[0])["body"] for row in connection.execute(sql, (kind,)).fetchall()]


def test_the_first_shift_opens_with_the_day(shop: Shop, staff: Staff) -> None:
    now = drawer_now(shop)
    assert (now.shift.no, now.shift.day_id, now.shift.float_fen) == (1, now.day.id, 200_00)
    assert now.shift.opened_by == staff.no


def test_the_next_cashier_begins_with_what_was_counted(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    settled(shop, staff, VITAMIN)
    changed = change_shift(shop, counted_fen=239_00, staff=staff, to=fang)
    assert (changed.begun.no, changed.begun.opened_by) == (2, fang.no)
    assert changed.begun.float_fen == 239_00
    assert changed.takings.sales == 1


def test_each_shift_answers_for_what_was_sold_in_it(shop: Shop, staff: Staff, fang: Staff) -> None:
    settled(shop, staff, VITAMIN)
    change_shift(shop, counted_fen=239_00, staff=staff, to=fang)
    settled(shop, fang, CALCIUM)
    now = takings_now(shop, staff=staff)
    assert (now.of_shift.sales, now.of_shift.sold_fen) == (1, 68_00)
    assert (now.of_day.sales, now.of_day.sold_fen) == (2, 107_00)
    assert now.expected_fen == 239_00 + 68_00


def test_it_holds_while_the_clock_stands_still(shop: Shop, staff: Staff, fang: Staff) -> None:
    """A clock that was set back says the same instant again and again: it orders nothing."""
    stopped = shop.clock.now_us() + 60_000_000

    class Stopped:
        def now_us(self) -> int:
            return stopped

        def steady_us(self) -> int:
            return stopped

    still = replace(shop, clock=Stopped())
    settled(still, staff, VITAMIN)
    change_shift(still, counted_fen=239_00, staff=staff, to=fang)
    settled(still, fang, CALCIUM)
    change_shift(still, counted_fen=307_00, staff=fang, to=staff)
    assert takings_now(still, staff=staff).of_shift.sales == 0
    assert [fact["sales"] for fact in facts(shop, "ShiftClosed")] == [1, 1]


def test_a_difference_needs_its_reason(shop: Shop, staff: Staff, fang: Staff) -> None:
    with pytest.raises(DifferenceUnexplained) as refused:
        change_shift(shop, counted_fen=199_50, staff=staff, to=fang)
    assert refused.value.difference_fen == -50
    for explanation in (
        Explanation(CounterReason.BANK),
        Explanation(CounterReason.OTHER),
        Explanation(CounterReason.OTHER, "  "),
    ):
        with pytest.raises(ReasonNeeded):
            change_shift(shop, counted_fen=199_50, staff=staff, to=fang, explanation=explanation)
    with pytest.raises(BadWords):
        told = Explanation(CounterReason.OTHER, "字" * 41)
        change_shift(shop, counted_fen=199_50, staff=staff, to=fang, explanation=told)
    assert drawer_now(shop).shift.no == 1


def test_the_reason_is_in_the_fact_and_the_audit_row_and_the_words_are_in_neither(
    shop: Shop, staff: Staff
) -> None:
    told = Explanation(CounterReason.OTHER, "找零多给了五角")
    close_day(shop, counted_fen=199_50, staff=staff, explanation=told)
    (fact,) = facts(shop, "ShiftClosed")
    assert (fact["expected_fen"], fact["counted_fen"]) == (200_00, 199_50)
    assert fact["reason"] == "other"
    with shop.store.reader() as connection:
        events = connection.execute("SELECT group_concat(data) FROM events").fetchone()[0]
        audit = connection.execute("SELECT group_concat(data) FROM audit").fetchone()[0]
        kept = connection.execute("SELECT words FROM counts").fetchone()[0]
        beside = connection.execute(
            "SELECT value FROM private_values WHERE field = 'words'"
        ).fetchone()[0]
    assert "shift_closed" in audit
    assert "19950 expected 20000 other" in audit
    assert "五角" not in str(events) + str(audit)
    assert kept == beside == "找零多给了五角"


def test_no_difference_asks_for_no_reason_and_keeps_none(shop: Shop, staff: Staff) -> None:
    closed = close_day(shop, counted_fen=200_00, staff=staff, explanation=WRONG_CHANGE)
    assert closed.shift.count is not None
    assert closed.shift.count.explanation is None


def test_a_count_that_was_told_is_in_the_audit_log(shop: Shop, staff: Staff) -> None:
    assert count_drawer(shop, counted_fen=198_00, staff=staff) == -2_00
    row = last_audit(shop)
    assert (row["what"], row["detail"]) == ("drawer_counted", "19800 expected 20000")
    with pytest.raises(BadMoney):
        count_drawer(shop, counted_fen=-1, staff=staff)


def test_who_may_not_look_counts_blind(shop: Shop, staff: Staff, fang: Staff) -> None:
    with pytest.raises(NotAllowed):
        takings_now(shop, staff=fang)
    approval = Approval(Right.LOOK_AT_TAKINGS, staff.no, shop.clock.now_us())
    assert takings_now(shop, staff=fang, approval=approval).expected_fen == 200_00
    assert not hasattr(drawer_now(shop), "expected_fen")


def test_who_may_not_sell_takes_no_shift(shop: Shop, staff: Staff) -> None:
    clerk = add_staff(shop, name="小赵", pin="864209", role=Role.OFFICE)
    with pytest.raises(NotAllowed):
        change_shift(shop, counted_fen=200_00, staff=staff, to=clerk)
    with pytest.raises(NotAllowed):
        close_day(shop, counted_fen=200_00, staff=clerk)


def test_the_days_difference_is_that_of_its_shifts(shop: Shop, staff: Staff, fang: Staff) -> None:
    settled(shop, staff, VITAMIN)
    change_shift(shop, counted_fen=238_00, staff=staff, to=fang, explanation=WRONG_CHANGE)
    settled(shop, fang, CALCIUM)
    more = Explanation(CounterReason.SMALL_CHANGE)
    pay_in(shop, amount_fen=50_00, explanation=more, staff=fang)
    closed = close_day(shop, counted_fen=355_00, staff=fang, explanation=WRONG_CHANGE)
    assert closed.shift.count is not None
    assert closed.shift.count.difference_fen == -1_00
    assert closed.takings.expected_fen(closed.day.float_fen) - 355_00 == 2_00


def test_a_closed_day_has_no_shift(shop: Shop, staff: Staff) -> None:
    close_day(shop, counted_fen=200_00, staff=staff)
    with pytest.raises(DayNotOpen):
        drawer_now(shop)
    with pytest.raises(DayNotOpen):
        count_drawer(shop, counted_fen=200_00, staff=staff)
