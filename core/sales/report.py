"""报表: X is a look at the drawer, Z closes a day, one stands between: the change of shift.

Like a receipt a report is a list of typed lines, made once; the screen, every printer and the PDF
show the same list. Lines carry facts and figures, never sentences. People stand in them by their
number, as on a receipt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from core.sales.day import Day
from core.sales.drawer import CashMove, MoveKind
from core.sales.receipt import Rule, SignLine, TenderLine
from core.sales.shift import Shift
from core.sales.takings import Takings


class ReportKind(StrEnum):
    """What a report is of; the last two are the papers of cash paid in and out."""

    X = "x"
    SHIFT = "shift"
    Z = "z"
    PAY_IN = "in"
    PAY_OUT = "out"


class ReportHeading(Struct, frozen=True):
    """Store and till on top; `no` numbers a Z ("" otherwise), `is_copy` when printed again."""

    store_name: str
    till_no: int
    kind: str
    no: str = ""
    is_copy: bool = False


class ReportInfo(Struct, frozen=True):
    """Business date, local time "2026-11-24 20:02" and the number of whoever made it."""

    business_on: str
    local_time: str
    staff_no: int


class TurnLine(Struct, frozen=True):
    """班: a shift with its cashier, from when to when ("" while it is open)."""

    no: int
    staff_no: int
    from_time: str
    to_time: str


CountKind = Literal["sales", "voids", "returns"]
SumKind = Literal[
    "taken",
    "saved",
    "opening",
    "float",
    "cash",
    "paid_in",
    "paid_out",
    "expected",
    "counted",
    "difference",
]


class CountLine(Struct, frozen=True):
    """So many of them, and what they come to in fen."""

    kind: CountKind
    count: int
    amount_fen: int


class SpentLine(Struct, frozen=True):
    """积分抵扣: points that were spent, less those given back, and what they paid in fen."""

    points: int
    amount_fen: int


class SumLine(Struct, frozen=True):
    """One figure in fen: "opening" is the day's float, "float" what a shift began with,
    "difference" counted less expected."""

    kind: SumKind
    amount_fen: int


class WhyLine(Struct, frozen=True):
    """Why the figure above is what it is: a reason, and words of one's own."""

    reason: str
    words: str


class MoveLine(Struct, frozen=True):
    """Cash that went in or out."""

    kind: str
    local_time: str
    staff_no: int
    approved_by: int
    amount_fen: int


class CashierLine(Struct, frozen=True):
    """What one person sold, without what was voided."""

    staff_no: int
    sales: int
    amount_fen: int


class PartnerLine(Struct, frozen=True):
    """异业: what a partner bears: how many of its coupons were used, less those given back."""

    partner: str
    uses: int
    amount_fen: int


ReportLine = (
    ReportHeading
    | ReportInfo
    | TurnLine
    | CountLine
    | SumLine
    | SpentLine
    | WhyLine
    | MoveLine
    | CashierLine
    | PartnerLine
    | TenderLine
    | SignLine
    | Rule
)


class Turn(Struct, frozen=True):
    """A shift with what it took, and the store's times of its ends."""

    shift: Shift
    takings: Takings
    from_time: str
    to_time: str = ""


class Report(Struct, frozen=True):
    """All lines of a report, from top to bottom; `no` names its file."""

    no: str
    kind: ReportKind
    lines: tuple[ReportLine, ...]

    @property
    def opens_drawer(self) -> bool:
        """Cash is put in or taken out with it; a copy moves none."""
        is_move = self.kind in (ReportKind.PAY_IN, ReportKind.PAY_OUT)
        return is_move and not any(
            isinstance(line, ReportHeading) and line.is_copy for line in self.lines
        )


def day_report(
    heading: ReportHeading,
    info: ReportInfo,
    day: Day,
    takings: Takings,
    *,
    turns: Iterable[Turn],
    moves: Iterable[MoveLine | WhyLine],
    cashiers: Iterable[CashierLine],
    partners: Iterable[PartnerLine] = (),
) -> Report:
    """X or Z of a day: its figures, its cash, who sold, what partners bear, and its shifts."""
    lines: list[ReportLine] = [heading, info, Rule(), *_taken(takings), Rule()]
    lines += _cash(SumLine("opening", day.float_fen), takings)
    if day.counted_fen is not None:
        lines += _counted(day.counted_fen, takings.expected_fen(day.float_fen))
    lines += _section(moves)
    lines += _section(cashiers)
    lines += _section(partners)
    for turn in turns:
        lines += [Rule(), *_turn(turn)]
    if heading.kind == ReportKind.Z:
        lines += [Rule(), SignLine("staff")]
    return Report(heading.no or _name(heading, info), ReportKind(heading.kind), tuple(lines))


