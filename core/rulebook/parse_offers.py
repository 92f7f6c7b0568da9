"""优惠规则 as data: one record for each offer, told apart by its `kind`.

What stands at its default is left out of a record, so that a rulebook kept by an old sale reads as
it did, and a new field changes nothing where nobody uses it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.rulebook.conditions import ALWAYS, EVERYTHING, UNLIMITED
from core.rulebook.offers import (
    MEMBER_PRICE,
    SPECIAL_PRICE,
    AnyFor,
    BasketOffer,
    Bundle,
    CouponOffer,
    GiftOffer,
    NthReduced,
    Offer,
    PercentageOffer,
    PointsOffer,
    PriceOffer,
    Step,
    Threshold,
)
from core.rulebook.parse_conditions import (
    check_days,
    conditions_of,
    conditions_record,
    day_of,
    limits_of,
    limits_record,
    scope_of,
    scope_record,
    text_of,
    unusual,
)
from core.rulebook.parse_giving import (
    gift_of,
    gift_record,
    giving_of,
    giving_record,
)
from core.values.fields import Fields
from core.values.money import MAX_FEN
from core.values.quantity import MAX_MILLI
from core.values.rate import FULL

_MAX_PRIORITY = 1_000_000
_MAX_UNITS = 1000
_MAX_BONUS = 1_000_000
_MAX_MULTIPLIER = 100 * FULL


def offer_of(fields: Fields) -> Offer:
    """The offer of a record; raises BadRecord with the path of the first bad value."""
    kind = fields.text("kind", among=tuple(KINDS))
    offer = KINDS[kind](fields, kind)
    if isinstance(offer, Threshold | CouponOffer) and offer.when.has_minimum:
        raise fields.wrong("when", "a minimum of its own: from_fen of the offer")
    if offer.limits.has_units and not isinstance(offer, PriceOffer | PercentageOffer):
        raise fields.wrong("limits", "units are counted of prices and percentages only")
    fields.end()
    return offer


def offer_record(offer: Offer) -> dict[str, Any]:
    """Plain JSON values, from which `offer_of` makes the same offer."""
    if isinstance(offer, PriceOffer):
        return _price_record(offer)
    return {"kind": kind_of(offer), **_shared_record(offer), **_own_record(offer)}


def kind_of(offer: BasketOffer) -> str:
    """The name of an offer's kind in a record."""
    names: dict[type[BasketOffer], str] = {
        NthReduced: "nth_reduced",
        AnyFor: "any_for",
        Bundle: "bundle",
        PercentageOffer: "percentage",
        Threshold: "threshold",
        GiftOffer: "gift",
        CouponOffer: "coupon",
        PointsOffer: "points",
    }
    return names[type(offer)]


# Reading


def _price(fields: Fields, kind: str) -> PriceOffer:
    offer = PriceOffer(
        id=fields.text("id", least=1),
        kind=kind,
        priority=_priority(fields),
        takes_percentage=fields.flag("takes_percentage", False),
        name=fields.text("name", ""),
        starts_on=day_of(fields, "starts_on"),
        ends_on=day_of(fields, "ends_on"),
        when=ALWAYS if fields.is_null("when") else conditions_of(fields.inner("when")),
        limits=UNLIMITED if fields.is_null("limits") else limits_of(fields.inner("limits")),
    )
    if offer.limits.has_uses:
        raise fields.wrong("limits", "a price is limited in units")
    check_days(fields, offer.starts_on, offer.ends_on)
    if not offer.when.is_of_time_and_place:
        raise fields.wrong("when", "a price asks for time, stores and tiers only")
    return offer


def _nth_reduced(fields: Fields, _kind: str) -> NthReduced:
    units = fields.whole("units", least=2, most=_MAX_UNITS)
    return NthReduced(
        **_shared(fields),
        units=units,
        reduced=fields.whole("reduced", 1, least=1, most=units - 1),
        rate_bp=fields.whole("rate_bp", 0, most=FULL - 1),
        is_same_product=fields.flag("is_same_product", False),
    )


