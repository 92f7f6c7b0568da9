"""小票存根: a receipt as plain JSON and back, so that a reprint shows what was printed then.

A record is `[["receipt", {"v": 1, "sale_no": …}], [kind, fields], …]`, lines from top to bottom.
"""

from __future__ import annotations

from typing import Any

from core.sales.line_record import line_records, lines_of
from core.sales.receipt import (
    BackItemLine,
    BackLine,
    CodeLine,
    CopyLine,
    CouponLine,
    CreditLine,
    ExchangeLine,
    ExpiryLine,
    FigureLine,
    Heading,
    ItemLine,
    LeftLine,
    Line,
    MemberLine,
    OfferLine,
    OriginLine,
    PointsBackLine,
    PointsLine,
    Receipt,
    RedeemedLine,
    RedeemLine,
    ReturnInfo,
    ReturnLine,
    RewardLine,
    Rule,
    SaleInfo,
    SavingLine,
    SignLine,
    TenderLine,
    TierBackLine,
    TrainingLine,
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
    "origin": OriginLine,
    "offer": OfferLine,
    "figure": FigureLine,
    "tender": TenderLine,
    "member": MemberLine,
    "points": PointsLine,
    "expiry": ExpiryLine,
    "upgrade": UpgradeLine,
    "void": VoidLine,
    "copy": CopyLine,
    "training": TrainingLine,
    "void_info": VoidInfo,
    "return": ReturnLine,
    "return_info": ReturnInfo,
    "exchange": ExchangeLine,
    "back_item": BackItemLine,
    "credit": CreditLine,
    "left": LeftLine,
    "back": BackLine,
    "points_back": PointsBackLine,
    "tier_back": TierBackLine,
    "redeem": RedeemLine,
    "reward": RewardLine,
    "redeemed": RedeemedLine,
    "coupon": CouponLine,
    "sign": SignLine,
    "code": CodeLine,
    "rule": Rule,
}


def receipt_record(receipt: Receipt) -> list[Any]:
    """Lists, dicts, strings, integers and booleans only."""
    head = {"v": _VERSION, "sale_no": receipt.sale_no}
    return [["receipt", head], *line_records(receipt.lines, _LINES)]


def receipt_of(record: list[Any]) -> Receipt:
    """The receipt of a record; ValueError for one that this version did not write."""
    (kind, head), *lines = record
    if kind != "receipt" or head["v"] != _VERSION:
        raise ValueError("not a record of a receipt")
    return Receipt(head["sale_no"], tuple(lines_of(lines, _LINES)))
