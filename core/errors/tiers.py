"""拒绝: what the rules of tiers and their benefits do not allow."""

from __future__ import annotations

from core.errors.roots import Refused


class CardNeedsMember(Refused):
    """A card that gives a tier is sold to a member; `name` is that of the product."""

    name: str


class NoSuchTier(Refused):
    """A tier that the rulebook does not have, or the lowest one, which everybody has."""

    text: str
    names: tuple[str, ...]


class BadGrantEnd(Refused):
    """The last day of a granted tier, which is neither in the past nor beyond ten years."""

    text: str


class NotGranted(Refused):
    """A member without a granted tier to take back; `name` is masked."""

    name: str


class NoSuchBenefit(Refused):
    """A benefit that the member's tier does not give; `tier` is its name."""

    text: str
    tier: str


class BenefitUsedUp(Refused):
    """A benefit that was used as often as the period allows; `next_on` begins the next one."""

    name: str
    next_on: str


class BenefitNotCounted(Refused):
    """A benefit that the member has without a number: its uses are not kept."""

    name: str


class BenefitNotUsed(Refused):
    """A benefit to be given back that was not used in this period."""

    name: str
