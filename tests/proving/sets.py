"""Baskets and offers, worse than any shop's: the same for the same number."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from msgspec.structs import replace

from core.pricing.basket import Basket, Presented
from core.rulebook.conditions import Scope
from core.rulebook.offers import (
    AnyFor,
    BasketOffer,
    CouponOffer,
    NthReduced,
    PercentageOffer,
    Step,
    Threshold,
)
from core.rulebook.rulebook import Rulebook
from tests.core.pricing.dealt import dealt
from tests.core.pricing.examples import PHARMACY, basket, product

CODES = [f"6{n:02}" for n in range(20)]
EVERYTHING = Scope()
Contest = tuple[Basket, Rulebook]
"""A basket, and a rulebook with offers that compete for it."""
Pick = Callable[[Random], Scope]


def some_of(dice: Random, count: int, of: int) -> Scope:
    """So many of the first products."""
    return Scope(products=frozenset(CODES[n] for n in dice.sample(range(of), count)))


def a_deal(dice: Random, name: str, pick: Pick) -> BasketOffer:
    """Any N for so much, or one of N reduced; one in two with a cap."""
    cap_fen = dice.choice((None, dice.randint(500, 5000)))
    own = {"id": name, "name": "多买", "cap_fen": cap_fen, "scope": pick(dice)}
    units = dice.randint(2, 4)
    half = NthReduced(**own, units=units, rate_bp=dice.choice((0, 5000)))
    any_for = AnyFor(**own, units=units, price_fen=units * dice.randint(700, 1800))
    return dice.choice((half, any_for))


def a_percentage(dice: Random, name: str, pick: Pick) -> BasketOffer:
    scope, rate_bp = pick(dice), dice.choice((9500, 9000, 8500))
    return PercentageOffer(id=name, name="折", scope=scope, rate_bp=rate_bp)


def a_threshold(dice: Random, name: str) -> BasketOffer:
    step = Step(from_fen=dice.randint(60, 400) * 100, off_fen=dice.randint(5, 60) * 100)
    return Threshold(id=name, name="满减", group=dice.choice(("", "g")), steps=(step,))


def a_coupon(dice: Random, name: str) -> BasketOffer:
    off_fen, from_fen = dice.randint(5, 40) * 100, dice.randint(60, 300) * 100
    return CouponOffer(id=name, name="券", code=name, off_fen=off_fen, from_fen=from_fen)


def of_chance(number: int) -> Contest:
    """Up to twelve of all kinds for four products; nobody chose anything of them."""
    goods, book = dealt(number, most=12)
    return replace(goods, lines=tuple([line for line in goods.lines if not line.offer])), book


def dozen(number: int) -> Contest:
    """Twelve for 20 lines, half of them deals for the whole shop or for a dozen products."""
    dice = Random(number)

    def wide(dice: Random) -> Scope:
        return EVERYTHING if dice.randrange(2) else some_of(dice, 12, 20)

    deals = [a_deal(dice, f"d{n}", wide) for n in range(dice.randint(5, 7))]
    rates = [a_percentage(dice, f"p{n}", lambda dice: some_of(dice, 8, 20)) for n in range(2)]
    late = [
        a_coupon(dice, f"c{n}") if dice.randrange(3) == 0 else a_threshold(dice, f"t{n}")
        for n in range(12 - len(deals) - len(rates))
    ]
    return contest(20, [*deals, *rates, *late], lambda n: 1 + n % 3)


def six_wide(number: int) -> Contest:
    """Six deals for twelve of 16 products, three percentages and three thresholds."""
    dice = Random(number)
    deals = [a_deal(dice, f"d{n}", lambda dice: some_of(dice, 12, 16)) for n in range(6)]
    rates = [a_percentage(dice, f"p{n}", lambda dice: some_of(dice, 8, 16)) for n in range(3)]
    return contest(16, [*deals, *rates, *[a_threshold(dice, f"t{n}") for n in range(3)]])


def nine_whole(number: int) -> Contest:
    """Nine deals for all of 16 products, a percentage and two thresholds."""
    dice = Random(number)
    deals = [a_deal(dice, f"d{n}", lambda _: EVERYTHING) for n in range(9)]
    rate = a_percentage(dice, "p0", lambda dice: some_of(dice, 8, 16))
    return contest(16, [*deals, rate, *[a_threshold(dice, f"t{n}") for n in range(2)]])


def contest(
    count: int, offers: list[BasketOffer], units: Callable[[int], int] = lambda n: 2
) -> Contest:
    """So many products from 9.90 up, with their units, and offers whose coupons are presented."""
    goods = basket(*[(product(CODES[n], 990 + 137 * n), str(units(n))) for n in range(count)])
    coupons = tuple(Presented(each.id, each.id) for each in offers if isinstance(each, CouponOffer))
    return replace(goods, coupons=coupons), replace(PHARMACY, offers=tuple(offers))


SETS: dict[str, tuple[Callable[[int], Contest], int]] = {
    "chance": (of_chance, 2700),
    "dozen": (dozen, 260),
    "wide": (six_wide, 24),
    "whole": (nine_whole, 12),
}
"""Name → how they are dealt, and how many are looked at."""
