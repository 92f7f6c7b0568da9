"""开店 · 交接班 · 日结 · 钱箱: the commands of the screenless till around days, shifts and cash."""

from __future__ import annotations

from typing import Any

from core.actions import day as days
from core.actions import drawer as drawers
from core.actions import hold as holding
from core.actions import login as logins
from core.actions import shift as shifts
from core.actions.day import DayClosed
from core.actions.expire_points import Expired, expire_all
from core.actions.review_tiers import Reviewed, review_all
from core.errors import UnlikelyFloat
from core.sales.drawer import MoveKind
from core.sales.explanation import CounterReason, Explanation
from core.sales.shift import Shift
from core.sales.takings import Takings
from core.values.money import format_money, parse_money
from ui.console.desk import Desk
from ui.console.language import BadCommand
from ui.drawer_text import closed_words, counted_words, explained, waiting_words, whole_day_words
from ui.text import quoted, sentence, tender_name, tr


class DrawerCommands:
    """Reasons are written by their code, words of one's own behind them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._doubted_fen: int | None = None

    def do_open_day(self, amount: str) -> str:
        desk, float_fen = self._desk, parse_money(amount)
        doubted_fen, self._doubted_fen = self._doubted_fen, None
        last = days.last_close(desk.shop)
        try:
            opened = days.open_day(
                desk.shop,
                float_fen=float_fen,
                staff=desk.who(),
                is_sure=float_fen == doubted_fen,
                approval=desk.approval(),
            )
        except UnlikelyFloat:
            self._doubted_fen = float_fen
            raise
        self._show(opened.shift)
        said = tr("已开店，备用金 {float}。", float=format_money(opened.day.float_fen))
        more = self._expired(opened.expired), self._reviewed(opened.reviewed)
        return "".join((said, closed_words(last) if last else "", *more))

    def _reviewed(self, first: Reviewed) -> str:
        """As with points: all of it now."""
        fallen = first.fallen
        if not first.is_done:
            fallen += review_all(self._desk.shop, staff_no=self._desk.who().no).fallen
        return tr("{count} 位会员的等级到期。", count=fallen) if fallen else ""

    def _expired(self, first: Expired) -> str:
        """Nobody waits at this counter: what one step did not come to is done at once."""
        points = first.points
        if not first.is_done:
            points += expire_all(self._desk.shop, staff_no=self._desk.who().no).points
        return tr("到期收回 {points} 分。", points=f"{points:,}") if points else ""

    def do_day(self) -> str:
        now = shifts.takings_now(
            self._desk.shop, staff=self._desk.who(), approval=self._desk.approval()
        )
        self._show(now.shift, of_shift=now.of_shift, of_day=now.of_day)
        return tr(
            "{date} 销售 {sales} 笔  {takings}  钱箱应有 {expected}",
            date=now.day.business_on,
            sales=now.of_day.sales,
            takings=_tenders(now.of_day),
            expected=format_money(now.expected_fen),
        )

    def do_shift(self) -> str:
        self._desk.who()
        shift = shifts.drawer_now(self._desk.shop).shift
        self._show(shift)
        return tr(
            "第 {no} 班，收银员 {staff}，接手时 {float}。",
            no=shift.no,
            staff=shift.opened_by,
            float=format_money(shift.float_fen),
        )

    def do_change_shift(
        self, counted: str, name: str, pin: str, reason: str = "", words: str = ""
    ) -> str:
        desk = self._desk
        staff, counted_fen = desk.who(), parse_money(counted)
        told = explanation_of(reason, words)
        to = logins.login(desk.shop, pin, name=name)
        shifts.count_drawer(desk.shop, counted_fen=counted_fen, staff=staff)
        changed = shifts.change_shift(
            desk.shop,
            counted_fen=counted_fen,
            staff=staff,
            to=to,
            explanation=told,
            approval=desk.approval(),
        )
        desk.paper.print(changed.report)
        desk.take_over(to)
        self._show(changed.begun)
        return tr(
            "{counted}{name} 接班，第 {no} 班。",
            counted=_counted(changed.left),
            name=to.name,
            no=changed.begun.no,
        )

    def do_close_day(self, counted: str, reason: str = "", words: str = "") -> str:
        desk = self._desk
        staff, counted_fen = desk.who(), parse_money(counted)
        told = explanation_of(reason, words)
        desk.leave_empty()
        shifts.count_drawer(desk.shop, counted_fen=counted_fen, staff=staff)
        closed = days.close_day(
            desk.shop,
            counted_fen=counted_fen,
            staff=staff,
            explanation=told,
            approval=desk.approval(),
        )
        desk.paper.print(closed.report)
        self._show(closed.shift, of_day=closed.takings)
        waiting = waiting_words(holding.held_baskets(desk.shop))
        return f"{self._closed(closed)} {waiting}".rstrip()

    def _closed(self, closed: DayClosed) -> str:
        counted = _counted(closed.shift) + whole_day_words(closed)
        if closed.trouble is not None:
            why = sentence(closed.trouble)
            return tr("已日结：{counted}备份没有做成：{why}", counted=counted, why=why)
        return tr("已日结：{counted}备份已核对。", counted=counted)

    def do_pay_in(self, amount: str, reason: str, words: str = "") -> str:
        return self._move(MoveKind.IN, amount, reason, words)

    def do_pay_out(self, amount: str, reason: str, words: str = "") -> str:
        return self._move(MoveKind.OUT, amount, reason, words)

    def do_drawer(self, reason: str, words: str = "") -> str:
        desk = self._desk
        opened = drawers.open_drawer(
            desk.shop,
            explanation=explanation_of(reason, words),
            staff=desk.who(),
            approval=desk.approval(),
        )
        desk.paper.open_drawer()
        return tr("钱箱开了，{why}。", why=explained(opened.explanation))

    def _move(self, kind: MoveKind, amount: str, reason: str, words: str) -> str:
        desk = self._desk
        move = drawers.pay_in if kind is MoveKind.IN else drawers.pay_out
        moved = move(
            desk.shop,
            amount_fen=parse_money(amount),
            explanation=explanation_of(reason, words),
            staff=desk.who(),
            approval=desk.approval(),
        )
        desk.paper.print(moved.report)
        amount, why = format_money(moved.move.amount_fen), explained(moved.move.explanation)
        if kind is MoveKind.IN:
            return tr("放入现金 {amount}，{why}。", amount=amount, why=why)
        return tr("取出现金 {amount}，{why}。", amount=amount, why=why)

    def _show(
        self, shift: Shift, *, of_shift: Takings | None = None, of_day: Takings | None = None
    ) -> None:
        more = self._desk.more
        more["shift"] = {
            "no": shift.no,
            "opened_by": shift.opened_by,
            "float_fen": shift.float_fen,
            "is_open": shift.is_open,
        }
        if of_shift is not None:
            more["shift"]["takings"] = takings_record(of_shift)
            more["shift"]["expected_fen"] = of_shift.expected_fen(shift.float_fen)
        if of_day is not None:
            more["takings"] = takings_record(of_day)


def takings_record(takings: Takings) -> dict[str, Any]:
    """The figures of a day or shift, amounts in fen."""
    return {
        "sales": takings.sales,
        "sold_fen": takings.sold_fen,
        "saved_fen": takings.saved_fen,
        "spent_points": takings.spent_points,
        "points_fen": takings.points_fen,
        "voids": takings.voids,
        "voided_fen": takings.voided_fen,
        "returns": takings.returns,
        "returned_fen": takings.returned_fen,
        "tenders": dict(takings.tenders),
        "paid_in_fen": takings.paid_in_fen,
        "paid_out_fen": takings.paid_out_fen,
    }


def explanation_of(reason: str, words: str) -> Explanation | None:
    """The explanation that was written in a command; none where nothing was."""
    if not reason:
        return None
    if reason not in tuple(CounterReason):
        codes = " ".join(CounterReason)
        raise BadCommand(
            tr("没有“{text}”这种原因。有：{codes}。", text=quoted(reason), codes=codes)
        )
    return Explanation(CounterReason(reason), words)


def _tenders(takings: Takings) -> str:
    return "  ".join(f"{tender_name(kind)} {format_money(fen)}" for kind, fen in takings.tenders)


def _counted(shift: Shift) -> str:
    """What should be in the drawer, what was, and why they differ."""
    count = shift.count
    assert count is not None
    return counted_words(count.counted_fen, count.difference_fen, count.explanation)
