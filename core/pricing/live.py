"""在用的优惠: which offers of a rulebook could touch a basket now, sorted by their stage."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from core.members.member import Standing
from core.pricing.adjustment import Lost, Rejected
from core.pricing.bars import bar, spent
from core.pricing.used import Used, Uses
from core.rulebook.conditions import Conditions
from core.rulebook.offers import (
    TIER_MARK,
    AnyFor,
    BasketOffer,
    Bundle,
    CouponOffer,
    Deal,
    GiftOffer,
    NthReduced,
    Offer,
    PercentageOffer,
    PointsOffer,
    PriceOffer,
    Threshold,
)
from core.rulebook.rulebook import Goods, Rulebook
from core.rulebook.schemes import Tier
from core.values.moment import Moment
from core.values.rate import FULL


class On(Struct, frozen=True):
    """Offers that are on, by stage, in canonical order: highest priority first, then id.

    Prices stand as in the rulebook: which of them is the best does not depend on any order.
    `barred` are those whose time it is, but that ask for something that is not so.
    """

    prices: tuple[PriceOffer, ...] = ()
    deals: tuple[Deal, ...] = ()
    percentages: tuple[PercentageOffer, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    coupons: tuple[CouponOffer, ...] = ()
    points: tuple[PointsOffer, ...] = ()
    gifts: tuple[GiftOffer, ...] = ()
    barred: tuple[Rejected, ...] = ()

    @classmethod
    def of(cls, offers: Collection[Offer]) -> On:
        """These offers by stage, in order; prices as they stand in the rulebook."""
        ordered = sorted(offers, key=in_order)
        return cls(
            tuple(o for o in offers if isinstance(o, PriceOffer)),
            tuple(o for o in ordered if isinstance(o, NthReduced | AnyFor | Bundle)),
            tuple(o for o in ordered if isinstance(o, PercentageOffer)),
            tuple(o for o in ordered if isinstance(o, Threshold)),
            tuple(o for o in ordered if isinstance(o, CouponOffer)),
            tuple(o for o in ordered if isinstance(o, PointsOffer)),
            tuple(o for o in ordered if isinstance(o, GiftOffer)),
        )

    @property
    def basket_offers(self) -> tuple[BasketOffer, ...]:
        """All but the prices, stage by stage."""
        early = (*self.deals, *self.percentages, *self.thresholds, *self.gifts)
        return (*early, *self.coupons, *self.points)

    @property
    def all(self) -> tuple[Offer, ...]:
        """Every one of them."""
        return (*self.prices, *self.basket_offers)

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing but prices and the percentage of a tier."""
        late = self.thresholds or self.gifts or self.coupons or self.points
        is_bare = not (self.deals or late)
        return is_bare and all(offer.tier for offer in self.percentages)

    def only(self, ids: Collection[str]) -> On:
        """Those of them whose ids are named."""
        return On(
            tuple([o for o in self.prices if o.id in ids]),
            tuple([o for o in self.deals if o.id in ids]),
            tuple([o for o in self.percentages if o.id in ids]),
            tuple([o for o in self.thresholds if o.id in ids]),
            tuple([o for o in self.coupons if o.id in ids]),
            tuple([o for o in self.points if o.id in ids]),
            tuple([o for o in self.gifts if o.id in ids]),
        )


def in_order(offer: Offer) -> tuple[int, str]:
    """Where an offer stands among others (domain.md 2)."""
    return -offer.priority, offer.id


@lru_cache(maxsize=64)
def tier_offer(tier: Tier) -> PercentageOffer:
    """A tier's percentage as the offer that it is."""
    return PercentageOffer(
        id=tier_offer_id(tier), name=tier.name, rate_bp=tier.discount_bp, tier=tier.code
    )


def tier_offer_id(tier: Tier) -> str:
    """What a tier's percentage is called among offers."""
    return f"{TIER_MARK}{tier.code}"


def live_on(
    rulebook: Rulebook,
    tier: Tier | None,
    moment: Moment,
    presented: Collection[str],
    goods: Iterable[Goods],
    *,
    standing: Standing | None = None,
    uses: Uses = (),
) -> On:
    """What `live_offers` finds, by stage; at once where a rulebook has only prices and tiers."""
    if rulebook.basket_offers.is_any:
        asked = Asked(rulebook, tier, moment, standing, {each.offer: each for each in uses})
        live, barred = live_offers(asked, presented, list(goods))
        return replace(On.of(live), barred=barred) if barred else On.of(live)
    has_rate = tier is not None and tier.discount_bp < FULL
    return On(
        prices=tuple(prices_on(rulebook, tier, moment)),
        percentages=(tier_offer(tier),) if tier is not None and has_rate else (),
    )


