"""赠品 · 加价购 as data: what may be chosen, and from what on."""

from __future__ import annotations

from typing import Any

from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import GiftOffer
from core.values.fields import Fields
from core.values.money import MAX_FEN
from core.values.quantity import MAX_MILLI

_MAX_UNITS = 100


def gift_of(fields: Fields, shared: dict[str, Any]) -> GiftOffer:
    """The offer of a record whose shared fields are read; raises BadRecord."""
    offer = GiftOffer(
        **shared,
        steps=fields.items("steps", _step, least=1),
        repeats=fields.flag("repeats", False),
        counts_special=fields.flag("counts_special", True),
        most_units=fields.whole("most_units", 0, most=_MAX_UNITS),
    )
    if offer.repeats and any(not (step.from_fen or step.from_milli) for step in offer.steps):
        raise fields.wrong("repeats", "a step that repeats needs something to reach")
    if offer.cap_fen is not None:
        raise fields.wrong("cap_fen", "a gift is bounded by most_units")
    return offer


def giving_of(fields: Fields) -> Giving:
    """What may be chosen; raises BadRecord."""
    giving = _giving(fields)
    fields.end()
    return giving


def gift_record(offer: GiftOffer) -> dict[str, Any]:
    """The own fields of an offer; what stands at its default is left out."""
    record: dict[str, Any] = {"steps": [_step_record(step) for step in offer.steps]}
    if offer.repeats:
        record["repeats"] = True
    if not offer.counts_special:
        record["counts_special"] = False
    return record | ({"most_units": offer.most_units} if offer.most_units else {})


def giving_record(giving: Giving) -> dict[str, Any]:
    """Plain JSON values, from which `giving_of` makes the same."""
    record: dict[str, Any] = {"products": list(giving.products)}
    if giving.units != 1:
        record["units"] = giving.units
    costs = {"price_fen": giving.price_fen, "points": giving.points}
    return record | {name: value for name, value in costs.items() if value}


def _giving(fields: Fields) -> Giving:
    products = fields.texts("products")
    if not products:
        raise fields.wrong("products", "nothing to choose from")
    return Giving(
        products=products,
        units=fields.whole("units", 1, least=1, most=_MAX_UNITS),
        price_fen=fields.whole("price_fen", 0, most=MAX_FEN),
        points=fields.whole("points", 0, most=MAX_FEN),
    )


def _step(fields: Fields) -> GiftStep:
    step = GiftStep(
        gives=_giving(fields),
        from_fen=fields.whole("from_fen", 0, most=MAX_FEN),
        from_milli=fields.whole("from_milli", 0, most=MAX_MILLI),
    )
    fields.end()
    return step


def _step_record(step: GiftStep) -> dict[str, Any]:
    reached = {"from_fen": step.from_fen, "from_milli": step.from_milli}
    return giving_record(step.gives) | {name: value for name, value in reached.items() if value}
