"""一次券: codes issued for a coupon offer, each to be used once.

A code belongs to nobody, or to one member. It is used by a sale and given back with that sale's
other uses; until then it stays, whatever rulebook holds meanwhile.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from core.errors import CouponEarly, CouponLate, CouponUsed, CouponWithdrawn


class CouponCode(Struct, frozen=True):
    """One code; `used_by` is the number of the sale that used it, "" while it is unused.

    `starts_on` and `ends_on` are business dates, both within; None leaves that end open.
    `batch_id` names those that it was issued with; it is worth nothing from `withdrawn_on` on.
    """

    code: str
    offer: str
    batch_id: UUID
    member_id: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    used_by: str = ""
    withdrawn_on: date | None = None


class Batch(Struct, frozen=True):
    """一批: codes that were issued at once, alike but for the code."""

    id: UUID
    offer: str
    codes: tuple[str, ...]
    member_id: UUID | None
    starts_on: date | None
    ends_on: date | None
    at_us: int
    business_on: date
    staff_no: int


class BatchUse(Struct, frozen=True):
    """What became of a batch: how many there were, were used, were withdrawn before any use."""

    id: UUID
    offer: str
    business_on: date
    count: int
    used: int
    withdrawn: int

    @property
    def left(self) -> int:
        """How many can still be used, as far as their days allow."""
        return self.count - self.used - self.withdrawn


class Withdrawal(Struct, frozen=True):
    """收回: codes that nobody can use from now on, also those that come back with their sale."""

    id: UUID
    codes: tuple[str, ...]
    at_us: int
    business_on: date
    staff_no: int


class CouponBack(Struct, frozen=True):
    """退券: a code that can be used again once its sale is gone, and the name of its coupon."""

    code: str
    name: str


def check_usable(code: CouponCode, today: date) -> None:
    """Raises CouponUsed, CouponWithdrawn, CouponEarly or CouponLate for one of no worth today."""
    if code.used_by:
        raise CouponUsed(code.code, code.used_by)
    if code.withdrawn_on is not None:
        raise CouponWithdrawn(code.code, code.withdrawn_on.isoformat())
    if code.starts_on is not None and today < code.starts_on:
        raise CouponEarly(code.code, code.starts_on.isoformat())
    if code.ends_on is not None and today > code.ends_on:
        raise CouponLate(code.code, code.ends_on.isoformat())
