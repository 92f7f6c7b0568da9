"""到期: what is left of a lot after its last day goes out of the member's account (domain.md 3).

A lot keeps the last day that it was given when it was made: another rulebook does not move it.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from core.points.ledger import (
    EXPIRED,
    Account,
    AccountKind,
    Allocation,
    Cause,
    Transfer,
)


class Place(Struct, frozen=True):
    """Where the expiry stands in the row of all lots: by last day, member and lot.

    Everything up to it has expired. The place of a day without a lot is before all of that day's.
    """

    expires_on: date
    member: bytes = b""
    lot: bytes = b""


NOWHERE = Place(date.min)
"""Nothing has ever expired here."""


class PastLot(Struct, frozen=True):
    """A lot whose last day is over, with what is left of it (0: nothing)."""

    member_id: UUID
    lot_id: UUID
    expires_on: date
    left: int

    @property
    def place(self) -> Place:
        """Where it stands in the row of all lots."""
        return Place(self.expires_on, self.member_id.bytes, self.lot_id.bytes)


def expire(
    transfer_id: UUID, lot: PastLot, *, on: date, rulebook_version: int
) -> tuple[Transfer, Allocation]:
    """All that is left of a lot goes; ValueError for one that can still be used that day."""
    if lot.expires_on >= on or lot.left <= 0:
        raise ValueError("nothing to expire")
    transfer = Transfer(
        id=transfer_id,
        debit=Account(AccountKind.AVAILABLE, lot.member_id),
        credit=EXPIRED,
        amount=lot.left,
        cause=Cause.EXPIRY,
        business_on=on,
        rulebook_version=rulebook_version,
    )
    return transfer, Allocation(transfer_id, lot.lot_id, lot.left)


class ExpiryRun(Struct, frozen=True):
    """One step of the expiry, kept: what went, by whom it began, and how far it came."""

    at_us: int
    business_on: date
    staff_no: int
    lots: int
    points: int
    place: Place
