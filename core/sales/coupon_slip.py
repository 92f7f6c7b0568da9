"""优惠券: a coupon on paper: what it is worth, until when, what it asks for, and its code."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.rulebook.offers import CouponOffer
from core.sales.receipt import CouponLine, Heading, Line, MemberLine


class CouponTitle(Struct, frozen=True):
    """What the coupon is called."""

    name: str


class CouponTerms(Struct, frozen=True):
    """What it gives and asks for: the offer as the rulebook has it, and the days of the code."""

    offer: CouponOffer
    starts_on: date | None = None
    ends_on: date | None = None


class CouponSlip(Struct, frozen=True):
    """The lines of one coupon."""

    code: str
    lines: tuple[Line | CouponTitle | CouponTerms, ...]

    @property
    def no(self) -> str:
        """What names the paper."""
        return self.code

    @property
    def opens_drawer(self) -> bool:
        """Nothing was paid."""
        return False


def make_coupon_slip(
    code: str,
    offer: CouponOffer,
    heading: Heading,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
    member: MemberLine | None = None,
) -> CouponSlip:
    """The paper of a code; a copy says so, and is worth no second time: the code is used once."""
    whose = () if member is None else (member,)
    terms = CouponTerms(offer, starts_on, ends_on)
    return CouponSlip(code, (heading, CouponTitle(offer.name), terms, *whose, CouponLine(code)))
