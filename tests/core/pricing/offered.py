"""Offers of every stage as chance deals them, small and close together, so that they compete."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from core.pricing.basket import Basket, BasketLine, Presented
from core.rulebook.conditions import UNLIMITED, Conditions, Limits, Scope
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import (
    AnyFor,
    BasketOffer,
    Bundle,
    CouponOffer,
    GiftOffer,
    NthReduced,
    PercentageOffer,
    PointsOffer,
    Step,
    Threshold,
)
from core.rulebook.rulebook import Rulebook
from core.values.rate import FULL
from tests.core.pricing.chance import CATEGORIES, a_basket, a_rulebook
from tests.core.pricing.dice import Dice, thrown

CODES = [f"69{number}" for number in range(4)]
ONCE = Limits(per_member=1)
Own = dict[str, Any]
# More bytes than most offers, a basket and a rulebook throw.
EACH, REST = 40, 160


def amount(dice: Dice) -> int:
    return dice.between(1, 3000) if dice.one_in(2) else dice.between(1, 60)


def a_rate(dice: Dice) -> int:
    return dice.of(9500, 9000, 8000, 5000, 3333)


def some_of(dice: Dice, all_of: list[str], most: int) -> frozenset[str]:
    return frozenset(dice.some(all_of, 0, most)) if dice.one_in(2) else frozenset()


def shared(dice: Dice, name: str) -> Own:
    scope = Scope(
        products=some_of(dice, CODES, 2),
        categories=some_of(dice, CATEGORIES, 2),
        but_not=some_of(dice, CODES, 1),
    )
    return {
        "id": name,
        "name": f"优惠{name}",
        "priority": dice.between(-1, 1),
        "when": dice.of(Conditions(), Conditions(for_members=True)),
        "limits": dice.of(UNLIMITED, UNLIMITED, ONCE, Limits(per_day=1)),
        "scope": scope,
        "group": dice.of("", "", "", "g", "h"),
        "is_exclusive": dice.one_in(5),
        "cap_fen": amount(dice) if dice.one_in(3) else None,
    }


def a_step(dice: Dice) -> Step:
    asks = dice.of("fen", "milli", "both")
    step = Step(
        from_fen=0 if asks == "milli" else amount(dice),
        from_milli=0 if asks == "fen" else dice.between(1, 5) * 1000,
    )
    if dice.one_in(2):
        return replace(step, rate_bp=a_rate(dice))
    return replace(step, off_fen=amount(dice))


def minimum(dice: Dice) -> Own:
    if dice.one_in(2):
        return {"from_milli": dice.between(1, 5) * 1000}
    return {"from_fen": amount(dice)}


def giving(dice: Dice) -> Giving:
    return Giving(
        tuple(dice.some(CODES, 1, 3)),
        dice.between(1, 3),
        amount(dice) if dice.one_in(2) else 0,
        dice.between(1, 9) if dice.one_in(2) else 0,
    )


def gift_step(dice: Dice) -> GiftStep:
    step = a_step(dice)
    return GiftStep(giving(dice), step.from_fen, step.from_milli)


def a_coupon(dice: Dice, own: Own, name: str) -> CouponOffer:
    effect = dice.of("off", "rate", "gives", "unit", "points")
    if effect in ("gives", "points"):
        own = own | {"cap_fen": None}
    return CouponOffer(
        **own,
        code=dice.of("", name),
        off_fen=amount(dice) if effect == "off" else 0,
        rate_bp=a_rate(dice) if effect == "rate" else FULL,
        from_fen=amount(dice) if dice.one_in(2) else 0,
        gives=giving(dice) if effect == "gives" else None,
        unit_fen=dice.of(0, amount(dice)) if effect == "unit" else None,
        multiplier_bp=dice.of(FULL, 20000) if effect == "points" else FULL,
        bonus=dice.between(1, 9) if effect == "points" else 0,
    )


def an_nth(dice: Dice, own: Own) -> NthReduced:
    units = dice.between(2, 4)
    return NthReduced(
        **own,
        units=units,
        reduced=dice.between(1, units - 1),
        rate_bp=dice.of(0, 5000),
        is_same_product=dice.one_in(2),
    )


def a_bundle(dice: Dice, own: Own) -> Bundle:
    parts = tuple((code, dice.between(1, 2)) for code in dice.some(CODES, 1, 3))
    return Bundle(**own, parts=parts, price_fen=amount(dice))


def a_threshold(dice: Dice, own: Own) -> Threshold:
    return Threshold(
        **own,
        steps=tuple(a_step(dice) for _ in range(dice.between(1, 3))),
        repeats=dice.one_in(2),
        counts_special=dice.one_in(2),
    )


def a_gift(dice: Dice, own: Own) -> GiftOffer:
    return GiftOffer(
        **own | {"cap_fen": None},
        steps=tuple(gift_step(dice) for _ in range(dice.between(1, 2))),
        repeats=dice.one_in(2),
        counts_special=dice.one_in(2),
        most_units=dice.of(0, 2),
    )


def an_offer(dice: Dice, name: str, kinds: list[str]) -> BasketOffer:
    kind = dice.of(*kinds)
    own = shared(dice, name)
    if kind not in ("threshold", "coupon") and dice.one_in(3):
        own["when"] = replace(own["when"], **minimum(dice))
    match kind:
        case "nth":
            return an_nth(dice, own)
        case "any":
            return AnyFor(**own, units=dice.between(1, 4), price_fen=amount(dice))
        case "bundle":
            return a_bundle(dice, own)
        case "percentage":
            return PercentageOffer(**own, rate_bp=a_rate(dice), is_stackable=dice.one_in(2))
        case "threshold":
            return a_threshold(dice, own)
        case "gift":
            return a_gift(dice, own)
        case "points":
            times = dice.of(FULL, 20000)
            return PointsOffer(**own, multiplier_bp=times, bonus=dice.between(0, 5))
    return a_coupon(dice, own, name)


KINDS = ["nth", "any", "bundle", "percentage", "threshold", "gift", "points", "coupon"]


def chosen_from(dice: Dice, basket: Basket, offer: BasketOffer) -> Basket:
    """Perhaps one of the basket's products once more, chosen from an offer."""
    gives = [offer.gives] if isinstance(offer, CouponOffer) and offer.gives else []
    if isinstance(offer, GiftOffer):
        gives = [step.gives for step in offer.steps]
    pool = [line.product for line in basket.lines if line.label_fen is None]
    if not gives or not pool or dice.one_in(4):
        return basket
    units = dice.between(1, 3) * 1000
    fresh = BasketLine(basket.next_line, dice.of(*pool), units, offer=offer.id)
    return replace(basket, lines=(*basket.lines, fresh), next_line=basket.next_line + 1)


def a_contest(dice: Dice, kinds: list[str], most: int) -> tuple[Basket, Rulebook]:
    more = [an_offer(dice, f"x{i}", kinds) for i in range(dice.between(1, most))]
    basket = a_basket(dice, most=4, by_hand=dice.one_in(4))
    book = a_rulebook(dice)
    book = replace(book, offers=(*book.offers, *more))
    for offer in more:
        basket = chosen_from(dice, basket, offer)
    presented = tuple(Presented(o.id, o.id) for o in more if isinstance(o, CouponOffer))
    return replace(basket, coupons=presented), book


def competing(kinds=KINDS, most=5):
    """A rulebook with offers of these kinds, and a basket for which its coupons are presented."""
    return thrown(lambda dice: a_contest(dice, kinds, most), REST + EACH * most)