def _any_for(fields: Fields, _kind: str) -> AnyFor:
    return AnyFor(
        **_shared(fields),
        units=fields.whole("units", least=1, most=_MAX_UNITS),
        price_fen=fields.whole("price_fen", most=MAX_FEN),
    )


def _bundle(fields: Fields, _kind: str) -> Bundle:
    parts = fields.items("parts", _part, least=1)
    if len({code for code, _ in parts}) < len(parts):
        raise fields.wrong("parts", "a product stands there twice")
    price = fields.whole("price_fen", most=MAX_FEN)
    return Bundle(**_shared(fields), parts=parts, price_fen=price)


def _part(fields: Fields) -> tuple[str, int]:
    part = (fields.text("code", least=1), fields.whole("units", 1, least=1, most=_MAX_UNITS))
    fields.end()
    return part


def _percentage(fields: Fields, _kind: str) -> PercentageOffer:
    return PercentageOffer(
        **_shared(fields),
        rate_bp=fields.whole("rate_bp", most=FULL - 1),
        is_stackable=fields.flag("is_stackable", False),
    )


def _threshold(fields: Fields, _kind: str) -> Threshold:
    offer = Threshold(
        **_shared(fields),
        steps=fields.items("steps", _step, least=1),
        repeats=fields.flag("repeats", False),
        counts_special=fields.flag("counts_special", True),
    )
    if offer.repeats and any(not (step.from_fen or step.from_milli) for step in offer.steps):
        raise fields.wrong("repeats", "a step that repeats needs something to reach")
    return offer


def _step(fields: Fields) -> Step:
    step = Step(
        from_fen=fields.whole("from_fen", 0, most=MAX_FEN),
        from_milli=fields.whole("from_milli", 0, most=MAX_MILLI),
        off_fen=fields.whole("off_fen", 0, most=MAX_FEN),
        rate_bp=fields.whole("rate_bp", FULL, most=FULL),
    )
    if bool(step.off_fen) == (step.rate_bp < FULL):
        raise fields.wrong("off_fen", "either an amount or a rate")
    fields.end()
    return step


def _gift(fields: Fields, _kind: str) -> GiftOffer:
    return gift_of(fields, _shared(fields))


def _coupon(fields: Fields, _kind: str) -> CouponOffer:
    unit_fen = None if fields.is_null("unit_fen") else fields.whole("unit_fen", most=MAX_FEN)
    offer = CouponOffer(
        **_shared(fields),
        off_fen=fields.whole("off_fen", 0, most=MAX_FEN),
        rate_bp=fields.whole("rate_bp", FULL, most=FULL),
        from_fen=fields.whole("from_fen", 0, most=MAX_FEN),
        code=fields.text("code", ""),
        partner=fields.text("partner", ""),
        gives=None if fields.is_null("gives") else giving_of(fields.inner("gives")),
        unit_fen=unit_fen,
        multiplier_bp=fields.whole("multiplier_bp", FULL, least=FULL, most=_MAX_MULTIPLIER),
        bonus=fields.whole("bonus", 0, most=_MAX_BONUS),
    )
    does = [offer.off_fen > 0, offer.rate_bp < FULL, offer.gives is not None]
    if sum([*does, offer.unit_fen is not None, offer.is_for_points]) != 1:
        what = "either off_fen, rate_bp, gives, unit_fen, or multiplier_bp and bonus"
        raise fields.wrong("off_fen", what)
    if offer.cap_fen is not None and (offer.gives is not None or offer.is_for_points):
        raise fields.wrong("cap_fen", "there is no amount to keep within it")
    return offer


def _points(fields: Fields, _kind: str) -> PointsOffer:
    return PointsOffer(
        **_shared(fields),
        multiplier_bp=fields.whole("multiplier_bp", FULL, least=FULL, most=_MAX_MULTIPLIER),
        bonus=fields.whole("bonus", 0, most=_MAX_BONUS),
    )


