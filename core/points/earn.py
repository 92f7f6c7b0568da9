"""得积分: what a sale's points become: a transfer out of the programme and a lot with an expiry.

How many points a sale earns is part of its price (`core.pricing.stages.earning`). The lot keeps
the rule it was earned under: its expiry and the rulebook's version (domain.md 3).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.points.ledger import ISSUED, Account, AccountKind, Cause, Lot, Transfer
from core.rulebook.rulebook import Rulebook


def earn(
    transfer_id: UUID,
    member_id: UUID,
    points: int,
    *,
    rulebook: Rulebook,
    on: date,
    cause: Cause = Cause.SALE,
    sale_id: UUID | None = None,
    out_of: Account = ISSUED,
) -> tuple[Transfer, Lot]:
    """Transfer and lot of so many points (> 0) on a business date; ValueError for fewer.

    Also for the one opening lot of an imported member (`Cause.IMPORT`, no sale), for what is done
    without a sale, and for what is corrected by hand (`out_of` another account).
    """
    if points <= 0:
        raise ValueError("a lot holds at least one point")
    transfer = Transfer(
        id=transfer_id,
        debit=out_of,
        credit=Account(AccountKind.AVAILABLE, member_id),
        amount=points,
        cause=cause,
        business_on=on,
        rulebook_version=rulebook.version,
        sale_id=sale_id,
    )
    lot = Lot(
        id=transfer_id,
        member_id=member_id,
        amount=points,
        earned_on=on,
        expires_on=rulebook.points.expires_on(on),
        rulebook_version=rulebook.version,
        sale_id=sale_id,
    )
    return transfer, lot
