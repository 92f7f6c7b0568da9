"""条件: brands, stores, new members, birthdays, a minimum, and limits that are used up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.errors import BadRecord
from core.members.member import Celebration
from core.pricing.adjustment import Lost
from core.pricing.basket import Presented
from core.pricing.quote import Quote, quote
from core.pricing.record import price_again, pricing_record
from core.pricing.tender import Tender, TenderKind
from core.pricing.used import Used
from core.rulebook.conditions import BirthdayWindow, Conditions, Limits, Scope
from core.rulebook.offers import (
    SPECIAL_PRICE,
    AnyFor,
    BasketOffer,
    CouponOffer,
    NthReduced,
    PercentageOffer,
    PointsOffer,
    PriceOffer,
    Step,
    Threshold,
)
from core.rulebook.parse_offers import offer_of, offer_record
from core.values.fields import Fields
from tests.core.pricing.examples import NOW, PHARMACY, a_member, basket, product
from tests.core.pricing.offered import competing

CREAM = product("69cream", 10_000, brand="春风")
SOAP = product("69soap", 2_000, brand="雅洁")
GOODS = basket(CREAM, SOAP)
TENTH = PercentageOffer(id="tenth", name="九折", rate_bp=9000)
WHO = a_member("normal")
TODAY = NOW.business_on
WHOS = (None, WHO, a_member("gold"), a_member("diamond"))


def priced(offer: BasketOffer, standing=WHO, *, moment=NOW, uses=(), goods=GOODS) -> Quote:
    """The goods with this offer alone; what was kept of it prices again to the same bytes."""
    book = replace(PHARMACY, offers=(offer,))
    made = quote(goods, standing, book, moment, uses)
    assert price_again(pricing_record(goods, standing, book, moment, uses)).canonical == (
        made.canonical
    )
    return made


def told(made: Quote) -> list[Lost]:
    return [each.lost for each in made.rejected]


def test_an_offer_of_a_brand_is_for_the_goods_of_that_brand():
    made = priced(replace(TENTH, scope=Scope(brands=frozenset({"春风"}))))
    assert [line.payable_fen for line in made.lines] == [9_000, 2_000]


def test_goods_without_a_brand_are_of_no_brand():
    plain = basket(product("69plain", 10_000))
    made = priced(replace(TENTH, scope=Scope(brands=frozenset({"春风"}))), goods=plain)
    assert made.payable_fen == 10_000


def test_an_offer_of_other_stores_is_off_and_says_nothing():
    here = replace(TENTH, when=Conditions(stores=frozenset({"S01", "S02"})))
    assert priced(here, moment=replace(NOW, store="S02")).saved_fen == 1_200
    there = priced(here, moment=replace(NOW, store="S09"))
    assert (there.saved_fen, told(there)) == (0, [])


@pytest.mark.parametrize(("days_ago", "saved"), [(0, 1_200), (29, 1_200), (30, 0)])
def test_new_members_have_it_for_so_many_days(days_ago, saved):
    new = replace(TENTH, when=Conditions(joined_days=30))
    made = priced(new, replace(WHO, joined_on=TODAY - timedelta(days_ago)))
    assert made.saved_fen == saved
    assert told(made) == ([] if saved else [Lost.NEW_MEMBERS])


def test_the_first_purchase_is_the_first_that_stands():
    first = replace(TENTH, when=Conditions(is_first_purchase=True))
    assert priced(first).saved_fen == 1_200
    assert told(priced(first, replace(WHO, has_bought=True))) == [Lost.FIRST_PURCHASE]


def test_nobody_is_not_told_what_members_have():
    for when in (Conditions(joined_days=9), Conditions(birthday=BirthdayWindow())):
        made = priced(replace(TENTH, when=when), None)
        assert (made.saved_fen, told(made)) == (0, [])


CAKE = replace(TENTH, id="cake", when=Conditions(birthday=BirthdayWindow(days=3)))


def test_a_birthday_benefit_once_in_a_celebration_year():
    open_now = replace(WHO, birthdays=(Celebration("cake", 2026),))
    made = priced(CAKE, open_now)
    assert (made.saved_fen, made.used) == (1_200, ("cake",))
    again = priced(CAKE, open_now, uses=(Used("cake", member=1, member_year=1),))
    assert (again.saved_fen, told(again)) == (0, [Lost.BIRTHDAY_USED])
    last_year = (Used("cake", member=4),)
    assert priced(CAKE, open_now, uses=last_year).saved_fen == 1_200


def test_a_window_that_is_shut_and_a_birthday_that_was_edited_are_told_apart():
    assert told(priced(CAKE)) == [Lost.BIRTHDAY]
    edited = replace(WHO, birthdays=(Celebration("cake", 2026, is_waiting=True),))
    assert told(priced(CAKE, edited)) == [Lost.BIRTHDAY_EDITED]


@pytest.mark.parametrize(
    ("limits", "used", "lost"),
    [
        (Limits(per_member=2), Used("tenth", member=2), Lost.MEMBER_USED_UP),
        (Limits(per_member_day=1), Used("tenth", member_day=1), Lost.MEMBER_DAY_USED_UP),
        (Limits(per_day=50), Used("tenth", day=50), Lost.DAY_USED_UP),
        (Limits(in_all=100), Used("tenth", in_all=101), Lost.USED_UP),
        (Limits(in_all=9, per_day=9), Used("tenth", in_all=9, day=9), Lost.USED_UP),
    ],
)
def test_a_limit_that_is_used_up_is_told(limits, used, lost):
    offer = replace(TENTH, limits=limits)
    assert told(priced(offer, uses=(used,))) == [lost]
    assert priced(offer).saved_fen == 1_200


def test_the_last_use_of_a_limit_is_still_given():
    offer = replace(TENTH, limits=Limits(per_day=50, per_member=2))
    made = priced(offer, uses=(Used("tenth", day=49, member=1),))
    assert (made.saved_fen, made.used) == (1_200, ("tenth",))


def test_a_limit_of_all_is_for_strangers_too_and_one_of_a_member_for_members():
    assert priced(replace(TENTH, limits=Limits(in_all=5)), None).used == ("tenth",)
    assert priced(replace(TENTH, limits=Limits(per_member=5)), None).used == ()


@pytest.mark.parametrize(
    "offer",
    [
        TENTH,
        NthReduced(id="tenth", name="第二件半价", units=2, rate_bp=5000),
        AnyFor(id="tenth", name="两件 50", units=2, price_fen=5_000),
        PointsOffer(id="tenth", name="双倍积分", multiplier_bp=20_000),
    ],
)
def test_a_minimum_of_the_list_price_is_reached_at_or_above_it(offer):
    at = priced(replace(offer, when=Conditions(from_fen=12_000), limits=Limits(in_all=9)))
    below = priced(replace(offer, when=Conditions(from_fen=12_001), limits=Limits(in_all=9)))
    assert (at.used, below.used) == (("tenth",), ())
    assert told(below) == [Lost.NOT_REACHED]


def test_a_minimum_in_pieces():
    two = replace(TENTH, when=Conditions(from_milli=2_000))
    assert priced(two).saved_fen == 1_200
    assert priced(two, goods=basket(CREAM)).saved_fen == 0


def test_points_for_nobody_use_nothing():
    double = PointsOffer(id="x", name="x", multiplier_bp=20_000, limits=Limits(in_all=9))
    assert priced(double, None).used == ()
    assert priced(double).used == ("x",)


def test_an_offer_that_takes_nothing_off_is_not_used():
    off = Threshold(id="h", name="满减", steps=(Step(from_fen=99_000, off_fen=9),))
    assert priced(replace(off, limits=Limits(in_all=1))).used == ()


def test_what_nobody_asks_for_is_not_written():
    record = pricing_record(GOODS, WHO, replace(PHARMACY, offers=(TENTH,)), NOW)
    assert {"store", "uses"}.isdisjoint(record)
    assert set(record["standing"]) == {"member_id", "tier"}
    plain = basket(product("69plain", 100))
    lines = pricing_record(plain, None, PHARMACY, NOW)["basket"]["lines"]
    assert "brand" not in lines[0]["product"]
    assert date(2026, 11, 24) == TODAY


NIGHT = PriceOffer(
    "night", SPECIAL_PRICE, name="夜场特价", when=Conditions(from_minute=20 * 60, to_minute=24 * 60)
)
LAMP = product("69lamp", 10_000, special_price_fen=8_000)


@pytest.mark.parametrize(("minute", "payable"), [(1199, 10_000), (1200, 8_000), (1439, 8_000)])
def test_a_price_has_its_hours(minute, payable):
    made = priced(NIGHT, moment=replace(NOW, minute=minute), goods=basket(LAMP))
    assert made.payable_fen == payable


def test_a_price_of_one_store_and_of_a_tier():
    here = replace(NIGHT, when=Conditions(stores=frozenset({"S01"})))
    gold = replace(NIGHT, when=Conditions(from_tier="gold"))
    at_home = replace(NOW, store="S01")
    assert priced(here, moment=at_home, goods=basket(LAMP)).payable_fen == 8_000
    assert priced(here, moment=NOW, goods=basket(LAMP)).payable_fen == 10_000
    special = [priced(gold, who, goods=basket(LAMP)).lines[0].is_special for who in WHOS]
    assert special == [False, False, True, True]


def test_a_price_asks_for_nothing_else():
    record = offer_record(replace(NIGHT, when=Conditions(joined_days=3)))
    with pytest.raises(BadRecord):
        offer_of(Fields(record))
    assert offer_of(Fields(offer_record(NIGHT))) == NIGHT


@given(competing(), st.data())
def test_an_offer_that_is_used_up_is_as_if_it_were_not_there(case, data):
    goods, book = case
    baskets = [offer for offer in book.offers if isinstance(offer, BasketOffer)]
    gone = data.draw(st.sets(st.sampled_from([offer.id for offer in baskets])))
    used_up = replace(
        book,
        offers=tuple(
            replace(offer, limits=Limits(in_all=1)) if offer.id in gone else offer
            for offer in book.offers
        ),
    )
    without = replace(book, offers=tuple(o for o in book.offers if o.id not in gone))
    uses = tuple(Used(name, in_all=1) for name in sorted(gone))
    who = data.draw(st.none() | st.sampled_from(["t0", "t2"]).map(a_member))
    made, other = quote(goods, who, used_up, NOW, uses), quote(goods, who, without, NOW)
    assert (made.lines, made.adjustments) == (other.lines, other.adjustments)
    assert not gone & set(made.used)


DOUBLE = PointsOffer(id="double", name="双倍", multiplier_bp=20_000, limits=Limits(in_all=9))
FIVE = PointsOffer(id="five", name="送 5 分", bonus=5, limits=Limits(in_all=9))


def used_of(*offers, goods=GOODS, book=PHARMACY, **tenders):
    paid = tuple(Tender(TenderKind(kind), fen) for kind, fen in tenders.items())
    return quote(goods.with_tenders(paid), WHO, replace(book, offers=offers), NOW).used


def test_each_offer_that_gives_points_is_used_and_no_lesser_one():
    assert used_of(DOUBLE, FIVE) == ("double", "five")
    assert used_of(FIVE, replace(FIVE, id="nine", bonus=9)) == ("nine",)
    assert used_of(DOUBLE, replace(DOUBLE, id="triple", multiplier_bp=30_000)) == ("triple",)


def test_a_multiplier_is_not_used_on_a_special_price_nor_where_nothing_earns():
    lamp = product("69lamp", 10_000, special_price_fen=8_000)
    assert used_of(DOUBLE, PriceOffer("s", SPECIAL_PRICE), goods=basket(lamp)) == ()
    idle = tuple(replace(rule, is_earning=False) for rule in PHARMACY.tenders)
    assert used_of(DOUBLE, book=replace(PHARMACY, tenders=idle), wechat=12_000) == ()


def test_points_for_each_unit_are_used_from_the_first_whole_one_on():
    cloth = product("69cloth", 1_000, is_weighed=True)
    assert used_of(FIVE, goods=basket((cloth, "1"))) == ("five",)
    assert used_of(FIVE, goods=basket((cloth, "0.999"))) == ()


def test_a_percentage_for_itself_stands_alone_beside_the_tiers():
    alone = PercentageOffer(
        id="alone", name="独享九折", rate_bp=9000, is_stackable=True, is_exclusive=True
    )
    assert priced(alone, a_member("gold"), goods=basket(CREAM)).payable_fen == 9_000


def presented(offer, goods=GOODS):
    coupons = (Presented(offer.code, offer.id),)
    return quote(replace(goods, coupons=coupons), WHO, replace(PHARMACY, offers=(offer,)), NOW)


COUPON = CouponOffer(id="c", name="券", code="c", off_fen=100)
TUESDAY = NOW.business_on.isoweekday()


@pytest.mark.parametrize("scope", [Scope(), Scope(frozenset({"69soap"})), Scope(frozenset({"x"}))])
def test_a_coupon_of_another_day_says_so_of_the_whole_basket_whatever_else_it_asks(scope):
    other = Conditions(weekdays=frozenset({TUESDAY % 7 + 1}))
    made = presented(replace(COUPON, when=other, scope=scope, limits=Limits(per_member=5)))
    (lost,) = made.rejected
    assert (made.saved_fen, lost.offer, lost.line, lost.dearer_fen) == (0, "c", 0, 0)
    assert lost.lost not in (Lost.NOTHING_OFF, Lost.NOT_REACHED)


def test_a_coupon_that_is_used_up_says_so_where_one_of_the_goods_would_have_had_it():
    mine = replace(COUPON, scope=Scope(frozenset({"69soap"})), limits=Limits(in_all=1))
    goods = replace(GOODS, coupons=(Presented("c", "c"),))
    made = quote(goods, WHO, replace(PHARMACY, offers=(mine,)), NOW, (Used("c", in_all=1),))
    assert told(made) == [Lost.USED_UP]