def shift_report(
    heading: ReportHeading, info: ReportInfo, turn: Turn, moves: Iterable[MoveLine | WhyLine]
) -> Report:
    """交接班单: one shift: what it took, its cash, and what was counted."""
    took = _taken(turn.takings)
    lines: list[ReportLine] = [heading, info, Rule(), _turn_line(turn), *took, Rule()]
    lines += _drawer(turn)
    lines += _section(moves)
    lines += [Rule(), SignLine("staff")]
    return Report(f"{_name(heading, info)}-{turn.shift.no}", ReportKind.SHIFT, tuple(lines))


def move_report(
    heading: ReportHeading, info: ReportInfo, move: MoveLine, why: WhyLine, no: str
) -> Report:
    """放入 · 取出单: one move of cash, to be signed."""
    lines = (heading, info, Rule(), move, why, Rule(), SignLine("staff"))
    return Report(no, ReportKind(heading.kind), lines)


def copy_of_report(report: Report) -> Report:
    """补打: the same report, marked as a copy."""
    lines = (
        replace(line, is_copy=True) if isinstance(line, ReportHeading) else line
        for line in report.lines
    )
    return replace(report, lines=tuple(lines))


def move_lines(move: CashMove, local_time: str) -> tuple[MoveLine, WhyLine]:
    """A move of cash and why."""
    kind = ReportKind.PAY_IN if move.kind is MoveKind.IN else ReportKind.PAY_OUT
    told = move.explanation
    line = MoveLine(kind, local_time, move.staff_no, move.approved_by, move.amount_fen)
    return line, WhyLine(told.reason.value, told.words)


def _name(heading: ReportHeading, info: ReportInfo) -> str:
    return f"{heading.kind.upper()}-{info.business_on}"


def _section(lines: Iterable[ReportLine]) -> list[ReportLine]:
    """Lines under a rule; nothing where there are none."""
    inner = list(lines)
    return [Rule(), *inner] if inner else []


def _taken(takings: Takings) -> Iterator[ReportLine]:
    yield CountLine("sales", takings.sales, takings.sold_fen)
    if takings.voids:
        yield CountLine("voids", takings.voids, takings.voided_fen)
    if takings.returns:
        yield CountLine("returns", takings.returns, takings.returned_fen)
    yield SumLine("taken", takings.taken_fen)
    for kind, fen in takings.tenders:
        yield TenderLine(kind, fen)
    yield SumLine("saved", takings.saved_fen)
    if takings.spent_points or takings.points_fen:
        yield SpentLine(takings.spent_points, takings.points_fen)


def _cash(begun: SumLine, takings: Takings) -> Iterator[ReportLine]:
    """From what lay in the drawer at the beginning to what should lie there."""
    yield begun
    yield SumLine("cash", takings.tender("cash"))
    if takings.paid_in_fen:
        yield SumLine("paid_in", takings.paid_in_fen)
    if takings.paid_out_fen:
        yield SumLine("paid_out", -takings.paid_out_fen)
    yield SumLine("expected", takings.expected_fen(begun.amount_fen))


def _counted(counted_fen: int, expected_fen: int) -> Iterator[ReportLine]:
    yield SumLine("counted", counted_fen)
    yield SumLine("difference", counted_fen - expected_fen)


def _turn_line(turn: Turn) -> TurnLine:
    return TurnLine(turn.shift.no, turn.shift.opened_by, turn.from_time, turn.to_time)


def _turn(turn: Turn) -> Iterator[ReportLine]:
    yield _turn_line(turn)
    yield SumLine("taken", turn.takings.taken_fen)
    yield from _drawer(turn)


def _drawer(turn: Turn) -> Iterator[ReportLine]:
    yield from _cash(SumLine("float", turn.shift.float_fen), turn.takings)
    count = turn.shift.count
    if count is not None:
        yield from _counted(count.counted_fen, count.expected_fen)
        if count.explanation is not None:
            yield WhyLine(count.explanation.reason.value, count.explanation.words)
