"""等级: tiers by spend, and how long one is held (domain.md 4)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.members.tiers import holds_until, tier_after, tier_after_all, window_start
from core.rulebook.schemes import Tier, TierScheme

SCHEME = TierScheme(
    (
        Tier("normal", "普通", 0),
        Tier("silver", "银卡", 1_000_00),
        Tier("gold", "金卡", 5_000_00),
        Tier("diamond", "钻石卡", 20_000_00),
    )
)
CODES = [tier.code for tier in SCHEME.tiers]


@pytest.mark.parametrize(
    ("spend_fen", "tier"),
    [
        (0, "normal"),
        (999_99, "normal"),
        (1_000_00, "silver"),
        (4_999_99, "silver"),
        (5_000_00, "gold"),
        (20_000_00, "diamond"),
        (10**12, "diamond"),
    ],
)
def test_a_tier_is_reached_at_its_amount(spend_fen, tier):
    assert tier_after(SCHEME, "normal", spend_fen) == tier


def test_a_sale_never_takes_a_tier_away():
    assert tier_after(SCHEME, "gold", 0) == "gold"
    assert tier_after(SCHEME, "gold", 1_000_00) == "gold"
    assert tier_after(SCHEME, "gold", -500) == "gold"


def test_several_tiers_may_be_climbed_at_once():
    assert tier_after(SCHEME, "normal", 20_000_00) == "diamond"


def test_a_tier_that_the_rulebook_no_longer_knows_counts_as_the_lowest():
    assert tier_after(SCHEME, "platinum", 0) == "normal"
    assert tier_after(SCHEME, "platinum", 5_000_00) == "gold"


@given(st.sampled_from(CODES), st.integers(-(10**7), 10**8), st.integers(0, 10**8))
def test_more_spend_never_gives_a_lower_tier(current, spend_fen, more_fen):
    rank = SCHEME.rank(tier_after(SCHEME, current, spend_fen))
    assert rank >= SCHEME.rank(current)
    assert SCHEME.rank(tier_after(SCHEME, current, spend_fen + more_fen)) >= rank


def test_sale_after_sale_climbs_as_it_did_when_they_were_sold():
    assert tier_after_all(SCHEME, "normal", 500_00, []) == "normal"
    assert tier_after_all(SCHEME, "normal", 500_00, [499_99]) == "normal"
    assert tier_after_all(SCHEME, "normal", 500_00, [499_99, 1]) == "silver"
    assert tier_after_all(SCHEME, "gold", 0, [1]) == "gold"


def test_exactly_twelve_months_ago_is_within_the_window():
    assert window_start(SCHEME, date(2026, 11, 24)) == date(2025, 11, 24)
    assert window_start(SCHEME, date(2028, 2, 29)) == date(2027, 2, 28)
    assert window_start(TierScheme(SCHEME.tiers, 3), date(2026, 5, 31)) == date(2026, 2, 28)


def test_a_tier_reached_today_is_held_for_one_full_period():
    assert holds_until(SCHEME, date(2026, 11, 24)) == date(2027, 11, 24)
    assert holds_until(TierScheme(SCHEME.tiers, 3), date(2026, 11, 30)) == date(2027, 2, 28)
