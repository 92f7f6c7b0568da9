"""作废: everything of a sale taken back on the day it was sold (domain.md 3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct

from core.pricing.tender import Tender, TenderKind
from core.sales.explanation import Explanation
from core.sales.shortage import NO_SHORTAGE, Shortage


class SaleFacts(Struct, frozen=True):
    """What of a settled sale a void or a return has to know.

    `points` were earned, `spent_points` were spent in it.
    """

    sale_id: UUID
    no: str
    day_id: UUID
    member_id: UUID | None
    at_us: int
    business_on: date
    payable_fen: int
    change_fen: int
    spend_fen: int
    points: int
    tenders: tuple[Tender, ...]
    rulebook_version: int
    spent_points: int = 0


class SoldRow(Struct, frozen=True):
    """今天的单: a row of the list of what was sold; `member_name` is masked by whoever shows it.

    `returned_fen` went back of it by returns; `goods` are names with thousandths, where they were
    asked for.
    """

    sale_id: UUID
    no: str
    at_us: int
    payable_fen: int
    tenders: tuple[str, ...]
    staff_no: int
    member_name: str
    is_voided: bool
    business_on: date
    returned_fen: int = 0
    goods: tuple[tuple[str, int], ...] = ()


class Void(Struct, frozen=True):
    """One void; `approved_by` differs from `staff_no` where a manager allowed it.

    `tier_before` and `tier_after` are the member's tier around it, "" for a stranger's sale.
    `shortage` as the policy dealt with it, `withheld` what of each tender is held back for it.
    """

    id: UUID
    sale: SaleFacts
    shift_id: UUID
    at_us: int
    business_on: date
    staff_no: int
    approved_by: int
    explanation: Explanation
    tier_before: str = ""
    tier_after: str = ""
    shortage: Shortage = NO_SHORTAGE
    withheld: tuple[Tender, ...] = ()

    @property
    def points_taken(self) -> int:
        """Points that leave the member's account: not what money pays, nor what has expired."""
        return self.sale.points - self.shortage.paid_points - self.shortage.expired


def money_back(tenders: Iterable[Tender], change_fen: int) -> tuple[Tender, ...]:
    """退款: by the same tenders, each kind once; cash last, less the change that was given.

    Cards and wallets are recorded, not executed: a person refunds them on their terminal.
    """
    fen: dict[TenderKind, int] = {}
    for tender in tenders:
        fen[tender.kind] = fen.get(tender.kind, 0) + tender.amount_fen
    if cash := fen.pop(TenderKind.CASH, 0) - change_fen:
        fen[TenderKind.CASH] = cash
    return tuple(Tender(kind, amount) for kind, amount in fen.items())
