"""小票存根: a receipt as plain JSON and back, so that a reprint shows what was printed then.

A record is `[["receipt", {"v": 1, "sale_no": …}], [kind, fields], …]`, lines from top to bottom.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from core.sales.receipt import (
    BackLine,
    CodeLine,
    FigureLine,
    Heading,
    ItemLine,
    Line,
    MemberLine,
    PointsBackLine,
    PointsLine,
    Receipt,
    Rule,
    SaleInfo,
    SavingLine,
    SignLine,
    TenderLine,
    TierBackLine,
    UpgradeLine,
    VoidInfo,
    VoidLine,
)

_VERSION = 1
_LINES: dict[str, type[Line]] = {
    "heading": Heading,
    "info": SaleInfo,
    "item": ItemLine,
    "saving": SavingLine,
    "figure": FigureLine,
    "tender": TenderLine,
    "member": MemberLine,
    "points": PointsLine,
    "upgrade": UpgradeLine,
    "void": VoidLine,
    "void_info": VoidInfo,
    "back": BackLine,
    "points_back": PointsBackLine,
    "tier_back": TierBackLine,
    "sign": SignLine,
    "code": CodeLine,
    "rule": Rule,
}
_KINDS: dict[type[Line], str] = {line: kind for kind, line in _LINES.items()}


def receipt_record(receipt: Receipt) -> list[Any]:
    """Lists, dicts, strings, integers and booleans only."""
    head = {"v": _VERSION, "sale_no": receipt.sale_no}
    return [["receipt", head], *([_KINDS[type(line)], _facts(line)] for line in receipt.lines)]


def receipt_of(record: list[Any]) -> Receipt:
    """The receipt of a record; ValueError for one that this version did not write."""
    (kind, head), *lines = record
    if kind != "receipt" or head["v"] != _VERSION:
        raise ValueError("not a record of a receipt")
    return Receipt(head["sale_no"], tuple(_line(kind, facts) for kind, facts in lines))


def _facts(line: Line) -> dict[str, Any]:
    return {field.name: getattr(line, field.name) for field in fields(line)}


def _line(kind: str, facts: dict[str, Any]) -> Line:
    if kind not in _LINES:
        raise ValueError(f"a receipt has no line of kind {kind!r}")
    return _LINES[kind](**facts)
