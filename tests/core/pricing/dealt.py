"""Baskets and offers as dice deal them, the same for the same seed: small, so that they compete."""

from __future__ import annotations

from random import Random
from uuid import UUID

from msgspec.structs import replace

from core.catalog.product import Product
from core.pricing.basket import Basket, BasketLine, Presented
from core.pricing.by_hand import DiscountByHand, PriceByHand
from core.rulebook.conditions import UNLIMITED, Conditions, Limits, Scope
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import (
    MEMBER_PRICE,
    SPECIAL_PRICE,
    AnyFor,
    BasketOffer,
    Bundle,
    CouponOffer,
    GiftOffer,
    NthReduced,
    PercentageOffer,
    PointsOffer,
    PriceOffer,
    Step,
    Threshold,
)
from core.rulebook.rulebook import Rulebook
from core.values.rate import FULL
from tests.core.pricing.examples import PHARMACY

CODES = ("601", "602", "603", "604")
RATES = (9500, 9000, 8000, 5000)
FENS = (50, 100, 199, 300, 500, 800, 1000, 1500)
KINDS = (
    "nth",
    "any",
    "bundle",
    "rate",
    "rate",
    "threshold",
    "threshold",
    "gift",
    "points",
    "coupon",
)


def _product(dice: Random, code: str) -> Product:
    fen = dice.choice((90, 250, 300, 480, 500, 999, 1000))
    return Product(
        UUID(int=int(code)),
        code,
        f"商品{code}",
        fen,
        category=dice.choice(("药", "食")),
        member_price_fen=dice.choice((None, fen * 9 // 10)),
        special_price_fen=dice.choice((None, None, fen * 4 // 5)),
        is_prescription=dice.randrange(8) == 0,
        is_weighed=dice.randrange(8) == 0,
    )


def _shared(dice: Random, name: str) -> dict[str, object]:
    few = frozenset(dice.sample(CODES, dice.randrange(1, 4)))
    minimum = dice.choice((Conditions(from_fen=dice.choice(FENS)), Conditions(from_milli=2000)))
    return {
        "id": name,
        "name": f"优惠{name}",
        "priority": dice.randrange(3),
        "scope": Scope(dice.choice((frozenset(), few))),
        "when": minimum if dice.randrange(6) == 0 else Conditions(),
        "limits": Limits(per_member=1) if dice.randrange(4) == 0 else UNLIMITED,
        "group": dice.choice(("", "", "", "g")),
        "is_exclusive": dice.randrange(6) == 0,
        "cap_fen": dice.choice((None, None, dice.choice(FENS))),
    }


def _giving(dice: Random) -> Giving:
    codes = tuple(dice.sample(CODES, 2))
    return Giving(codes, dice.randrange(1, 3), dice.choice((0, 0, 100)), dice.choice((0, 0, 5)))


def _step(dice: Random) -> Step:
    asks = dice.randrange(3)
    step = Step(
        from_fen=dice.choice(FENS) if asks else 0,
        from_milli=dice.randrange(1, 4) * 1000 if asks != 1 else 0,
    )
    off = dice.choice((30, 100, 250, 1200))
    return (
        replace(step, off_fen=off)
        if dice.randrange(2)
        else replace(step, rate_bp=dice.choice(RATES))
    )


def _coupon(dice: Random, own: dict[str, object]) -> CouponOffer:
    effect = dice.randrange(5)
    if effect >= 3:
        own = own | {"cap_fen": None}
    return CouponOffer(
        **own,  # type: ignore[arg-type]
        code=dice.choice(("", str(own["id"]))),
        off_fen=dice.choice(FENS) if effect == 0 else 0,
        rate_bp=dice.choice(RATES) if effect == 1 else FULL,
        from_fen=dice.choice((0, *FENS)),
        unit_fen=dice.choice((0, 100)) if effect == 2 else None,
        gives=_giving(dice) if effect == 3 else None,
        bonus=3 if effect == 4 else 0,
    )


def _offer(dice: Random, name: str, kind: str) -> BasketOffer:
    own = _shared(dice, name)
    match kind:
        case "nth":
            units = dice.randrange(2, 4)
            return NthReduced(
                **own,  # type: ignore[arg-type]
                units=units,
                reduced=dice.randrange(1, units),
                rate_bp=dice.choice((0, 5000)),
                is_same_product=dice.randrange(2) == 0,
            )
        case "any":
            return AnyFor(**own, units=dice.randrange(2, 4), price_fen=dice.choice(FENS))  # type: ignore[arg-type]
        case "bundle":
            parts = tuple((code, dice.randrange(1, 3)) for code in dice.sample(CODES, 2))
            return Bundle(**own, parts=parts, price_fen=dice.choice(FENS))  # type: ignore[arg-type]
        case "rate":
            stacks = dice.randrange(3) == 0
            return PercentageOffer(**own, rate_bp=dice.choice(RATES), is_stackable=stacks)  # type: ignore[arg-type]
        case "threshold":
            steps = tuple(_step(dice) for _ in range(dice.randrange(1, 3)))
            own |= {"repeats": dice.randrange(2) == 0, "counts_special": dice.randrange(3) > 0}
            return Threshold(**own, steps=steps)  # type: ignore[arg-type]
        case "gift":
            reached = _step(dice)
            steps_of = (GiftStep(_giving(dice), reached.from_fen, reached.from_milli),)
            own |= {"cap_fen": None, "repeats": dice.randrange(2) == 0}
            return GiftOffer(**own, steps=steps_of)  # type: ignore[arg-type]
        case "points":
            return PointsOffer(**own, multiplier_bp=20000, bonus=dice.randrange(3))  # type: ignore[arg-type]
    return _coupon(dice, own)


def _lines(dice: Random, offers: list[BasketOffer]) -> list[BasketLine]:
    pool = [_product(dice, code) for code in CODES]
    lines: list[BasketLine] = []
    for no in range(1, dice.randrange(2, 6)):
        goods = dice.choice(pool)
        milli = dice.randrange(200, 2500) if goods.is_weighed else dice.randrange(1, 5) * 1000
        by_hand = None
        if dice.randrange(12) == 0:
            by_hand = dice.choice(
                (PriceByHand(200, "临期", 1), DiscountByHand("临期", 1, amount_fen=70))
            )
        lines.append(BasketLine(no, goods, milli, by_hand=by_hand))
    for offer in offers:
        gives = offer.gives if isinstance(offer, CouponOffer) else None
        if isinstance(offer, GiftOffer):
            gives = offer.steps[0].gives
        if gives is not None:
            goods = next(each for each in pool if each.code == gives.products[0])
            lines.append(BasketLine(len(lines) + 1, goods, 1000, offer=offer.id))
    return lines


def dealt(seed: int, most: int = 5, kinds: tuple[str, ...] = KINDS) -> tuple[Basket, Rulebook]:
    """A basket, with its coupons presented, and a rulebook of up to so many offers and prices."""
    dice = Random(seed)
    offers = [_offer(dice, f"x{i}", dice.choice(kinds)) for i in range(dice.randrange(2, most + 1))]
    prices = [
        PriceOffer("member", MEMBER_PRICE, takes_percentage=dice.randrange(2) == 0),
        PriceOffer("special", SPECIAL_PRICE, takes_percentage=dice.randrange(2) == 0),
    ]
    lines = tuple(_lines(dice, offers))
    book = replace(PHARMACY, offers=(*prices[: dice.randrange(3)], *offers))
    presented = tuple(Presented(o.id, o.id) for o in offers if isinstance(o, CouponOffer))
    discount = DiscountByHand("熟客", 1, rate_bp=9000) if dice.randrange(10) == 0 else None
    basket = Basket(UUID(int=99), lines, next_line=len(lines) + 1, discount=discount)
    return replace(basket, coupons=presented), book
