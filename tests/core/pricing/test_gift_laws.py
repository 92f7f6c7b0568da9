"""What always holds of gifts and add-ons, whatever else competes with them (domain.md 2)."""

from __future__ import annotations

from hypothesis import given
from msgspec.structs import replace

from core.pricing.adjustment import Reason
from core.pricing.quote import quote
from core.pricing.record import price_again, pricing_record
from tests.core.law import LAW
from tests.core.pricing.examples import NOW
from tests.core.pricing.offered import competing
from tests.core.pricing.test_best_offer import WHO

KINDS = ["gift", "gift", "threshold", "percentage", "coupon", "nth"]


@LAW
@given(competing(KINDS), WHO)
def test_one_more_offer_never_makes_it_dearer(case, who):
    basket, book = case
    made = quote(basket, who, book, NOW)
    for gone in book.offers:
        fewer = replace(book, offers=tuple(offer for offer in book.offers if offer is not gone))
        if made.is_proven:
            assert made.payable_fen <= quote(basket, who, fewer, NOW).payable_fen


@given(competing(KINDS), WHO)
def test_a_chosen_line_takes_its_own_offer_alone_and_what_is_unmet_costs_its_list(case, who):
    basket, book = case
    made = quote(basket, who, book, NOW)
    chosen = {line.no: line.offer for line in basket.lines if line.offer}
    offers = (Reason.PRICE_BY_HAND, Reason.LINE_BY_HAND, Reason.BASKET_BY_HAND)
    for each in made.adjustments:
        if each.line in chosen and each.reason not in offers:
            assert each.offer == chosen[each.line]
            assert each.reason in (Reason.GIFT, Reason.ADD_ON)
    assert set(made.unmet) <= set(chosen)


@given(competing(KINDS), WHO)
def test_without_what_was_chosen_the_rest_costs_the_same_or_less(case, who):
    """Goods that are given never make the others cheaper: nobody takes a gift for its discount."""
    basket, book = case
    rest = replace(basket, lines=tuple(line for line in basket.lines if not line.offer))
    with_it, without = quote(basket, who, book, NOW), quote(rest, who, book, NOW)
    if without.is_proven:
        kept = {line.no for line in without.lines}
        paid = sum(line.payable_fen for line in with_it.lines if line.no in kept)
        if basket.discount is None:
            assert paid >= without.payable_fen


@LAW
@given(competing(KINDS), WHO)
def test_a_sale_with_choices_prices_again_to_the_same_bytes(case, who):
    basket, book = case
    made = quote(basket, who, book, NOW)
    body = pricing_record(basket, who, book, NOW)
    assert price_again(body).canonical == made.canonical