KINDS: dict[str, Callable[[Fields, str], Offer]] = {
    MEMBER_PRICE: _price,
    SPECIAL_PRICE: _price,
    "nth_reduced": _nth_reduced,
    "any_for": _any_for,
    "bundle": _bundle,
    "percentage": _percentage,
    "threshold": _threshold,
    "gift": _gift,
    "coupon": _coupon,
    "points": _points,
}


def _shared(fields: Fields) -> dict[str, Any]:
    return {
        "id": fields.text("id", least=1),
        "name": fields.text("name", least=1),
        "priority": _priority(fields),
        "when": ALWAYS if fields.is_null("when") else conditions_of(fields.inner("when")),
        "scope": EVERYTHING if fields.is_null("scope") else scope_of(fields.inner("scope")),
        "group": fields.text("group", ""),
        "is_exclusive": fields.flag("is_exclusive", False),
        "cap_fen": None
        if fields.is_null("cap_fen")
        else fields.whole("cap_fen", least=1, most=MAX_FEN),
        "limits": UNLIMITED if fields.is_null("limits") else limits_of(fields.inner("limits")),
    }


def _priority(fields: Fields) -> int:
    return fields.whole("priority", 0, least=-_MAX_PRIORITY, most=_MAX_PRIORITY)


# Writing


def _price_record(offer: PriceOffer) -> dict[str, Any]:
    return {
        "id": offer.id,
        "kind": offer.kind,
        "priority": offer.priority,
        "takes_percentage": offer.takes_percentage,
        "name": offer.name,
        "starts_on": text_of(offer.starts_on),
        "ends_on": text_of(offer.ends_on),
        **unusual(
            when=(conditions_record(offer.when), {}), limits=(limits_record(offer.limits), {})
        ),
    }


def _shared_record(offer: BasketOffer) -> dict[str, Any]:
    when, scope = offer.when, offer.scope
    return {"id": offer.id, "name": offer.name} | unusual(
        priority=(offer.priority, 0),
        when=(conditions_record(when), {}),
        scope=(scope_record(scope), {}),
        group=(offer.group, ""),
        is_exclusive=(offer.is_exclusive, False),
        cap_fen=(offer.cap_fen, None),
        limits=(limits_record(offer.limits), {}),
    )


def _own_record(offer: BasketOffer) -> dict[str, Any]:
    match offer:
        case NthReduced():
            return {"units": offer.units} | unusual(
                reduced=(offer.reduced, 1),
                rate_bp=(offer.rate_bp, 0),
                is_same_product=(offer.is_same_product, False),
            )
        case AnyFor():
            return {"units": offer.units, "price_fen": offer.price_fen}
        case Bundle():
            parts = [{"code": code, "units": units} for code, units in offer.parts]
            return {"parts": parts, "price_fen": offer.price_fen}
        case PercentageOffer():
            return {"rate_bp": offer.rate_bp} | unusual(is_stackable=(offer.is_stackable, False))
        case Threshold():
            return {"steps": [_step_record(step) for step in offer.steps]} | unusual(
                repeats=(offer.repeats, False), counts_special=(offer.counts_special, True)
            )
        case GiftOffer():
            return gift_record(offer)
        case CouponOffer():
            return _coupon_record(offer)
        case PointsOffer():
            return unusual(multiplier_bp=(offer.multiplier_bp, FULL), bonus=(offer.bonus, 0))
    raise TypeError(f"no record for {type(offer).__name__}")


def _coupon_record(offer: CouponOffer) -> dict[str, Any]:
    return unusual(
        off_fen=(offer.off_fen, 0),
        rate_bp=(offer.rate_bp, FULL),
        from_fen=(offer.from_fen, 0),
        gives=(None if offer.gives is None else giving_record(offer.gives), None),
        unit_fen=(offer.unit_fen, None),
        multiplier_bp=(offer.multiplier_bp, FULL),
        bonus=(offer.bonus, 0),
        code=(offer.code, ""),
        partner=(offer.partner, ""),
    )


def _step_record(step: Step) -> dict[str, Any]:
    return unusual(
        from_fen=(step.from_fen, 0),
        from_milli=(step.from_milli, 0),
        off_fen=(step.off_fen, 0),
        rate_bp=(step.rate_bp, FULL),
    )
