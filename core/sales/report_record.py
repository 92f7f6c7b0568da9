"""日结单存根: a report as plain JSON and back, so that it can be printed again as it was then.

A record is `[["report", {"v": 1, "no": …, "kind": …}], [kind, fields], …]`.
"""

from __future__ import annotations

from typing import Any

from core.sales.line_record import line_records, lines_of
from core.sales.receipt import Rule, SignLine, TenderLine
from core.sales.report import (
    CashierLine,
    CountLine,
    MoveLine,
    PartnerLine,
    Report,
    ReportHeading,
    ReportInfo,
    ReportKind,
    ReportLine,
    SpentLine,
    SumLine,
    TurnLine,
    WhyLine,
)

_VERSION = 1
_LINES: dict[str, type[ReportLine]] = {
    "heading": ReportHeading,
    "info": ReportInfo,
    "turn": TurnLine,
    "count": CountLine,
    "sum": SumLine,
    "spent": SpentLine,
    "why": WhyLine,
    "move": MoveLine,
    "cashier": CashierLine,
    "partner": PartnerLine,
    "tender": TenderLine,
    "sign": SignLine,
    "rule": Rule,
}


def report_record(report: Report) -> list[Any]:
    """Lists, dicts, strings, integers and booleans only."""
    head = {"v": _VERSION, "no": report.no, "kind": report.kind.value}
    return [["report", head], *line_records(report.lines, _LINES)]


def report_of(record: list[Any]) -> Report:
    """The report of a record; ValueError for one that this version did not write."""
    (kind, head), *lines = record
    if kind != "report" or head["v"] != _VERSION:
        raise ValueError("not a record of a report")
    return Report(head["no"], ReportKind(head["kind"]), tuple(lines_of(lines, _LINES)))
