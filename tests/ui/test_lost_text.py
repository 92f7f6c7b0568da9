"""没有用上的 in words: the plain word for each, and where the rulebook is known what it asks."""

from __future__ import annotations

import re
from datetime import date

import pytest
from msgspec.structs import replace

from core.pricing.adjustment import Lost, Rejected
from core.rulebook.conditions import BirthdayWindow, Conditions
from core.rulebook.offers import BasketOffer
from core.rulebook.rulebook import Rulebook
from tests.core.pricing.examples import PHARMACY
from ui.catalogue import speak
from ui.lost_text import rejected

HAN = r"[\u4e00-\u9fff]"


def book(*offers: BasketOffer) -> Rulebook:
    return replace(PHARMACY, offers=offers)


@pytest.mark.parametrize("lost", Lost)
def test_every_offer_that_lost_knows_why(lost):
    assert rejected(Rejected("gold", 1, lost, 3_00, "金卡")) == "金卡没有用上，用它要贵 3.00"
    at_no_more = rejected(Rejected("gold", 1, lost, 0, "金卡"))
    assert re.fullmatch(f"金卡(没有用上|限购的数量满了)：(?:{HAN}|[0-9， ])+", at_no_more)
    assert lost not in at_no_more


@pytest.mark.parametrize(
    ("window", "only"),
    [
        (BirthdayWindow(), "生日当天才有"),
        (BirthdayWindow(days=3), "生日前后 3 天才有"),
        (BirthdayWindow(is_month=True), "生日当月才有"),
    ],
)
def test_a_birthday_benefit_says_when(window, only):
    lost = Rejected("cake", 0, Lost.BIRTHDAY, 0, "生日券")
    assert (
        rejected(
            lost, book(BasketOffer(id="cake", name="生日券", when=Conditions(birthday=window)))
        )
        == f"生日券没有用上：{only}"
    )


def test_what_was_given_by_hand_in_vain_is_told_by_its_kind():
    for offer, name in (("price_by_hand", "改价"), ("line_by_hand", "手工优惠")):
        said = rejected(Rejected(offer, 1, Lost.OUTSIDE, 0, "临期"))
        assert said == f"{name}没有用上：这种商品不参加优惠"


@pytest.mark.parametrize(
    ("lost", "when", "only"),
    [
        (Lost.NOT_YET, Conditions(starts_on=date(2026, 12, 1)), "2026-12-01 起才能用"),
        (Lost.OVER, Conditions(ends_on=date(2026, 11, 25)), "只能用到 2026-11-25"),
        (Lost.OTHER_DAY, Conditions(weekdays=frozenset({4, 2})), "周二、周四才能用"),
        (Lost.OTHER_DAY, Conditions(month_days=frozenset({18, 8})), "每月 8、18 日才能用"),
        (
            Lost.OTHER_DAY,
            Conditions(weekdays=frozenset({1}), month_days=frozenset({8})),
            "今天不能用",
        ),
        (Lost.OTHER_HOUR, Conditions(from_minute=840, to_minute=965), "14:00 到 16:05 才能用"),
        (Lost.HIGHER_TIER, Conditions(from_tier="gold"), "金卡及以上才有"),
        (Lost.OTHER_STORE, Conditions(stores=frozenset({"S09"})), "这家门店不能用"),
    ],
)
def test_a_coupon_out_of_its_time_says_when_and_for_whom_it_is(lost, when, only):
    offer = BasketOffer(id="c", name="周末券", when=when)
    said = rejected(Rejected("c", 0, lost, 0, "周末券"), book(offer))
    assert said == f"周末券没有用上：{only}"


def test_english_names_the_days():
    offer = BasketOffer(id="c", name="Weekend", when=Conditions(weekdays=frozenset({6, 7})))
    speak("en")
    try:
        said = rejected(Rejected("c", 0, Lost.OTHER_DAY, 0, "Weekend"), book(offer))
    finally:
        speak("zh_CN")
    assert said == "Weekend: only on Saturday, Sunday"
