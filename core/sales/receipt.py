"""小票: a list of typed lines, made once; every printer and the PDF show the same list.

The lines carry facts and figures, never sentences: `ui.text` and the printers make the words.
A receipt adds up: items less points as money and cash rounding are the payable, list less saved
is the payable, paid less change is the payable.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from core.pricing.tender import TenderKind


class Heading(Struct, frozen=True):
    """Store and till on top; `is_copy` on a reprint."""

    store_name: str
    till_no: int
    is_copy: bool = False


class SaleInfo(Struct, frozen=True):
    """Number, local time "2026-11-24 14:32" and the staff number of the cashier."""

    sale_no: str
    local_time: str
    staff_no: int


class ItemLine(Struct, frozen=True):
    """One product: figures in fen and thousandths.

    `payable_fen` is after all its adjustments but points as money and cash rounding, which are
    shown once for the sale (domain.md 2, stages 7 and 8). `chosen` is "gift" or "add_on" where an
    offer gives it, whose id is `offer`.
    """

    name: str
    spec: str
    unit: str
    quantity_milli: int
    unit_price_fen: int
    list_fen: int
    payable_fen: int
    is_prescription: bool = False
    chosen: str = ""
    offer: str = ""


class SavingLine(Struct, frozen=True):
    """Why the item above it became cheaper: a reason of `core.pricing.adjustment`."""

    reason: str
    label: str
    rate_bp: int
    amount_fen: int
    unit_price_fen: int = 0


class OriginLine(Struct, frozen=True):
    """Where a unit of the item above it comes from: its trace code, batch and last day; or ""."""

    code: str
    batch: str = ""
    expires_on: str = ""


class OfferLine(Struct, frozen=True):
    """What one offer saved in the whole sale: below the total of it, which they add up to."""

    reason: str
    label: str
    rate_bp: int
    amount_fen: int


FigureKind = Literal[
    "list",
    "saved",
    "rounding",
    "payable",
    "paid",
    "change",
    "pieces",
    "back",
    "withheld",
    "points",
    "returned",
]


class FigureLine(Struct, frozen=True):
    """A total in fen ("pieces": thousandths of units). "saved" includes the cash rounding.

    It includes "points" too: what points paid.

    "withheld" is what a refund lacks for points that are spent already, "returned" what goods come
    to that come back in the same step.
    """

    kind: FigureKind
    amount: int


class TenderLine(Struct, frozen=True):
    """What was handed over, by kind."""

    kind: str
    amount_fen: int


class MemberLine(Struct, frozen=True):
    """The member, masked; `tier_name` before the sale."""

    masked_name: str
    masked_card: str
    tier_name: str


class PointsLine(Struct, frozen=True):
    """Points that this sale earned, the balance after it, and the points that were spent in it."""

    earned: int
    balance: int
    spent: int = 0


class ExpiryLine(Struct, frozen=True):
    """到期: how many points expire next, and the last day "2027-12-31" on which they are good."""

    points: int
    on: str


class UpgradeLine(Struct, frozen=True):
    """升级: the tier that this sale brought."""

    tier_name: str


class VoidLine(Struct, frozen=True):
    """作废: what this paper is about; on a copy of the sale's receipt, that it holds no more."""


class CopyLine(Struct, frozen=True):
    """第几次补打: which copy of its paper this is, from 1."""

    no: int


class TrainingLine(Struct, frozen=True):
    """练习: it was made to learn with; nothing was sold and nothing is owed."""


class VoidInfo(Struct, frozen=True):
    """When it was sold, why it was voided, and who allowed it."""

    sold_time: str
    reason: str
    words: str
    approved_by: int


class ReturnLine(Struct, frozen=True):
    """退货: what this paper is about."""


class ReturnInfo(Struct, frozen=True):
    """The number of the return, when it was sold, why it came back, and who allowed it."""

    no: str
    sold_time: str
    reason: str
    words: str
    approved_by: int


class ExchangeLine(Struct, frozen=True):
    """换货: the return that is part of this sale, and the moment when its goods were sold."""

    no: str
    sold_time: str


