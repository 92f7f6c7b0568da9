"""What a quote tells beside its sums: points by line, what offers took off, what was left out."""

from __future__ import annotations

from uuid import UUID

import pytest
from msgspec.structs import replace

from core.members.member import Standing
from core.pricing.adjustment import Lost
from core.pricing.basket import Presented, SwitchedOff
from core.pricing.by_hand import PriceByHand
from core.pricing.quote import NOTHING, quote, unit_list_fen
from core.pricing.tender import Tender, TenderKind
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import CouponOffer, GiftOffer, Step, Threshold
from core.rulebook.points_policy import SpendPolicy
from core.values.rate import FULL
from tests.core.pricing.examples import NOW, PHARMACY, a_member, basket, losers, priced, product

RICE, OIL, PILL = product("601", 6000), product("903", 2000), product("801", 4000)
# 100 points pay 1.00; the oil costs 9.90 and 50 points from 50.00 on.
BOOK = replace(
    PHARMACY,
    points=replace(PHARMACY.points, spend=SpendPolicy(fen=100, per_points=100, most_bp=FULL)),
    offers=(
        GiftOffer(
            id="oil",
            name="加价购",
            steps=(GiftStep(Giving(("903",), 1, 990, 50), from_fen=5000),),
        ),
    ),
)
RICH = Standing(UUID(int=7), "normal", 1000)


def test_an_add_ons_points_stand_on_its_line_and_pay_no_fen():
    goods = basket(RICE, PILL).add(OIL, offer="oil").with_points(200)
    made = quote(goods, RICH, BOOK, NOW)
    rows = {no: (points, fen) for no, points, fen in made.points_rows}
    assert rows[3] == (50, 0)
    assert [points == fen > 0 for no, (points, fen) in rows.items() if no != 3] == [True, True]
    assert sum(fen for _, fen in rows.values()) == made.points_fen == 200
    assert (made.points_spent, made.paying_points) == (250, 200)


def test_what_offers_took_off_is_saved_less_points_paid_and_cash_rounded():
    goods = basket(RICE, PILL, product("805", 3)).add(OIL, offer="oil").with_points(200)
    paid = goods.with_tenders((Tender(TenderKind.CASH, 20_000),))
    made = quote(paid, RICH, replace(BOOK, cash_rounding_fen=10), NOW)
    assert made.saved_fen == 1010 + 200 + 3
    assert made.offers_fen == 1010


def test_points_of_two_tiers_of_goods_add_up_by_line():
    made = quote(basket(RICE, PILL).with_points(10_000), RICH, BOOK, NOW)
    assert sorted(made.points_rows) == [(1, 600, 600), (2, 400, 400)]


def test_the_price_of_a_unit_is_the_list_price_or_a_dearer_one_by_hand():
    def shown(by_hand, goods=PILL):
        scanned = basket(goods)
        if by_hand is not None:
            scanned = scanned.with_by_hand(1, PriceByHand(by_hand, "价签错误", 2))
        made = priced(scanned, book=PHARMACY)
        return unit_list_fen(scanned.lines[0], made.lines[0])

    assert [shown(None), shown(3000), shown(4500)] == [4000, 4000, 4500]
    # Of what is outside no price by hand is taken.
    assert shown(4500, replace(PILL, is_prescription=True)) == 4000


def test_an_offer_that_was_switched_off_is_told_of_the_whole_basket():
    tenth = Threshold(id="t", name="满百减十", steps=(Step(from_fen=5000, off_fen=1000),))
    other = replace(tenth, id="u", name="满百减五", steps=(Step(from_fen=5000, off_fen=500),))
    goods = basket(RICE).without_offer(SwitchedOff("t", "顾客不要", 2, 2))
    made = priced(goods, book=replace(PHARMACY, offers=(tenth, other)))
    assert (made.payable_fen, losers(made)) == (5500, [("t", 0, "switched_off", 0)])
    assert made.rejected[0].label == "满百减十"


OWN = CouponOffer(id="own", name="生日券", off_fen=500)


@pytest.mark.parametrize(
    ("who", "of", "is_taken"),
    [("normal", 7, True), ("normal", 8, False), (None, 7, False), (None, None, True)],
)
def test_a_code_of_somebody_is_theirs_alone(who, of, is_taken):
    owner = None if of is None else UUID(int=of)
    goods = replace(basket(RICE), coupons=(Presented("1234", "own", owner),))
    made = priced(goods, who, replace(PHARMACY, offers=(OWN,)))
    assert ("own" in {each.offer for each in made.adjustments}) is is_taken
    if not is_taken:
        (lost,) = [each for each in made.rejected if each.lost is Lost.NOT_THEIRS]
        assert (lost.offer, lost.line, lost.dearer_fen, lost.label) == ("own", 0, 0, "生日券")


def test_a_code_whose_coupon_no_rulebook_knows_any_more_says_nothing():
    goods = replace(basket(RICE), coupons=(Presented("1234", "gone", UUID(int=8)),))
    assert losers(priced(goods, None, replace(PHARMACY, offers=(OWN,)))) == []


def test_an_empty_basket_costs_nothing_and_gives_back_what_was_handed_over():
    assert quote(basket(), a_member("gold"), PHARMACY, NOW) == NOTHING
    handed = basket().with_tenders((Tender(TenderKind.CASH, 5000),))
    assert quote(handed, None, PHARMACY, NOW).change_fen == 5000


def test_a_line_on_which_points_pay_a_fen_may_have_none_of_the_points():
    spend = SpendPolicy(fen=100, per_points=1, most_bp=FULL)
    book = replace(PHARMACY, points=replace(PHARMACY.points, spend=spend))
    made = quote(basket(RICE, product("805", 40)).with_points(1), RICH, book, NOW)
    assert made.points_rows == ((1, 1, 99), (2, 0, 1))