class Asked(Struct, frozen=True):
    """What conditions are asked of: `tier` and `standing` None are nobody."""

    rulebook: Rulebook
    tier: Tier | None
    moment: Moment
    standing: Standing | None = None
    uses: dict[str, Used] = field(default_factory=dict)


def live_offers(
    asked: Asked, presented: Collection[str], goods: list[Goods]
) -> tuple[list[Offer], tuple[Rejected, ...]]:
    """The offers for these goods whose conditions hold, coupons where presented; what is barred.

    Of an offer that is on at another time or for others nobody is told, but where it was presented.
    """
    rulebook, moment, tier = asked.rulebook, asked.moment, asked.tier
    live: list[Offer] = [*prices_on(rulebook, tier, moment)]
    if tier is not None and tier.discount_bp < FULL:
        live.append(tier_offer(tier))
    barred: list[Rejected] = []
    touching = rulebook.basket_offers.touching(goods)
    for offer in touching:
        is_coupon = isinstance(offer, CouponOffer)
        if is_coupon and offer.id not in presented:
            continue
        lost = why_not_now(offer, asked)
        if lost is not None and not is_coupon:
            continue
        if lost is None and rulebook.asks.is_any:
            lost = why_barred(offer, asked)
        if lost is None:
            live.append(offer)
        elif any(offer.is_for(*each) for each in goods):
            barred.append(Rejected(offer.id, 0, lost, 0, offer.name))
    if presented:
        barred += _for_other_goods(asked, presented, touching)
    return live, tuple(barred)


def _for_other_goods(
    asked: Asked, presented: Collection[str], touching: list[BasketOffer]
) -> list[Rejected]:
    """The coupons that none of these goods could use; what else is in their way goes first."""
    others = set(presented) - {offer.id for offer in touching}
    early = untimely(asked, others)
    told = {each.offer for each in early}
    known = [asked.rulebook.coupons[each] for each in sorted(others - told)]
    return early + [Rejected(o.id, 0, Lost.NOTHING_OFF, 0, o.name) for o in known]


def untimely(asked: Asked, presented: Collection[str]) -> list[Rejected]:
    """The coupons that are of another time or place, or for other people."""
    found = [asked.rulebook.coupons[each] for each in sorted(presented)]
    lost = [(offer, why_not_now(offer, asked)) for offer in found]
    return [Rejected(offer.id, 0, why, 0, offer.name) for offer, why in lost if why is not None]


def prices_on(rulebook: Rulebook, tier: Tier | None, moment: Moment) -> list[PriceOffer]:
    """The prices that hold now, here and for whoever stands there."""
    on = [offer for offer in rulebook.price_offers if offer.is_on(moment.business_on)]
    if not rulebook.asks.prices:
        return on
    return [
        offer
        for offer in on
        if offer.when.is_on(moment.business_on, moment.minute, moment.store)
        and _has_tier(offer.when, rulebook, tier)
        and not (tier is None and offer.limits.asks_for_member)
    ]


def is_for(offer: BasketOffer, rulebook: Rulebook, tier: Tier | None) -> bool:
    """Whether whoever stands there may have an offer; `tier` None is nobody."""
    if not offer.asks_for_member:
        return True
    return tier is not None and _has_tier(offer.when, rulebook, tier)


def _has_tier(when: Conditions, rulebook: Rulebook, tier: Tier | None) -> bool:
    if not when.from_tier:
        return True
    scheme = rulebook.scheme
    return tier is not None and scheme.rank(tier.code) >= scheme.rank(when.from_tier)


def why_not_now(offer: BasketOffer, asked: Asked) -> Lost | None:
    """Whether an offer is of another time or place, or for other people than who stands there."""
    moment, tier = asked.moment, asked.tier
    missed = offer.when.missed(moment.business_on, moment.minute, moment.store)
    if missed is not None:
        return Lost(missed)
    if is_for(offer, asked.rulebook, tier):
        return None
    return Lost.MEMBERS_ONLY if tier is None else Lost.HIGHER_TIER


def why_barred(offer: BasketOffer, asked: Asked) -> Lost | None:
    """What else an offer asks for that is not so."""
    used = asked.uses.get(offer.id)
    if asked.standing is None:
        return spent(offer.limits, used)
    return bar(offer, asked.standing, used, asked.moment)
