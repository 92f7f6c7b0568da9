"""Reports of a day with two shifts, as the actions make them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec.structs import replace

from core.sales.day import Day
from core.sales.drawer import CashMove, MoveKind
from core.sales.explanation import CounterReason, Explanation
from core.sales.report import (
    CashierLine,
    PartnerLine,
    Report,
    ReportHeading,
    ReportInfo,
    ReportKind,
    Turn,
    day_report,
    move_lines,
    move_report,
    shift_report,
)
from core.sales.shift import Count, Shift
from core.sales.takings import Takings

DAY = Day(UUID(int=1), date(2026, 11, 24), 0, 2, 200_00)
MORNING = Takings(
    31, 2_150_40, 96_10, 1, 39_00, (("cash", 812_40), ("wechat", 1_299_00)), 100_00, 500_00
)
EVENING = Takings(12, 640_00, 12_00, tenders=(("cash", 240_00), ("insurance", 400_00)))
ALL = MORNING.plus(EVENING)
LOST = Explanation(CounterReason.WRONG_CHANGE)
TOLD = Explanation(CounterReason.OTHER, "下午换零钱时多收了一张十元")
FIRST = Shift(UUID(int=2), DAY.id, 1, 0, 2, 200_00, Count(0, 2, 611_90, 612_40, LOST))
SECOND = Shift(UUID(int=3), DAY.id, 2, 0, 3, 611_90, Count(0, 3, 861_90, 851_90, TOLD))
INFO = ReportInfo("2026-11-24", "2026-11-24 20:31", 1)
IN = CashMove(
    UUID(int=4), FIRST.id, DAY.id, MoveKind.IN, 100_00, 0, 2, 2,
    Explanation(CounterReason.SMALL_CHANGE),
)  # fmt: skip
OUT = CashMove(
    UUID(int=5), FIRST.id, DAY.id, MoveKind.OUT, 500_00, 0, 2, 1, Explanation(CounterReason.BANK)
)
MOVES = (*move_lines(IN, "2026-11-24 09:10"), *move_lines(OUT, "2026-11-24 13:45"))
TURNS = (
    Turn(FIRST, MORNING, "2026-11-24 08:02", "2026-11-24 14:05"),
    Turn(SECOND, EVENING, "2026-11-24 14:05", "2026-11-24 20:31"),
)
PARTNERS = (PartnerLine("星光影院", 3, 15_00),)
CASHIERS = (CashierLine(1, 2, 88_00), CashierLine(2, 28, 2_023_40), CashierLine(3, 12, 640_00))


def heading(kind: ReportKind, no: str = "") -> ReportHeading:
    return ReportHeading("中山路店", 2, kind.value, no)


def z_of_a_day() -> Report:
    closed = replace(DAY, closed_us=1, closed_by=3, counted_fen=861_90)
    head = heading(ReportKind.Z, "S01-T2-Z0007")
    return day_report(head, INFO, closed, ALL, turns=TURNS, moves=MOVES, cashiers=CASHIERS)


def x_of_a_day() -> Report:
    still = Turn(replace(SECOND, count=None), EVENING, "2026-11-24 14:05")
    return day_report(
        heading(ReportKind.X), INFO, DAY, ALL,
        turns=(TURNS[0], still), moves=MOVES, cashiers=CASHIERS, partners=PARTNERS,
    )  # fmt: skip


def change_of_shift() -> Report:
    return shift_report(heading(ReportKind.SHIFT), INFO, TURNS[0], MOVES)


def cash_to_the_bank() -> Report:
    line, why = move_lines(OUT, "2026-11-24 13:45")
    head = heading(ReportKind.PAY_OUT)
    return move_report(head, INFO, line, why, "OUT-2026-11-24-2")


REPORTS = {
    "z_of_a_day": z_of_a_day,
    "x_of_a_day": x_of_a_day,
    "change_of_shift": change_of_shift,
    "cash_to_the_bank": cash_to_the_bank,
}
