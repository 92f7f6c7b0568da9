"""6: quote of 20 lines against a plain loop over the same integers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from uuid import UUID

from msgspec.structs import replace

from benchmarks.shop_offers import TODAY, basket_of, coupons_for, offers_of, twelve
from benchmarks.timing import Row, pair
from core.catalog.product import Product
from core.members.member import Standing
from core.pricing.basket import Basket
from core.pricing.quote import quote
from core.rulebook.offers import Offer
from core.rulebook.parse import rulebook_of
from core.rulebook.rulebook import Rulebook
from core.values.moment import Moment
from core.values.money import allocate
from core.values.quantity import extend
from core.values.rate import take

RULEBOOK = Path(__file__).parents[1] / "resources" / "rulebooks" / "pharmacy.json"
LINES = 20
# What a quote of these lines without offers took where the targets in milliseconds were set.
EMPTY_US = 125


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
    """Offers that gate nothing, and offers as shops have them."""
    return [_plain_row(), *_offer_rows()]


def _plain_row() -> Row:
    """Tier percentage, member price, points of a gold member."""
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
    return Row(6, f"quote of {LINES} lines", limit.median_us, ours.median_us, 15)


def _offer_rows() -> list[Row]:
    """Against so many ms, and against the same basket where no offer is on.

    Where 24 are for these goods, few of them share a product. Where 40 are, every product has two
    deals, and some thirty offers compete: more than are proven, so that only a few choices are
    looked at.
    """
    shop = {
        "200 offers, 24 for these goods": offers_of(200, 24),
        "2,000 offers, 24 for these goods": offers_of(2000, 24),
        "200 offers, 40 for these goods, 30 compete": offers_of(200, 40),
        "2,000 offers, 40 for these goods, 30 compete": offers_of(2000, 40),
    }
    found = []
    for name, offers in shop.items():
        most_us = 20_000 if "compete" in name else 5_000 if name.startswith("200 ") else 10_000
        found += _pair_of_rows(name, offers, most_us)
    return found + _pair_of_rows("12 competing offers", twelve(), 20_000)


def _pair_of_rows(name: str, offers: tuple[Offer, ...], most_us: float) -> list[Row]:
    book, gold = shipped_rulebook(), Standing(UUID(int=2), "gold")
    basket, moment = basket_of(coupons_for(offers)), Moment(0, TODAY)
    some, none = replace(book, offers=offers), replace(book, offers=())
    bare = replace(basket, coupons=())
    ours, empty = pair(
        lambda: quote(basket, gold, some, moment),
        lambda: quote(bare, gold, none, moment),
        times=300,
    )
    most_ratio = most_us / EMPTY_US
    return [
        Row(6, name, most_us, ours.median_us, 1, tail=ours.p99_us, most_tail=3 * most_us),
        Row(6, "  … in quotes without offers", empty.median_us, ours.median_us, most_ratio),
    ]


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
