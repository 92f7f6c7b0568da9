"""Stage 2: member price and special price, against the percentage of stage 4 (domain.md 2)."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from core.pricing.adjustment import Adjustment, Lost, Reason, Stage
from core.rulebook.offers import PriceOffer
from core.rulebook.rulebook import Rulebook
from tests.core.pricing.examples import (
    PHARMACY,
    basket,
    losers,
    payables,
    priced,
    product,
    taken_off,
)


def with_offers(*offers: PriceOffer, book: Rulebook = PHARMACY) -> Rulebook:
    return replace(book, offers=offers)


def with_gold(book: Rulebook = PHARMACY, **terms: int) -> Rulebook:
    tiers = tuple(
        replace(tier, **terms) if tier.code == "gold" else tier for tier in book.scheme.tiers
    )
    return replace(book, scheme=replace(book.scheme, tiers=tiers))


def test_the_member_price_is_for_members_and_is_explained():
    vitamin = product("201", 3900, member_price_fen=3700)
    made = priced(basket((vitamin, "2")), "normal")
    assert made.adjustments == (
        Adjustment(
            Stage.UNIT_PRICE, "member-price", 1, 400, Reason.MEMBER_PRICE, "会员价", 3700, 0
        ),
    )
    assert (made.payable_fen, made.lines[0].is_special) == (7400, True)
    nobody = priced(basket((vitamin, "2")))
    assert (nobody.payable_fen, nobody.adjustments) == (7800, ())
    assert losers(nobody) == [("member-price", 1, "members_only", 0)]


def test_the_special_price_is_for_everybody():
    made = priced(basket(product("202", 3900, special_price_fen=2900)))
    assert made.payable_fen == 2900
    assert made.adjustments[0].reason is Reason.SPECIAL_PRICE


def test_the_lowest_price_applies_and_the_other_says_what_it_would_cost():
    both = product("203", 3900, member_price_fen=3000, special_price_fen=2900)
    made = priced(basket((both, "2")), "normal")
    assert made.payable_fen == 5800
    assert losers(made) == [("member-price", 1, "price_better", 200)]


def test_a_price_is_never_above_list():
    dear = product("204", 1000, member_price_fen=1200, special_price_fen=1000)
    made = priced(basket(dear), "normal")
    assert (made.payable_fen, made.lines[0].is_special) == (1000, False)
    assert {lost for _, _, lost, _ in losers(made)} == {"not_lower"}


def test_a_special_line_takes_no_percentage_and_no_multiplier():
    made = priced(basket(product("205", 10000, special_price_fen=9000)), "gold")
    assert (made.payable_fen, made.points) == (9000, 90)
    assert losers(made) == [("tier:gold", 1, "price_better", 500)]


def test_the_percentage_wins_where_it_is_cheaper():
    made = priced(basket(product("206", 10000, special_price_fen=9600)), "gold")
    assert (made.payable_fen, made.points, made.lines[0].is_special) == (9500, 142, False)
    assert taken_off(made) == [("percentage", 1, 500)]
    assert losers(made) == [("special-price", 1, "percentage_better", 100)]


def test_at_the_same_price_what_earns_more_wins():
    made = priced(basket(product("207", 10000, special_price_fen=9500)), "gold")
    assert (made.payable_fen, made.points, made.lines[0].is_special) == (9500, 142, False)
    assert losers(made) == [("special-price", 1, "percentage_better", 0)]


def test_at_the_same_price_and_points_the_priority_decides_then_the_id():
    plain = with_gold(multiplier_bp=10000)
    goods = basket(product("208", 10000, special_price_fen=9500))
    assert priced(goods, "gold", plain).lines[0].is_special  # special-price before tier:gold
    low = with_offers(PriceOffer("special-price", "special_price", priority=-1), book=plain)
    assert not priced(goods, "gold", low).lines[0].is_special
    late = with_offers(PriceOffer("z", "special_price"), book=plain)
    assert not priced(goods, "gold", late).lines[0].is_special


def test_line_totals_are_compared_not_unit_prices():
    # 10 × 95折 is 9.5: a single one costs 9 with 1 off, eleven cost 104 with 6 off (5.5).
    goods = product("209", 10, special_price_fen=9)
    one, many = priced(basket(goods), "gold"), priced(basket((goods, "11")), "gold")
    assert (one.payable_fen, one.lines[0].is_special) == (9, False)
    assert (many.payable_fen, many.lines[0].is_special) == (99, True)


def test_a_price_that_rounds_to_the_same_line_leaves_the_line_as_it_is():
    herb = product("210", 1000, is_weighed=True, special_price_fen=999)
    made = priced(basket((herb, "0.1")), "gold")
    assert (made.payable_fen, made.lines[0].is_special) == (95, False)
    assert losers(made) == [("special-price", 1, "not_lower", 5)]


def test_an_offer_may_take_the_percentage_besides():
    book = with_offers(PriceOffer("s", "special_price", takes_percentage=True))
    made = priced(basket(product("211", 10000, special_price_fen=9000)), "gold", book)
    assert taken_off(made) == [("unit_price", 1, 1000), ("percentage", 1, 450)]
    assert (made.payable_fen, made.points, made.lines[0].is_special) == (8550, 128, True)


def test_the_lowest_in_the_end_wins_where_one_price_takes_the_percentage():
    book = with_offers(
        PriceOffer("m", "member_price"), PriceOffer("s", "special_price", takes_percentage=True)
    )
    made = priced(
        basket(product("212", 10000, member_price_fen=8900, special_price_fen=9000)), "gold", book
    )
    assert made.payable_fen == 8550
    assert losers(made) == [("m", 1, "price_better", 350)]


def test_a_time_limited_price_holds_on_its_business_dates_only():
    goods = basket(product("213", 1000, special_price_fen=800))
    over = PriceOffer("s", "special_price", ends_on=date(2026, 11, 23))
    last_day = PriceOffer("s", "special_price", ends_on=date(2026, 11, 24))
    assert priced(goods, None, with_offers(over)).payable_fen == 1000
    assert priced(goods, None, with_offers(over)).rejected == ()
    assert priced(goods, None, with_offers(last_day)).payable_fen == 800


def test_prescription_medicine_takes_no_price_of_any_offer():
    pills = product(
        "214", 4260, is_prescription=True, member_price_fen=4000, special_price_fen=3900
    )
    made = priced(basket(pills), "diamond")
    assert (made.payable_fen, made.adjustments) == (4260, ())
    assert {lost.lost for lost in made.rejected} == {Lost.OUTSIDE}
    assert {lost.offer for lost in made.rejected} == {
        "member-price", "special-price", "tier:diamond",
    }  # fmt: skip


def test_what_the_rulebook_marks_is_outside_and_prescriptions_need_not_be():
    shop = replace(
        PHARMACY,
        outside=replace(
            PHARMACY.outside, is_prescription_outside=False, categories=frozenset({"烟"})
        ),
    )
    smoke = product("215", 2000, category="烟", special_price_fen=1000)
    pills = product("216", 2000, is_prescription=True, special_price_fen=1000)
    assert payables(priced(basket(smoke, pills), None, shop)) == [2000, 1000]


def test_without_offers_the_prices_on_the_products_mean_nothing():
    goods = basket(product("217", 1000, special_price_fen=800))
    assert priced(goods, None, with_offers()).payable_fen == 1000
