"""小票: a list of typed lines, made once; every printer and the PDF show the same list.

The lines carry facts and figures, never sentences: `ui.text` and the printers make the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Heading:
    """Store and till on top; `is_copy` on a reprint."""

    store_name: str
    till_no: int
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class SaleInfo:
    """Number, local time "2026-11-24 14:32" and the staff number of the cashier."""

    sale_no: str
    local_time: str
    staff_no: int


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One product: figures in fen and thousandths; `payable_fen` after all its adjustments."""

    name: str
    spec: str
    unit: str
    quantity_milli: int
    unit_price_fen: int
    list_fen: int
    payable_fen: int
    is_prescription: bool = False


@dataclass(frozen=True, slots=True)
class SavingLine:
    """Why the item above it became cheaper: a reason of `core.pricing.adjustment`."""

    reason: str
    label: str
    rate_bp: int
    amount_fen: int


FigureKind = Literal["list", "saved", "rounding", "payable", "paid", "change", "pieces"]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A total in fen ("pieces": thousandths of units)."""

    kind: FigureKind
    amount: int


@dataclass(frozen=True, slots=True)
class TenderLine:
    """What was handed over, by kind."""

    kind: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class MemberLine:
    """The member, masked; `tier_name` before the sale."""

    masked_name: str
    masked_card: str
    tier_name: str


@dataclass(frozen=True, slots=True)
class PointsLine:
    """Points of this sale and the balance after it."""

    earned: int
    balance: int


@dataclass(frozen=True, slots=True)
class UpgradeLine:
    """升级: the tier that this sale brought."""

    tier_name: str


@dataclass(frozen=True, slots=True)
class CodeLine:
    """The sale number as a barcode (Code 128)."""

    code: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


Line = (
    Heading
    | SaleInfo
    | ItemLine
    | SavingLine
    | FigureLine
    | TenderLine
    | MemberLine
    | PointsLine
    | UpgradeLine
    | CodeLine
    | Rule
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """All lines of one receipt, from top to bottom."""

    sale_no: str
    lines: tuple[Line, ...]
