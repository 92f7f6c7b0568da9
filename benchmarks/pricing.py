"""6: quote of 20 lines against a plain loop over the same integers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from uuid import UUID

from benchmarks.timing import Row, pair
from core.catalog.product import Product
from core.members.member import Standing
from core.pricing.basket import Basket
from core.pricing.quote import quote
from core.rulebook.parse import rulebook_of
from core.rulebook.rulebook import Rulebook
from core.values.moment import Moment
from core.values.money import allocate
from core.values.quantity import extend
from core.values.rate import take

RULEBOOK = Path(__file__).parents[1] / "resources" / "rulebooks" / "pharmacy.json"
LINES = 20


def shipped_rulebook() -> Rulebook:
    """The rulebook of a fresh home."""
    return rulebook_of(json.loads(RULEBOOK.read_text("utf-8")))


def basket_of_twenty() -> Basket:
    """Twenty different products, some with a member price, one prescription."""
    basket = Basket(UUID(int=1), member_id=UUID(int=2))
    for n in range(LINES):
        product = Product(
            id=UUID(int=100 + n),
            code=f"69012345{n:05d}",
            name=f"商品{n}",
            price_fen=990 + 137 * n,
            member_price_fen=900 + 130 * n if n % 3 == 0 else None,
            is_prescription=n == 7,
        )
        basket = basket.add(product, 1000 * (1 + n % 3))
    return basket


def rows() -> list[Row]:
    """Offers that gate nothing: tier percentage, member price, points of a gold member."""
    basket, rulebook = basket_of_twenty(), shipped_rulebook()
    gold = Standing(UUID(int=2), "gold")
    moment = Moment(0, date(2026, 11, 24))
    facts = [
        (
            line.product.price_fen,
            line.quantity_milli,
            line.product.member_price_fen or line.product.price_fen,
            line.product.is_prescription,
        )
        for line in basket.lines
    ]
    ours, limit = pair(
        lambda: quote(basket, gold, rulebook, moment), lambda: _plain(facts), times=2000
    )
    return [Row(6, f"quote of {LINES} lines", limit.median_us, ours.median_us, 15)]


def _plain(facts: list[tuple[int, int, int, bool]]) -> tuple[list[int], list[int]]:
    """The same sums with nothing told: list, the better of two prices, points of each line."""
    nets, terms = [], []
    for price, quantity, member_price, is_outside in facts:
        whole = extend(price, quantity)
        special, percent = extend(member_price, quantity), take(whole, 9500)
        if is_outside:
            nets.append(whole)
            terms.append(0)
        elif special < percent:
            nets.append(special)
            terms.append(special * 10000)
        else:
            nets.append(percent)
            terms.append(percent * 15000)
    return nets, allocate(sum(terms) // 1_000_000, terms)
