"""问清楚: what the conditions of the rulebook ask of the store, looked up only where one asks.

A rulebook without such conditions costs nothing here, nor does a card before the goods.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from core.members.celebrations import celebrations
from core.members.member import Celebration, MemberFile, Standing
from core.ports import Reading
from core.pricing.basket import Basket
from core.pricing.used import Used, Uses
from core.rulebook.offers import BasketOffer
from core.rulebook.rulebook import Rulebook
from core.values.moment import Moment


class Told(Struct, frozen=True):
    """What pricing is told beside the basket, the rulebook and the moment."""

    standing: Standing | None
    uses: Uses = ()


def ask(
    reading: Reading, basket: Basket, file: MemberFile | None, rulebook: Rulebook, moment: Moment
) -> Told:
    """The member's standing and the uses so far of the offers that could touch the basket."""
    standing = file.standing if file else None
    if basket.is_empty or not rulebook.asks.is_any:
        return Told(standing)
    if file is not None:
        standing = _standing(reading, file, rulebook, moment)
    return Told(standing, _uses(reading, basket, standing, rulebook, moment))


def _standing(reading: Reading, file: MemberFile, rulebook: Rulebook, moment: Moment) -> Standing:
    asks, member, today = rulebook.asks, file.member, moment.business_on

    def windows(edited_on: date | None = None) -> tuple[Celebration, ...]:
        leap_day = rulebook.leap_day
        return celebrations(
            member.birthday, asks.birthdays, today, edited_on=edited_on, leap_day=leap_day
        )

    opened = windows()
    if opened:
        opened = windows(reading.offer_uses.birthday_edited_on(member.id))
    return replace(
        file.standing,
        joined_on=member.joined_on if asks.joined else None,
        has_bought=asks.purchases
        and (member.is_visitor or reading.offer_uses.has_bought(member.id)),
        birthdays=opened,
    )


def _uses(
    reading: Reading,
    basket: Basket,
    standing: Standing | None,
    rulebook: Rulebook,
    moment: Moment,
) -> Uses:
    asks = rulebook.asks
    if not asks.counted and not asks.in_units:
        return ()
    offers = _counted(basket, rulebook, moment) if asks.counted else []
    by_all = [o.id for o in offers if o.limits.in_all is not None or o.limits.per_day is not None]
    found: dict[str, Used] = {}
    if by_all:
        found = {e.offer: e for e in reading.offer_uses.by_all(by_all, moment.business_on)}
    by_member = [o.id for o in offers if o.limits.asks_for_member or o.when.birthday is not None]
    if standing is not None and by_member:
        years = {each.offer: each.year for each in standing.birthdays}
        for each in reading.offer_uses.by_member(
            standing.member_id, by_member, moment.business_on, years
        ):
            all_ = found.get(each.offer, each)
            found[each.offer] = replace(each, in_all=all_.in_all, day=all_.day)
    if asks.in_units:
        member_id = standing.member_id if standing else None
        for each in reading.offer_uses.units(member_id, tuple(asks.in_units), moment.business_on):
            found[each.offer] = _with_units(found.get(each.offer, Used(each.offer)), each)
    return tuple(found[offer] for offer in sorted(found))


def _with_units(used: Used, units: Used) -> Used:
    return replace(
        used,
        in_all_milli=units.in_all_milli,
        day_milli=units.day_milli,
        member_milli=units.member_milli,
        member_day_milli=units.member_day_milli,
    )


def _counted(basket: Basket, rulebook: Rulebook, moment: Moment) -> list[BasketOffer]:
    """Those of the counted offers whose time it is, for the goods in the basket."""
    products = [line.product for line in basket.lines]
    goods = [(product.code, product.category, product.brand) for product in products]
    counted = rulebook.asks.counted
    return [
        offer
        for offer in rulebook.basket_offers.touching(goods)
        if offer.id in counted and offer.when.is_on(moment.business_on, moment.minute, moment.store)
    ]
