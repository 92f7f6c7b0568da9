"""报表的字: the typed lines of a report as rows of words."""

from __future__ import annotations

from collections.abc import Iterator

from core.sales.explanation import CounterReason
from core.sales.report import (
    CashierLine,
    CountLine,
    MoveLine,
    PartnerLine,
    ReportHeading,
    ReportInfo,
    ReportKind,
    SpentLine,
    SumLine,
    TurnLine,
    WhyLine,
)
from core.values.money import format_money
from ui.devices.row import Row, Voice, Words
from ui.drawer_text import count_name, difference_said, reason_name, report_name, sum_name
from ui.text import quoted, tr

OwnLine = (
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
)
_DAY_AND_TIME = len("2026-")
_STRONG = {"taken", "expected", "counted", "difference"}


def report_rows(line: OwnLine) -> Iterator[Row]:
    """The rows of one line that only reports have."""
    match line:
        case ReportHeading():
            yield from _heading(line)
        case ReportInfo(on, at, staff_no):
            yield Words(tr("营业日"), on)
            yield Words(at, tr("工号 {no}", no=staff_no))
        case TurnLine():
            yield Words(tr("第 {no} 班", no=line.no), tr("收银员 {staff}", staff=line.staff_no))
            start, end = line.from_time[_DAY_AND_TIME:], line.to_time[_DAY_AND_TIME:] or tr("现在")
            yield Words(tr("{start} 到 {end}", start=start, end=end), voice=Voice.NOTE)
        case CountLine(kind, count, fen):
            name = count_name(kind)
            counted = tr("{name} {count} 笔", name=name, count=f"{count:,}")
            yield Words(counted, format_money(fen if kind == "sales" else -fen))
        case SpentLine(points, fen):
            spent = tr("其中积分 {points} 分", points=f"{points:,}".replace("-", "−"))
            yield Words(spent, format_money(fen), Voice.PART)
        case SumLine("difference", fen) if fen:
            yield Words(sum_name("difference"), difference_said(fen), Voice.STRONG)
        case SumLine(kind, fen):
            voice = Voice.STRONG if kind in _STRONG else Voice.PLAIN
            yield Words(sum_name(kind), format_money(fen), voice)
        case WhyLine(reason, words):
            yield Words(reason_name(CounterReason(reason)), voice=Voice.NOTE)
            if words:
                yield Words(quoted(words), voice=Voice.NOTE)
        case MoveLine():
            yield from _move(line)
        case CashierLine(staff_no, sales, fen):
            sold = tr("收银员 {staff} 卖 {count} 笔", staff=staff_no, count=f"{sales:,}")
            yield Words(sold, format_money(fen))
        case PartnerLine(partner, uses, fen):
            borne = tr("{partner}承担 {count} 张券", partner=partner, count=f"{uses:,}")
            yield Words(borne, format_money(fen))


def _heading(line: ReportHeading) -> Iterator[Row]:
    if line.is_copy:
        yield Words(tr("补打，非原件"), voice=Voice.COPY)
    yield Words(report_name(ReportKind(line.kind)), voice=Voice.COPY)
    if line.no:
        yield Words(line.no, voice=Voice.CENTRED)


def _move(line: MoveLine) -> Iterator[Row]:
    is_in = line.kind == ReportKind.PAY_IN
    fen = line.amount_fen if is_in else -line.amount_fen
    yield Words(tr("放入现金") if is_in else tr("取出现金"), format_money(fen), Voice.ITEM)
    who = tr("{time}　工号 {no}", time=line.local_time, no=line.staff_no)
    yield Words(who, voice=Voice.NOTE)
    if line.approved_by != line.staff_no:
        yield Words(tr("授权　工号 {no}", no=line.approved_by), voice=Voice.NOTE)
