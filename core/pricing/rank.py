"""名次: which of two choices of offers is the better one; the lowest wins (domain.md 2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from core.pricing.stages.earning import bonus_of, multiplier_of, points_of
from core.pricing.stages.gift import gift_value
from core.pricing.working import Working, WorkingLine
from core.rulebook.offers import BasketOffer, CouponOffer, Offer


class Rank(NamedTuple):
    """In the order in which it is compared: what decides first stands first.

    `gift_fen` and `points` are negative, since more is better; so are the priorities.
    """

    payable_fen: int
    gift_fen: int
    points: int
    single_use: int
    offers: int
    priorities: tuple[int, ...]
    ids: tuple[str, ...]


class Earned(NamedTuple):
    """What lines earn if all is paid in earning tenders: fen × multiplier, and points beside."""

    term: int
    bonus: int


def rank_of(working: Working, used: Iterable[Offer], earned: Earned) -> Rank:
    """Where lines priced up to stage 6 stand, with what they earn and the offers used for them."""
    offers = list(used)
    return Rank(
        sum([line.net_fen for line in working.lines]),
        -gift_value(working.adjustments),
        -points_of(working, earned.term) - earned.bonus,
        sum([is_used_up(offer) for offer in offers]),
        len(offers),
        tuple(sorted([-offer.priority for offer in offers])),
        tuple(sorted([offer.id for offer in offers])),
    )


def is_used_up(offer: Offer) -> bool:
    """Whether a member, or a code, has it so many times only: what is used now is gone.

    What comes back tomorrow, or is bounded for the whole shop, is nobody's to keep.
    """
    if not isinstance(offer, BasketOffer):
        return False
    is_code = isinstance(offer, CouponOffer) and offer.is_single_use
    is_bounded = (
        offer.limits.per_member is not None
        or offer.limits.units_per_member is not None
        or offer.when.birthday is not None
    )
    return is_code or is_bounded


def earned_by(working: Working, lines: Iterable[WorkingLine]) -> Earned:
    """What lines earn as they stand; of nobody nothing."""
    if working.tier is None:
        return Earned(0, 0)
    earning = [line for line in lines if not line.is_outside]
    term = sum([line.net_fen * multiplier_of(working, line) for line in earning])
    return Earned(term, sum([bonus_of(line) for line in earning]))
