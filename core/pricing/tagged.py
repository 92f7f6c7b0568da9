"""标价: which prices of a product hold for the whole of a day, so that a tag may say them."""

from __future__ import annotations

from collections.abc import Iterable

from core.catalog.price_tag import PriceTag
from core.catalog.product import Product
from core.pricing.live import prices_on
from core.pricing.stages.unit_price import price_of
from core.pricing.working import is_outside
from core.rulebook.conditions import DAY_MINUTES, UNLIMITED
from core.rulebook.offers import PriceOffer
from core.rulebook.rulebook import Rulebook
from core.values.moment import Moment


def price_tag(product: Product, rulebook: Rulebook, moment: Moment) -> PriceTag:
    """The tag of a product, for the business date of a moment.

    The member price is that of the lowest tier: one that only higher tiers have is no promise to
    members. A price of some hours only, or of a limited number of units, is not on the tag.
    """
    special = member = None
    if not is_outside(product, rulebook.outside):
        scheme = rulebook.scheme
        all_day = [o for o in prices_on(rulebook, scheme.tiers[0], moment) if _holds_all_day(o)]
        special = _lowest(product, (o for o in all_day if not o.is_for_members), product.price_fen)
        below = product.price_fen if special is None else special
        member = _lowest(product, (o for o in all_day if o.is_for_members), below)
    return PriceTag(
        code=product.code,
        name=product.name,
        spec=product.spec,
        unit=product.unit,
        list_fen=product.price_fen,
        on=moment.business_on,
        special_fen=special,
        member_fen=member,
    )


def _holds_all_day(offer: PriceOffer) -> bool:
    when = offer.when
    is_for_all = offer.is_for_members or not when.from_tier
    has_hours = (when.from_minute, when.to_minute) != (0, DAY_MINUTES)
    return is_for_all and not has_hours and offer.limits == UNLIMITED


def _lowest(product: Product, offers: Iterable[PriceOffer], below_fen: int) -> int | None:
    prices = [price for offer in offers if (price := price_of(offer, product)) is not None]
    lowest = min(prices, default=below_fen)
    return lowest if lowest < below_fen else None
