"""What is refused of points outside of a sale: behaviours, corrections, rewards."""

from __future__ import annotations

from core.errors.roots import Refused


class NoSuchBehaviour(Refused):
    """A code that the rulebook gives no points for."""

    text: str


class BehaviourLimit(Refused):
    """A member did it as often as the rulebook allows: a "day", a "year" or "ever"."""

    name: str
    per: str
    most: int


class BadCorrection(Refused):
    """Text that is no number of points to give or to take."""

    text: str


class NoSuchReward(Refused):
    """A code that is no reward of the rulebook."""

    text: str


class BadUnits(Refused):
    """Text or number that is no number of units of a reward."""

    text: str


class RewardNotNow(Refused):
    """A reward that is not to be had on this business date."""

    name: str


class RewardForTier(Refused):
    """A reward that is for members of that tier and above."""

    name: str
    tier: str


class RewardLimit(Refused):
    """More units than a member gets in all."""

    name: str
    most: int


class RewardOutOfStock(Refused):
    """More units than there are."""

    name: str
    left: int


class StockMoved(Refused):
    """Another number lies on a shelf than whoever adds to it has seen."""

    left: int


class BadStock(Refused):
    """Text that is no count of what lies on the shelf, or a reward that nobody counts."""

    text: str


class NoSuchRedemption(Refused):
    """A number under which nothing was redeemed."""

    text: str


class RedemptionUndone(Refused):
    """Its points were given back already."""

    no: str


class CouponHandedOut(Refused):
    """A redemption that gave a coupon: its code is in the member's hands."""

    no: str


class EscrowDiffers(Refused):
    """No points were set aside for this till under this id."""

    escrow_id: str


class MemberUnserved(Refused):
    """A member who is frozen in the chain, or took their consent back: nobody spends for them."""

    member_id: str


class PointsUnreserved(Refused):
    """Points of a chain that the server has not set aside for this sale or this reward yet."""

    points: int


class PointsOffline(Refused):
    """Without the server only so many of a member's points can be spent at this till."""

    points: int
    most: int


class NoPointsOffline(Refused):
    """Without the server no point of this member can be spent at this till."""
