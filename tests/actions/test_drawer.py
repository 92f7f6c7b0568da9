"""钱箱: what goes in and out without a sale is counted, and opening it is never silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.actions.day import close_day
from core.actions.drawer import CashMoved, open_drawer, pay_in, pay_out
from core.actions.shift import takings_now
from core.errors import ApprovalSpent, BadMoney, DayNotOpen, NotAllowed, ReasonNeeded, TooMuchCash
from core.sales.explanation import CounterReason, Explanation
from core.shop import Shop
from core.trust.rights import APPROVAL_LASTS_US, Approval, Right
from core.trust.staff import Staff
from tests.actions.test_settle import VITAMIN, settled
from tests.actions.test_shift import facts, last_audit

CHANGE, BANK = Explanation(CounterReason.SMALL_CHANGE), Explanation(CounterReason.BANK)


def test_what_goes_in_and_out_changes_what_should_be_there(shop: Shop, staff: Staff) -> None:
    settled(shop, staff, VITAMIN)
    pay_in(shop, amount_fen=100_00, explanation=CHANGE, staff=staff)
    pay_out(shop, amount_fen=150_00, explanation=BANK, staff=staff)
    now = takings_now(shop, staff=staff)
    assert now.expected_fen == 200_00 + 39_00 + 100_00 - 150_00
    assert (now.of_day.paid_in_fen, now.of_day.paid_out_fen) == (100_00, 150_00)
    assert now.of_day.tender("cash") == 39_00


def test_the_drawer_is_never_below_zero_by_the_record(shop: Shop, staff: Staff) -> None:
    with pytest.raises(TooMuchCash) as refused:
        pay_out(shop, amount_fen=200_01, explanation=BANK, staff=staff)
    assert refused.value.limit_fen == 200_00
    pay_out(shop, amount_fen=200_00, explanation=BANK, staff=staff)
    assert takings_now(shop, staff=staff).expected_fen == 0
    with pytest.raises(TooMuchCash):
        pay_out(shop, amount_fen=1, explanation=BANK, staff=staff)


@pytest.mark.parametrize("move", [pay_in, pay_out])
def test_a_barcode_is_no_amount(shop: Shop, staff: Staff, move: Callable[..., CashMoved]) -> None:
    with pytest.raises(TooMuchCash):
        move(shop, amount_fen=69_012_345_00, explanation=CHANGE, staff=staff)
    for fen in (0, -1):
        with pytest.raises(BadMoney):
            move(shop, amount_fen=fen, explanation=CHANGE, staff=staff)


def test_each_way_has_its_own_reasons(shop: Shop, staff: Staff) -> None:
    more_float = Explanation(CounterReason.MORE_FLOAT)
    for move, wrong in ((pay_in, BANK), (pay_out, more_float), (pay_in, None)):
        with pytest.raises(ReasonNeeded):
            move(shop, amount_fen=1_00, explanation=wrong, staff=staff)


def test_a_cashier_pays_in_but_out_only_with_a_manager(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    pay_in(shop, amount_fen=50_00, explanation=CHANGE, staff=fang)
    with pytest.raises(NotAllowed):
        pay_out(shop, amount_fen=50_00, explanation=BANK, staff=fang)
    now_us = shop.clock.now_us()
    old = Approval(Right.PAY_OUT, staff.no, now_us - APPROVAL_LASTS_US - 1)
    with pytest.raises(ApprovalSpent):
        pay_out(shop, amount_fen=50_00, explanation=BANK, staff=fang, approval=old)
    fresh = Approval(Right.PAY_OUT, staff.no, now_us)
    moved = pay_out(shop, amount_fen=50_00, explanation=BANK, staff=fang, approval=fresh)
    assert (moved.move.staff_no, moved.move.approved_by) == (fang.no, staff.no)
    assert last_audit(shop)["detail"] == f"5000 bank approved_by {staff.no}"
    assert facts(shop, "CashPaidOut")[0]["approved_by"] == staff.no


def test_opening_the_drawer_wants_a_right_a_reason_and_leaves_a_row(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    with pytest.raises(NotAllowed):
        open_drawer(shop, explanation=CHANGE, staff=fang)
    with pytest.raises(ReasonNeeded):
        open_drawer(shop, explanation=BANK, staff=staff)
    open_drawer(shop, explanation=CHANGE, staff=staff)
    row = last_audit(shop)
    assert (row["what"], row["staff_no"]) == ("drawer_opened", staff.no)
    assert len(facts(shop, "DrawerOpened")) == 1


def test_whoever_counts_the_drawer_may_open_it_for_that(shop: Shop, fang: Staff) -> None:
    open_drawer(shop, explanation=Explanation(CounterReason.COUNT), staff=fang)
    assert last_audit(shop)["detail"] == "count"


def test_nothing_moves_while_the_day_is_closed(shop: Shop, staff: Staff) -> None:
    close_day(shop, counted_fen=200_00, staff=staff)
    with pytest.raises(DayNotOpen):
        pay_in(shop, amount_fen=1_00, explanation=CHANGE, staff=staff)
    with pytest.raises(DayNotOpen):
        open_drawer(shop, explanation=CHANGE, staff=staff)
