"""规则册: the data that prices a basket; versioned, and kept by every sale that used it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from core.rulebook.asks import Asks
from core.rulebook.behaviours import Behaviour
from core.rulebook.by_hand import NOTHING_ALONE, ByHandLimits
from core.rulebook.conditions import LEAP_DAY
from core.rulebook.coupons_alone import ANY_NUMBER, CouponsAlone
from core.rulebook.labels import LabelCode
from core.rulebook.offers import BasketOffer, Bundle, CouponOffer, Offer, PriceOffer
from core.rulebook.points_policy import PointsPolicy
from core.rulebook.returns import PLAIN, ReturnPolicy
from core.rulebook.rewards import Reward
from core.rulebook.schemes import TierScheme
from core.rulebook.watch import USUAL, Watch


class TenderRule(Struct, frozen=True):
    """支付方式: what a tender may pay and whether it earns (domain.md 2 and 3).

    `pays` is "all", or "prescription": insurance that pays prescription lines only.
    """

    kind: str
    is_earning: bool = True
    pays: str = "all"


NEVER_GIFTS = frozenset({"甲类非处方药"})


class Outside(Struct, frozen=True):
    """What takes no offer and neither earns nor spends: prescription by default (domain.md 2).

    `never_gifts` are the categories of which nothing is ever given for nothing, as the law has it
    for class-A OTC medicines; nor is a prescription medicine. They may be bought at a price.
    """

    is_prescription_outside: bool = True
    categories: frozenset[str] = frozenset()
    never_gifts: frozenset[str] = NEVER_GIFTS


Goods = tuple[str, str, str]
"""Code, category and brand of a product."""


class BasketOffers(Struct, frozen=True):
    """Offers by what they are for, so that thousands of others cost nothing (speed.md 6)."""

    is_any: bool
    everything: tuple[BasketOffer, ...]
    by_code: dict[str, list[BasketOffer]]
    by_category: dict[str, list[BasketOffer]]
    by_brand: dict[str, list[BasketOffer]]

    @classmethod
    def of(cls, offers: Iterable[BasketOffer]) -> BasketOffers:
        """Sort them once; a rulebook never changes."""
        everything: list[BasketOffer] = []
        by_code: dict[str, list[BasketOffer]] = {}
        by_category: dict[str, list[BasketOffer]] = {}
        by_brand: dict[str, list[BasketOffer]] = {}
        for offer in offers:
            codes = offer.scope.products
            if isinstance(offer, Bundle):
                codes = frozenset(code for code, _ in offer.parts)
            elif offer.scope.is_everything:
                everything.append(offer)
            for code in codes:
                by_code.setdefault(code, []).append(offer)
            for category in offer.scope.categories:
                by_category.setdefault(category, []).append(offer)
            for brand in offer.scope.brands:
                by_brand.setdefault(brand, []).append(offer)
        is_any = bool(everything or by_code or by_category or by_brand)
        return cls(is_any, tuple(everything), by_code, by_category, by_brand)

    def touching(self, goods: Iterable[Goods]) -> list[BasketOffer]:
        """Those for any of these goods."""
        found = {offer.id: offer for offer in self.everything}
        for code, category, brand in goods:
            for offer in self.by_code.get(code, ()):
                found[offer.id] = offer
            for offer in self.by_category.get(category, ()):
                found[offer.id] = offer
            for offer in self.by_brand.get(brand, ()):
                found[offer.id] = offer
        return list(found.values())


class Rulebook(Struct, frozen=True, dict=True):
    """One published version of the shop's rules; `currency` is an ISO code, amounts are fen.

    `corrections_alone`: points that one person corrects alone, of a member on a day. `leap_day` is
    the month and day on which a 29 February is celebrated in a common year.
    `near_expiry_days`: goods whose last day is so near are sold with a warning (近效期); 0: none.
    `prints_origin`: receipts show trace codes, batches and last days. `watch`: what is a signal.
    `coupons_alone`: what one person issues alone on a day.
    """

    name: str
    version: int
    currency: str
    points: PointsPolicy
    scheme: TierScheme
    tenders: tuple[TenderRule, ...]
    outside: Outside = Outside()
    offers: tuple[Offer, ...] = ()
    labels: tuple[LabelCode, ...] = ()
    cash_rounding_fen: int = 0
    by_hand: ByHandLimits = NOTHING_ALONE
    returns: ReturnPolicy = PLAIN
    behaviours: tuple[Behaviour, ...] = ()
    rewards: tuple[Reward, ...] = ()
    corrections_alone: int = 0
    leap_day: str = LEAP_DAY
    near_expiry_days: int = 0
    prints_origin: bool = False
    watch: Watch = USUAL
    coupons_alone: CouponsAlone = ANY_NUMBER

    @cached_property
    def price_offers(self) -> tuple[PriceOffer, ...]:
        """Those of stage 2."""
        return tuple(offer for offer in self.offers if isinstance(offer, PriceOffer))

    @cached_property
    def basket_offers(self) -> BasketOffers:
        """Those of the stages behind it, found by the goods they are for."""
        return BasketOffers.of(offer for offer in self.offers if not isinstance(offer, PriceOffer))

    @cached_property
    def asks(self) -> Asks:
        """What its offers have to be told beside the basket and the member's tier."""
        return Asks.of(self.offers)

    @cached_property
    def _coupons(self) -> dict[str, CouponOffer]:
        return {each.code: each for each in self.coupons.values() if each.code}

    @cached_property
    def single_use(self) -> dict[str, CouponOffer]:
        """The coupons whose codes are issued, by their ids."""
        return {each.id: each for each in self.coupons.values() if each.is_single_use}

    @cached_property
    def coupons(self) -> dict[str, CouponOffer]:
        """All coupons by their ids."""
        return {each.id: each for each in self.offers if isinstance(each, CouponOffer)}

    def coupon(self, code: str) -> CouponOffer | None:
        """The coupon that anybody presents with this code."""
        return self._coupons.get(code)

    def tender(self, kind: str) -> TenderRule | None:
        """The rule of a tender, or None where the shop does not take it."""
        return next((rule for rule in self.tenders if rule.kind == kind), None)

    def behaviour(self, code: str) -> Behaviour | None:
        """What earns points under this code."""
        return next((each for each in self.behaviours if each.code == code), None)

    def reward(self, code: str) -> Reward | None:
        """What is to be had for points under this code."""
        return next((each for each in self.rewards if each.code == code), None)
