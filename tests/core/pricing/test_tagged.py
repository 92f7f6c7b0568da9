"""Which prices a tag may promise: those that hold for everybody it is for, all day."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.pricing.tagged import price_tag
from core.rulebook.conditions import Conditions, Limits
from core.rulebook.offers import MEMBER_PRICE, SPECIAL_PRICE, PriceOffer
from tests.core.pricing.examples import NOW, PHARMACY, product

SPECIAL = PriceOffer(id="s", kind=SPECIAL_PRICE)
MEMBER = PriceOffer(id="m", kind=MEMBER_PRICE)
TEA = product("601", 1000, special_price_fen=900, member_price_fen=800)
LOWEST, NEXT = (tier.code for tier in PHARMACY.scheme.tiers[:2])


def told(*offers, goods=TEA):
    tag = price_tag(goods, replace(PHARMACY, offers=offers), NOW)
    return tag.list_fen, tag.special_fen, tag.member_fen


def test_the_special_price_is_for_everybody_and_the_member_price_below_it():
    assert told() == (1000, None, None)
    assert told(SPECIAL) == (1000, 900, None)
    assert told(MEMBER) == (1000, None, 800)
    assert told(SPECIAL, MEMBER) == (1000, 900, 800)
    assert told(SPECIAL, MEMBER, goods=replace(TEA, member_price_fen=900)) == (1000, 900, None)
    assert told(SPECIAL, MEMBER, goods=replace(TEA, special_price_fen=1000)) == (1000, None, 800)


def test_goods_that_are_outside_have_their_list_price_alone():
    assert told(SPECIAL, MEMBER, goods=replace(TEA, is_prescription=True)) == (1000, None, None)


@pytest.mark.parametrize(
    "some", [Conditions(from_minute=60), Conditions(to_minute=1200), Conditions(from_tier=LOWEST)]
)
def test_a_special_price_of_some_hours_or_some_people_is_not_on_it(some):
    assert told(replace(SPECIAL, when=some)) == (1000, None, None)


def test_a_price_of_so_many_units_is_not_on_it():
    for offer in (SPECIAL, MEMBER):
        assert told(replace(offer, limits=Limits(units_in_all=9))) == (1000, None, None)


def test_the_member_price_is_that_of_the_lowest_tier():
    assert told(replace(MEMBER, when=Conditions(from_tier=LOWEST))) == (1000, None, 800)
    assert told(replace(MEMBER, when=Conditions(from_tier=NEXT))) == (1000, None, None)
