"""Sheets of days, shifts and the drawer, for the album."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from core.actions.day import DayClosed
from core.actions.prove import Candidate
from core.actions.shift import DrawerNow, TakingsNow
from core.errors import DiskFull, SaleNotOfToday, TooMuchCash
from core.sales.day import Day
from core.sales.drawer import MoveKind
from core.sales.explanation import CounterReason, Explanation
from core.sales.shift import Count, Shift
from core.sales.takings import Takings
from core.trust.staff import Role
from tests.core.sales.reported import x_of_a_day, z_of_a_day
from ui.drawer_text import back_by, counted_words
from ui.look import Look
from ui.text import sentence, tr
from ui.till.cash import CashSheet
from ui.till.close_day import CloseDaySheet
from ui.till.count_state import CountState
from ui.till.drawer import DrawerSheet
from ui.till.report import ReportSheet
from ui.till.shift import ShiftSheet
from ui.till.take_over import TakeOverSheet
from ui.till.void import VoidSheet
from ui.till.void_state import Effect, VoidState

Draw = Callable[[Look, QWidget], QWidget | None]

DAY = Day(UUID(int=5), date(2026, 11, 24), 0, 1, 20_000)
SHIFT = Shift(UUID(int=6), DAY.id, 2, 0, 1, 20_000)
OF_DAY = Takings(
    128,
    1_859_490,
    tenders=(
        ("cash", 345_670), ("wechat", 1_023_450), ("alipay", 402_110), ("insurance", 88_260)
    ),
    paid_out_fen=200_000,
)  # fmt: skip
DRAWER = DrawerNow(DAY, SHIFT, "王芳", "14:05")
NOW = TakingsNow(DRAWER, OF_DAY, OF_DAY)


def close_day(look: Look, window: QWidget) -> QWidget:
    sheet = CloseDaySheet(look, window)
    sheet.show_count(CountState.of(NOW))
    return sheet


def close_day_held(look: Look, window: QWidget) -> QWidget:
    sheet = CloseDaySheet(look, window)
    names = tr("、").join(("红衣服阿姨", "复方氨酚烷胺片（感康）12片装", "李师傅"))
    waiting = tr("还挂着 {count} 单：{names}等。日结后都留着。", count=12, names=names)
    sheet.show_count(replace(CountState.of(NOW), waiting=waiting))
    return sheet


def close_day_short(look: Look, window: QWidget) -> QWidget:
    sheet = CloseDaySheet(look, window)
    sheet.show_count(CountState.of(NOW))
    sheet.entry.edit.setText("1656.2")
    return sheet


def close_day_blind(look: Look, window: QWidget) -> QWidget:
    sheet = CloseDaySheet(look, window)
    sheet.show_count(CountState.of(DRAWER))
    sheet.entry.edit.setText("1656.2")
    return sheet


def close_day_why(look: Look, window: QWidget) -> QWidget:
    sheet = CloseDaySheet(look, window)
    sheet.show_count(CountState.of(DRAWER))
    sheet.entry.edit.setText("1656.2")
    sheet.ask_why(-50)
    return sheet


def _closed(difference_fen: int) -> Shift:
    told = Explanation(CounterReason.OTHER, "早上换零钱时少给了五角") if difference_fen else None
    return replace(SHIFT, count=Count(1, 1, 165_670 + difference_fen, 165_670, told))


def close_day_backup(look: Look, window: QWidget) -> QWidget:
    sheet = CloseDaySheet(look, window)
    sheet.show_count(CountState.of(NOW))
    sheet.show_progress(420)
    return sheet


def day_closed(look: Look, window: QWidget) -> QWidget:
    sheet = CloseDaySheet(look, window)
    place = "备份/2026-11-24_S01-T2.shuke"
    sheet.show_closed(DayClosed(DAY, OF_DAY, _closed(-50), z_of_a_day(), place))
    return sheet


def day_closed_two_shifts(look: Look, window: QWidget) -> QWidget:
    sheet = CloseDaySheet(look, window)
    first = replace(_closed(-1690), no=1)
    shifts = (first, replace(_closed(1100), no=2))
    place = "备份/2026-11-24_S01-T2.shuke"
    sheet.show_closed(DayClosed(DAY, OF_DAY, shifts[1], z_of_a_day(), place, shifts=shifts))
    return sheet


def day_closed_trouble(look: Look, window: QWidget) -> QWidget:
    sheet = CloseDaySheet(look, window)
    sheet.show_closed(DayClosed(DAY, OF_DAY, _closed(0), z_of_a_day(), trouble=DiskFull()))
    return sheet


def shift(look: Look, window: QWidget) -> QWidget:
    sheet = ShiftSheet(look, window)
    sheet.show_shift(NOW, can_close=True)
    return sheet


def shift_blind(look: Look, window: QWidget) -> QWidget:
    sheet = ShiftSheet(look, window)
    sheet.show_shift(DRAWER, can_close=False)
    return sheet


def pay_in(look: Look, window: QWidget) -> QWidget:
    sheet = CashSheet(look, window)
    sheet.begin(MoveKind.IN)
    sheet.entry.edit.setText("100")
    sheet.done.click()
    return sheet


def pay_out_wrong(look: Look, window: QWidget) -> QWidget:
    sheet = CashSheet(look, window)
    sheet.begin(MoveKind.OUT)
    sheet.entry.edit.setText("5000")
    sheet.show_error(sentence(TooMuchCash(500_000, 165_670)))
    return sheet


def drawer(look: Look, window: QWidget) -> QWidget:
    sheet = DrawerSheet(look, window)
    sheet.begin()
    return sheet


def report_x(look: Look, window: QWidget) -> QWidget:
    sheet = ReportSheet(look, window)
    sheet.show_report(x_of_a_day(), can_print=True)
    return sheet


def take_over(look: Look, window: QWidget) -> QWidget:
    sheet = TakeOverSheet(look, window)
    people = [Candidate(1, "店长", Role.MANAGER), Candidate(2, "王芳", Role.CASHIER)]
    why = counted_words(124_000, -50, Explanation(CounterReason.WRONG_CHANGE, "早上人多"))
    words = tr("接手 {counted}", counted="1,240.00")
    sheet.show_question(tr("谁接班？"), words, people, why=why)
    return sheet


def _state() -> VoidState:
    balance = tr("余额 {before} → {after}", before="12,480", after="12,397")
    tier = tr("{before} → {after}", before="金卡", after="银卡")
    effects = (
        Effect("chat", back_by("wechat"), "", "10.00"),
        Effect("cash", back_by("cash"), "", "45.60"),
        Effect("return", tr("收回积分"), balance, "−83"),
        Effect("user", tr("等级恢复"), tier, "银卡"),
    )
    return VoidState(UUID(int=0), "S01-T2-000128", "55.60", effects, is_voided=False)


def _void(look: Look, window: QWidget) -> VoidSheet:
    sheet = VoidSheet(look, window)
    sheet.begin(_state())
    return sheet


def void(look: Look, window: QWidget) -> QWidget:
    return _void(look, window)


def void_refused(look: Look, window: QWidget) -> QWidget:
    sheet = _void(look, window)
    sheet.effects.done.click()
    sheet.show_error(sentence(SaleNotOfToday("S01-T2-000097", "2026-11-20")))
    return sheet


def void_done(look: Look, window: QWidget) -> QWidget:
    sheet = _void(look, window)
    sheet.show_done(_state())
    return sheet


PAGES: tuple[Draw, ...] = (
    close_day,
    close_day_held,
    close_day_short,
    close_day_blind,
    close_day_why,
    close_day_backup,
    day_closed,
    day_closed_two_shifts,
    day_closed_trouble,
    shift,
    shift_blind,
    pay_in,
    pay_out_wrong,
    drawer,
    report_x,
    take_over,
    void,
    void_refused,
    void_done,
)