class BackItemLine(Struct, frozen=True):
    """One product that came back, and what it comes to."""

    name: str
    spec: str
    unit: str
    quantity_milli: int
    money_fen: int


class CreditLine(Struct, frozen=True):
    """抵: what of the goods that came back pays for this sale, by the tender of their own sale."""

    kind: str
    amount_fen: int


class LeftLine(Struct, frozen=True):
    """退给顾客: what of it is left, by kind of tender."""

    kind: str
    amount_fen: int


class BackLine(Struct, frozen=True):
    """退款: what goes back by one kind of tender."""

    kind: str
    amount_fen: int


class PointsBackLine(Struct, frozen=True):
    """Points taken back, the balance after it, and the points given back that had been spent."""

    taken: int
    balance: int
    given: int = 0


class TierBackLine(Struct, frozen=True):
    """等级恢复: the tier that the member has again."""

    tier_name: str


class RedeemLine(Struct, frozen=True):
    """积分兑换: what this paper is about; `is_undone`: that a redemption was taken back."""

    is_undone: bool = False


class RewardLine(Struct, frozen=True):
    """What is handed over for points (or comes back), and how many points it takes."""

    name: str
    units: int
    points: int


class RedeemedLine(Struct, frozen=True):
    """Points that were taken for a reward (below zero: given back), and the balance after it."""

    points: int
    balance: int


class CouponLine(Struct, frozen=True):
    """券码: the code of a coupon, to be presented with a purchase, also as a barcode."""

    code: str


class SignLine(Struct, frozen=True):
    """签字: room for a signature: of the customer who got the money, or of the "staff"."""

    who: str = "customer"


class CodeLine(Struct, frozen=True):
    """The sale number as a barcode (Code 128)."""

    code: str


class Rule(Struct, frozen=True):
    """A line across the paper."""


Line = (
    Heading
    | SaleInfo
    | ItemLine
    | SavingLine
    | OriginLine
    | OfferLine
    | FigureLine
    | TenderLine
    | MemberLine
    | PointsLine
    | ExpiryLine
    | UpgradeLine
    | VoidLine
    | CopyLine
    | TrainingLine
    | VoidInfo
    | ReturnLine
    | ReturnInfo
    | ExchangeLine
    | BackItemLine
    | CreditLine
    | LeftLine
    | BackLine
    | PointsBackLine
    | TierBackLine
    | RedeemLine
    | RewardLine
    | RedeemedLine
    | CouponLine
    | SignLine
    | CodeLine
    | Rule
)


class Receipt(Struct, frozen=True):
    """All lines of one receipt, from top to bottom."""

    sale_no: str
    lines: tuple[Line, ...]

    @property
    def no(self) -> str:
        """What names the paper: the number of the sale, that it is of a void, or of its return."""
        for line in self.lines:
            if isinstance(line, ReturnInfo):
                return line.no
        is_void = any(isinstance(line, VoidInfo) for line in self.lines)
        return f"{self.sale_no}-void" if is_void else self.sale_no

    @property
    def opens_drawer(self) -> bool:
        """Whether cash was taken or goes back; a copy moves none."""
        return not self.is_copy and any(
            isinstance(line, TenderLine | BackLine | LeftLine) and line.kind == TenderKind.CASH
            for line in self.lines
        )

    @property
    def is_copy(self) -> bool:
        """补打: whether it is a reprint."""
        return any(isinstance(line, Heading) and line.is_copy for line in self.lines)


def copy_of(receipt: Receipt, no: int, *, is_voided: bool = False) -> Receipt:
    """补打: the same receipt, marked as its copy `no`, and as void where it was voided since."""
    lines: list[Line] = []
    for line in receipt.lines:
        if isinstance(line, Heading):
            lines += [replace(line, is_copy=True), CopyLine(no)]
            lines += [VoidLine()] if is_voided else []
        elif not isinstance(line, CopyLine):
            lines.append(line)
    return replace(receipt, lines=tuple(lines))
