"""名次: which of two choices of offers is the better one; the lowest wins (domain.md 2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from core.pricing.stages.earning import bonus_of, multiplier_of, points_of
from core.pricing.stages.gift import gift_value
from core.pricing.working import Working
from core.rulebook.offers import CouponOffer, Offer


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


def rank_of(working: Working, used: Iterable[Offer]) -> Rank:
    """Where lines priced up to stage 6 stand, with the offers that were used for them."""
    offers = list(used)
    return Rank(
        sum([line.net_fen for line in working.lines]),
        -gift_value(working.adjustments),
        -_points_as_if_earning(working),
        sum([isinstance(offer, CouponOffer) for offer in offers]),
        len(offers),
        tuple(sorted([-offer.priority for offer in offers])),
        tuple(sorted([offer.id for offer in offers])),
    )


def _points_as_if_earning(working: Working) -> int:
    if working.tier is None:
        return 0
    lines = [line for line in working.lines if not line.is_outside]
    term = sum([line.net_fen * multiplier_of(working, line) for line in lines])
    bonus = sum([bonus_of(line) for line in lines])
    return points_of(working, term) + bonus
