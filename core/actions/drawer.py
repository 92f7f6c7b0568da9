"""钱箱: cash in and out without a sale, and the drawer opened for a look."""

from __future__ import annotations

from msgspec import Struct

from core.actions.allow import allow, noted
from core.actions.counter import require_open_shift
from core.actions.report import cash_report
from core.actions.telling import tell, words_of
from core.changes import Changes
from core.errors import NotLoggedIn
from core.sales.drawer import CashMove, MoveKind, check_move
from core.sales.explanation import (
    FOR_DRAWER,
    FOR_PAY_IN,
    FOR_PAY_OUT,
    CounterReason,
    Explanation,
    check_explanation,
)
from core.sales.report import Report
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff

_RIGHTS = {MoveKind.IN: Right.PAY_IN, MoveKind.OUT: Right.PAY_OUT}
_REASONS = {MoveKind.IN: FOR_PAY_IN, MoveKind.OUT: FOR_PAY_OUT}
_FACTS = {MoveKind.IN: "CashPaidIn", MoveKind.OUT: "CashPaidOut"}


class CashMoved(Struct, frozen=True):
    """What went in or out, and the paper of it."""

    move: CashMove
    report: Report
    changes: Changes = Changes.DAY


class DrawerOpened(Struct, frozen=True):
    """The drawer may be opened now: whoever shows this sends the pulse."""

    explanation: Explanation


def pay_in(
    shop: Shop,
    *,
    amount_fen: int,
    explanation: Explanation | None,
    staff: Staff,
    approval: Approval | None = None,
) -> CashMoved:
    """放入现金: counted into what the drawer should hold.

    Raises DayNotOpen, NotAllowed, BadMoney, TooMuchCash, ReasonNeeded, BadWords.
    """
    return _move(shop, MoveKind.IN, amount_fen, explanation, staff=staff, approval=approval)


def pay_out(
    shop: Shop,
    *,
    amount_fen: int,
    explanation: Explanation | None,
    staff: Staff,
    approval: Approval | None = None,
) -> CashMoved:
    """取出现金: at most what the record says is there; raises what `pay_in` raises."""
    return _move(shop, MoveKind.OUT, amount_fen, explanation, staff=staff, approval=approval)


def open_drawer(
    shop: Shop,
    *,
    explanation: Explanation | None,
    staff: Staff,
    approval: Approval | None = None,
) -> DrawerOpened:
    """开钱箱 without a sale; raises DayNotOpen, NotAllowed, ReasonNeeded, BadWords.

    To count it for a change of shift or the close, whoever may do that may open it.
    """
    is_count = explanation is not None and explanation.reason is CounterReason.COUNT
    right = Right.CHANGE_SHIFT if is_count else Right.OPEN_DRAWER
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        by = allow(tx, staff, right, now_us=moment.at_us, approval=approval)
        told = check_explanation(explanation, (*FOR_DRAWER, CounterReason.COUNT))
        shift = require_open_shift(tx)
        tx.audit.note(
            "drawer_opened",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=shift.id.hex,
            detail=noted(told.reason.value, staff, by),
        )
        body = {
            "shift": shift.id,
            "reason": told.reason.value,
            "staff_no": staff.no,
            "approved_by": by,
        }
        tell(shop, tx, moment, "DrawerOpened", body, words_of(shop, shift.id, told))
    return DrawerOpened(told)


def try_drawer(shop: Shop, *, staff: Staff | None, approval: Approval | None = None) -> None:
    """试开钱箱: whoever may set the till may try it; raises NotLoggedIn, NotAllowed."""
    if staff is None:
        raise NotLoggedIn()
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        by = allow(tx, staff, Right.CHANGE_SETTINGS, now_us=now_us, approval=approval)
        said = noted("", staff, by)
        tx.audit.note("drawer_tried", at_us=now_us, staff_no=staff.no, detail=said)


def _move(
    shop: Shop,
    kind: MoveKind,
    amount_fen: int,
    explanation: Explanation | None,
    *,
    staff: Staff,
    approval: Approval | None,
) -> CashMoved:
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        by = allow(tx, staff, _RIGHTS[kind], now_us=moment.at_us, approval=approval)
        shift = require_open_shift(tx)
        in_drawer_fen = tx.shifts.takings(shift).expected_fen(shift.float_fen)
        check_move(kind, amount_fen, in_drawer_fen=in_drawer_fen)
        told = check_explanation(explanation, _REASONS[kind])
        move = CashMove(
            id=shop.new_id(),
            shift_id=shift.id,
            day_id=shift.day_id,
            kind=kind,
            amount_fen=amount_fen,
            at_us=moment.at_us,
            staff_no=staff.no,
            approved_by=by,
            explanation=told,
        )
        tx.shifts.move(move)
        tx.audit.note(
            f"cash_paid_{kind.value}",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=move.id.hex,
            detail=noted(f"{amount_fen} {told.reason.value}", staff, by),
        )
        body = {
            "move": move.id,
            "shift": shift.id,
            "amount_fen": amount_fen,
            "reason": told.reason.value,
            "staff_no": staff.no,
            "approved_by": by,
        }
        tell(shop, tx, moment, _FACTS[kind], body, words_of(shop, move.id, told))
        report = cash_report(tx, move, moment, staff)
    return CashMoved(move, report)
