"""Baskets, rulebooks and tenders as chance deals them, small enough to collide often."""

from __future__ import annotations

from uuid import UUID

from msgspec.structs import replace

from core.catalog.product import Product
from core.pricing.basket import Basket, BasketLine
from core.pricing.by_hand import Approved, DiscountByHand, PriceByHand
from core.pricing.tender import Tender, TenderKind
from core.rulebook.offers import PriceOffer
from core.rulebook.points_policy import PointsPolicy
from core.rulebook.rulebook import Outside, Rulebook, TenderRule
from core.rulebook.schemes import Tier, TierScheme
from tests.core.pricing.dice import Dice, thrown

CATEGORIES = ["药", "食", "烟"]
# More than any of them throws, mostly.
MANY, FEW = 160, 16


def a_price(dice: Dice) -> int:
    """Prices lie close together, so that ties between offers are frequent."""
    return dice.between(0, 40) if dice.one_in(2) else dice.between(0, 5000)


def maybe_price(dice: Dice) -> int | None:
    return a_price(dice) if dice.one_in(2) else None


def approved(dice: Dice) -> Approved | None:
    return Approved(1, a_price(dice), dice.between(0, 10_000)) if dice.one_in(2) else None


def price_by_hand(dice: Dice) -> PriceByHand:
    reason, staff = dice.of("临期", "破损"), dice.between(1, 2)
    return PriceByHand(a_price(dice), reason, staff, approved(dice))


def discount(dice: Dice) -> DiscountByHand:
    own = {"reason": dice.of("临期", "破损"), "staff_no": dice.between(1, 2)}
    own["approved"] = approved(dice)
    if dice.one_in(2):
        return DiscountByHand(**own, rate_bp=dice.of(9500, 9000, 5000, 3333, 1))
    return DiscountByHand(**own, amount_fen=a_price(dice))


def a_product(dice: Dice, number: int) -> Product:
    return Product(
        id=UUID(int=number),
        code=f"69{number}",
        name=f"商品{number}",
        price_fen=a_price(dice),
        category=dice.of(*CATEGORIES),
        member_price_fen=maybe_price(dice),
        special_price_fen=maybe_price(dice),
        is_prescription=dice.one_in(5),
        is_weighed=dice.one_in(2),
    )


def a_line(dice: Dice, no: int, pool: list[Product], by_hand: bool) -> BasketLine:
    goods = dice.of(*pool)
    quantity = dice.between(1, 3000) if goods.is_weighed else dice.between(1, 4) * 1000
    label = dice.between(0, 5000) if goods.is_weighed and dice.one_in(2) else None
    given = None
    if by_hand and dice.one_in(2):
        given = price_by_hand(dice) if dice.one_in(2) else discount(dice)
    return BasketLine(no, goods, quantity, label, given)


def a_basket(dice: Dice, most: int = 6, by_hand: bool = True) -> Basket:
    """Lines from a small pool; one product may stand there at two prices, `by_hand` at a third."""
    pool = [a_product(dice, number) for number in range(dice.between(1, 4))]
    if dice.one_in(2):
        special = maybe_price(dice)
        pool.append(replace(pool[0], price_fen=a_price(dice), special_price_fen=special))
    size = dice.between(1, most)
    lines = tuple(a_line(dice, no, pool, by_hand) for no in range(1, size + 1))
    off = discount(dice) if by_hand and dice.one_in(2) else None
    return Basket(UUID(int=99), lines, next_line=size + 1, discount=off)


def a_rulebook(dice: Dice) -> Rulebook:
    """Four tiers whose percentages never rise; offers with and without percentage besides."""
    rates = sorted((dice.of(10000, 9800, 9500, 9000, 3333) for _ in range(4)), reverse=True)
    times = [dice.of(10000, 12000, 15000, 20000) for _ in range(4)]
    tiers = tuple(Tier(f"t{i}", f"等级{i}", i * 1000, rates[i], times[i]) for i in range(4))
    offers = tuple(
        PriceOffer(
            id=f"o{i}",
            kind=dice.of("member_price", "special_price"),
            priority=dice.between(-1, 1),
            takes_percentage=dice.one_in(2),
        )
        for i in range(dice.between(0, 3))
    )
    tenders = tuple(
        TenderRule(
            kind.value,
            dice.one_in(2),
            "all" if kind is TenderKind.CASH else dice.of("all", "prescription"),
        )
        for kind in TenderKind
    )
    return Rulebook(
        name="chance",
        version=1,
        currency="CNY",
        points=PointsPolicy(dice.between(0, 3), dice.of(1, 7, 100)),
        scheme=TierScheme(tiers),
        tenders=tenders,
        outside=Outside(dice.one_in(2), frozenset(dice.some(["烟"], 0, 1))),
        offers=offers,
        cash_rounding_fen=dice.of(0, 1, 10, 100),
    )


def some_tenders(dice: Dice) -> tuple[Tender, ...]:
    """Up to three, also more than is to pay: pricing refuses nothing."""
    return tuple(
        Tender(dice.of(*TenderKind), dice.between(1, 8000)) for _ in range(dice.between(0, 3))
    )


def baskets(most=6, by_hand=True):
    return thrown(lambda dice: a_basket(dice, most, by_hand), MANY)


def rulebooks():
    return thrown(a_rulebook, MANY)


def tenders():
    return thrown(some_tenders, FEW)
