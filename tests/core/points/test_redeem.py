"""积分兑换: each thing that stands in the way, and the most that can be had."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from core.errors import (
    BadUnits,
    NotEnoughPoints,
    RewardForTier,
    RewardLimit,
    RewardNotNow,
    RewardOutOfStock,
)
from core.points.redeem import Asking, most_units, refusal
from core.rulebook.rewards import COUPON, Reward
from core.rulebook.schemes import Tier, TierScheme

TODAY = date(2026, 11, 26)
SCHEME = TierScheme((Tier("normal", "普通", 0), Tier("gold", "金卡", 100)))
# 100 points for each two eggs, part of them counting as whole.
EGGS = Reward("E", "鸡蛋", 100, units=2)


def why(reward=EGGS, units=1, *, tier="normal", points=1000, had=0, stock=50):
    asking = Asking(tier, points, TODAY)
    found = refusal(reward, units, asking, SCHEME, had=had, stock=stock)
    return None if found is None else type(found)


def most(reward=EGGS, *, tier="normal", points=1000, had=0, stock=50):
    return most_units(reward, Asking(tier, points, TODAY), SCHEME, had=had, stock=stock)


@pytest.mark.parametrize(
    ("units", "points", "reason"),
    [
        (0, 1000, BadUnits),
        (1, 100, None),
        (1, 99, NotEnoughPoints),
        (2, 100, None),
        (3, 199, NotEnoughPoints),
        (3, 200, None),
    ],
)
def test_part_of_the_units_counts_as_whole(units, points, reason):
    assert why(units=units, points=points) is reason


def test_goods_are_had_as_far_as_they_lie_on_the_shelf():
    assert why(units=4, stock=4) is None
    assert why(units=5, stock=4) is RewardOutOfStock
    assert why(replace(EGGS, kind=COUPON, coupon="C"), units=5, stock=0) is None


def test_a_higher_tier_may_have_what_a_lower_one_may_not():
    for_gold = replace(EGGS, from_tier="gold")
    assert why(for_gold) is RewardForTier
    assert why(for_gold, tier="gold") is None
    assert why(replace(EGGS, from_tier="normal"), tier="gold") is None


def test_what_a_member_had_before_counts():
    limited = replace(EGGS, per_member=4)
    assert why(limited, units=2, had=2) is None
    assert why(limited, units=3, had=2) is RewardLimit
    assert why(units=3, had=200) is None


def test_both_days_are_within():
    assert why(replace(EGGS, starts_on=TODAY, ends_on=TODAY)) is None
    assert why(replace(EGGS, starts_on=date(2026, 11, 27))) is RewardNotNow
    assert why(replace(EGGS, ends_on=date(2026, 11, 25))) is RewardNotNow


def test_the_most_is_bounded_by_points_shelf_and_what_was_had():
    assert most(points=1000) == 20
    assert most(points=199) == 2
    assert most(points=99) == 0
    assert most(stock=7) == 7
    assert most(replace(EGGS, per_member=5), had=2) == 3
    assert most(replace(EGGS, kind=COUPON, coupon="C"), stock=0) == 20


def test_the_last_one_that_is_left_may_be_had():
    single = replace(EGGS, units=1)
    assert most(single, points=100, stock=1) == 1
    assert most(replace(EGGS, per_member=3), had=2) == 1
    assert most(single, points=100, stock=0) == 0
