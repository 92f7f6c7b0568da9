"""块: the lines of a paper by the block they belong to, in the words of a design."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from core.sales import receipt as r
from core.sales import report as x
from core.sales.coupon_slip import CouponSlip, CouponTerms, CouponTitle
from core.sales.gift_slip import GiftItemLine, GiftLine, GiftSlip
from core.sales.hold_slip import HeldItemLine, HeldLine, HoldLine, HoldSlip
from core.sales.slip import Slip
from core.sales.statement import (
    AccountLine,
    BoughtLine,
    MovementLine,
    PeriodLine,
    PurchaseLine,
    Statement,
    StatementLine,
)

Blocks = dict[str, list[Any]]
_OWN: dict[type[object], str] = {
    CouponSlip: "coupon",
    GiftSlip: "gift",
    HoldSlip: "hold",
    Statement: "statement",
}
_ABOUT: dict[type[object], str] = {
    r.VoidInfo: "void",
    r.ReturnInfo: "refund",
    r.RedeemLine: "redemption",
}
_MOVES = (x.ReportKind.PAY_IN, x.ReportKind.PAY_OUT)
_BLOCKS: dict[type[object], str] = {
    r.CopyLine: "marks",
    r.VoidLine: "marks",
    r.TrainingLine: "marks",
    r.ReturnLine: "marks",
    r.RedeemLine: "marks",
    GiftLine: "marks",
    HoldLine: "marks",
    StatementLine: "marks",
    r.SaleInfo: "number",
    r.VoidInfo: "reason",
    r.ReturnInfo: "reason",
    r.ItemLine: "items",
    r.SavingLine: "items",
    r.OriginLine: "items",
    GiftItemLine: "items",
    HeldItemLine: "items",
    HeldLine: "held",
    r.OfferLine: "totals",
    r.TenderLine: "tenders",
    r.BackLine: "back",
    r.ExchangeLine: "items",
    r.BackItemLine: "items",
    r.CreditLine: "tenders",
    r.LeftLine: "tenders",
    r.MemberLine: "member",
    r.PointsLine: "points",
    r.PointsBackLine: "points",
    r.RedeemedLine: "points",
    r.ExpiryLine: "expiry",
    r.UpgradeLine: "tier",
    r.TierBackLine: "tier",
    r.RewardLine: "rewards",
    r.SignLine: "sign",
    r.CodeLine: "code",
    CouponTitle: "coupon",
    CouponTerms: "conditions",
    PeriodLine: "period",
    AccountLine: "account",
    MovementLine: "moves",
    PurchaseLine: "purchases",
    BoughtLine: "purchases",
}
_FIGURES = {
    "pieces": "totals",
    "list": "totals",
    "saved": "totals",
    "payable": "totals",
    "paid": "tenders",
    "change": "tenders",
    "back": "back",
    "withheld": "back",
    "points": "items",
    "returned": "items",
    "rounding": "items",
}
_SECTIONS: dict[type[object], str] = {
    x.TurnLine: "shifts",
    x.SumLine: "drawer",
    x.MoveLine: "moves",
    x.CashierLine: "cashiers",
    x.PartnerLine: "partners",
    r.SignLine: "sign",
}


def paper_of(slip: Slip) -> str:
    """Which design a paper takes: a key of `PAPERS`."""
    if isinstance(slip, x.Report):
        return "cash" if slip.kind in _MOVES else "report"
    if own := _OWN.get(type(slip)):
        return own
    kinds = (_ABOUT[type(line)] for line in slip.lines if type(line) in _ABOUT)
    return next(kinds, "receipt")


def blocks_of(slip: Slip) -> Blocks:
    """All lines by their block; those of a heading stand in "marks"."""
    if isinstance(slip, x.Report):
        return _of_report(slip.lines)
    found: Blocks = {}
    is_redemption = paper_of(slip) == "redemption"
    for line in slip.lines:
        block = _block_of(line)
        if isinstance(line, r.CouponLine):
            block = "rewards" if is_redemption else "code"
        if block:
            found.setdefault(block, []).append(line)
    return found


def _block_of(line: Any) -> str:
    if isinstance(line, r.FigureLine):
        return _FIGURES[line.kind]
    if isinstance(line, r.Heading):
        return "marks"
    return _BLOCKS.get(type(line), "")


def _of_report(lines: Iterable[Any]) -> Blocks:
    """A report comes in sections; several of one kind stay parted by a line."""
    found: Blocks = {}
    for section in _sections(lines):
        if isinstance(section[0], x.ReportHeading):
            found["marks"], found["number"] = section[:1], section[1:]
            continue
        counts = any(isinstance(line, x.CountLine) for line in section)
        block = "figures" if counts else _SECTIONS[type(section[0])]
        if block in found:
            found[block].append(r.Rule())
        found.setdefault(block, []).extend(section)
    return found


def _sections(lines: Iterable[Any]) -> Iterator[list[Any]]:
    for is_rule, section in groupby(lines, lambda line: isinstance(line, r.Rule)):
        if not is_rule:
            yield list(section)
