"""The quote against every choice one could make, priced by other means (domain.md 2)."""

from __future__ import annotations

from fractions import Fraction
from itertools import product as every
from math import floor

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.pricing.quote import quote
from core.rulebook.rulebook import Rulebook
from core.rulebook.schemes import Tier
from tests.core.pricing.chance import baskets, rulebooks
from tests.core.pricing.examples import NOW, a_member

TIERS = ["t0", "t1", "t2", "t3"]


def rounded(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


def choices(line, book: Rulebook, tier: Tier | None):
    """Every (fen, points before flooring) that a line could come to."""
    goods = line.product
    units = Fraction(line.quantity_milli, 1000)
    list_fen = rounded(goods.price_fen * units) if line.label_fen is None else line.label_fen
    is_pills = goods.is_prescription and book.outside.is_prescription_outside
    if is_pills or goods.category in book.outside.categories:
        return [(list_fen, Fraction(0))]
    many = Fraction(tier.multiplier_bp if tier else 10000, 10000)
    found = [(fen, many * fen) for fen in with_percentage(list_fen, tier)]
    for offer in book.offers:
        price = goods.special_price_fen
        if offer.kind == "member_price":
            price = goods.member_price_fen if tier else None
        if price is None or price >= goods.price_fen:
            continue
        fen = rounded(price * units)
        if line.label_fen is not None:
            fen = rounded(Fraction(line.label_fen * price, goods.price_fen))
        if offer.takes_percentage:
            found += [(left, many * left) for left in with_percentage(fen, tier)]
        else:
            found.append((fen, Fraction(fen)))
    return found


def with_percentage(fen: int, tier: Tier | None):
    if tier is None:
        return [fen]
    return [fen, fen - rounded(Fraction(fen * (10000 - tier.discount_bp), 10000))]


@given(baskets(most=4, by_hand=False), st.none() | st.sampled_from(TIERS), rulebooks())
def test_no_choice_of_offers_is_cheaper_and_none_as_cheap_earns_more(goods, code, book):
    who = a_member(code) if code else None
    made = quote(goods, who, book, NOW)
    tier = book.scheme.tier(code) if code else None
    merged = quote_lines(goods)
    combinations = every(*[choices(line, book, tier) for line in merged])
    totals = [
        (sum(fen for fen, _ in each), -sum((points for _, points in each), Fraction(0)))
        for each in combinations
    ]
    payable, earned = min(totals)
    assert made.payable_fen == payable
    rate = Fraction(book.points.points, book.points.per_fen)
    assert made.points == (floor(-earned * rate) if tier else 0)


def quote_lines(goods):
    """Lines alike in product added together, as the rule says it, the slow way."""
    merged = []
    for line in goods.lines:
        twin = next(
            (
                i
                for i, other in enumerate(merged)
                if other.is_joinable and line.is_joinable and other.product == line.product
            ),
            None,
        )
        if twin is None:
            merged.append(line)
        else:
            both = merged[twin].quantity_milli + line.quantity_milli
            merged[twin] = replace(merged[twin], quantity_milli=both)
    return merged
