"""等级: tiers by spend, and how long one is held (domain.md 4)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.members.tiers import (
    CountedSale,
    TierChange,
    figures_of,
    holds_until,
    kept_until,
    measure,
    review_start,
    standing_since,
    tier_after,
    tier_anew,
    tier_reached,
    window_start,
)
from core.rulebook.schemes import Bands, Tier, TierScheme

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


def changed(cause: str, before: str, after: str, *, sale: int = 1) -> TierChange:
    day = date(2026, 11, 1)
    return TierChange(
        UUID(int=9), cause, UUID(int=sale), UUID(int=8), 0, day, before, after, None, None, 0
    )


def counted(sale: int, on: date, spend_fen: int) -> CountedSale:
    return CountedSale(UUID(int=sale), on, spend_fen)


def test_the_first_upgrade_that_stands_is_the_first_since_the_tier_below_it():
    up, higher = changed("sale", "normal", "silver"), changed("sale", "silver", "gold", sale=2)
    assert standing_since([]) is None
    assert standing_since([up, higher]) == up
    assert standing_since([up, higher, changed("return", "gold", "silver")]) == up
    assert standing_since([up, changed("void", "silver", "normal")]) is None
    assert standing_since([up, changed("void", "silver", "normal"), higher]) == higher


def test_a_tier_from_elsewhere_is_no_upgrade_by_a_sale():
    merged = changed("merge", "normal", "gold")
    assert standing_since([merged]) is None
    diamond = changed("sale", "gold", "diamond", sale=3)
    assert standing_since([merged, diamond]) == diamond
    # Something that nobody kept gave gold between the two.
    assert standing_since([changed("sale", "normal", "silver"), diamond]) == diamond


def test_a_tier_worked_out_anew_climbs_as_it_did_when_it_was_sold():
    first = changed("sale", "normal", "silver", sale=2)
    day = date(2026, 11, 1)
    sales = [counted(1, day, 400_00), counted(2, day, 600_00), counted(3, day, 4_000_00)]
    assert tier_anew(SCHEME, first, sales) == ("gold", day)
    assert tier_anew(SCHEME, first, sales[:2]) == ("silver", day)
    assert tier_anew(SCHEME, first, [counted(1, day, 399_99), *sales[1:2]]) == ("normal", None)


def test_what_has_left_the_window_does_not_count():
    first = changed("sale", "normal", "silver", sale=2)
    long_ago, day = date(2025, 10, 31), date(2026, 11, 1)
    before = counted(1, long_ago, 900_00)
    assert tier_anew(SCHEME, first, [before, counted(2, day, 999_99)]) == ("normal", None)
    assert tier_anew(SCHEME, first, [before, counted(2, day, 1_000_00)]) == ("silver", day)


def test_exactly_twelve_months_ago_is_within_the_window():
    assert window_start(SCHEME, date(2026, 11, 24)) == date(2025, 11, 24)
    assert window_start(SCHEME, date(2028, 2, 29)) == date(2027, 2, 28)
    assert window_start(TierScheme(SCHEME.tiers, 3), date(2026, 5, 31)) == date(2026, 2, 28)


def test_a_tier_reached_today_is_held_for_one_full_period():
    assert holds_until(SCHEME, date(2026, 11, 24)) == date(2027, 11, 24)
    assert holds_until(TierScheme(SCHEME.tiers, 3), date(2026, 11, 30)) == date(2027, 2, 28)


# The example of the source documents (domain.md 4).
SCORED = TierScheme(
    (Tier("ordinary", "普通", 0), Tier("important", "重要", 11), Tier("vip", "VIP", 14)),
    kind="score",
    bands=Bands(
        money=((50_000_01, 5), (30_000_00, 4), (10_000_00, 3), (0, 2)),
        purchases=((5, 5), (3, 4), (1, 3)),
        recency=((3, 5), (6, 4), (12, 3), (None, 2)),
    ),
)
TODAY = date(2026, 11, 26)


def score(*sales: CountedSale, today: date = TODAY) -> int:
    return measure(SCORED, figures_of(sales), today)


@pytest.mark.parametrize(
    ("spend_fen", "points_of_money"),
    [(50_000_01, 5), (50_000_00, 4), (30_000_00, 4), (29_999_99, 3), (10_000_00, 3), (9_999_99, 2)],
)
def test_money_scores_by_its_bands(spend_fen, points_of_money):
    assert score(counted(1, TODAY, spend_fen)) == points_of_money + 3 + 5


@pytest.mark.parametrize(("times", "points_of_times"), [(1, 3), (2, 3), (3, 4), (4, 4), (5, 5)])
def test_purchases_score_by_their_number(times, points_of_times):
    sales = [counted(n, TODAY, 1_00) for n in range(times)]
    assert score(*sales) == 2 + points_of_times + 5


@pytest.mark.parametrize(
    ("last_on", "points_of_recency"),
    [
        (date(2026, 8, 26), 5),  # exactly three months ago is within
        (date(2026, 8, 25), 4),
        (date(2026, 5, 26), 4),
        (date(2026, 5, 25), 3),
        (date(2025, 11, 26), 3),
        (date(2025, 11, 25), 2),
    ],
)
def test_the_last_purchase_scores_by_its_age(last_on, points_of_recency):
    assert score(counted(1, last_on, 1_00)) == 2 + 3 + points_of_recency


def test_what_came_back_whole_is_no_purchase_and_no_purchase_has_no_score():
    returned, part = counted(1, TODAY, 0), counted(2, date(2026, 5, 26), 5_00)
    assert score() == score(returned) == 0
    assert score(part, returned) == 2 + 3 + 4
    assert tier_after(SCORED, "ordinary", score(returned)) == "ordinary"


def test_scores_give_the_tiers_of_the_example():
    tiers = {total: tier_reached(SCORED, total).code for total in (7, 10, 11, 13, 14, 15)}
    assert tiers == {
        7: "ordinary", 10: "ordinary", 11: "important", 13: "important", 14: "vip", 15: "vip",
    }  # fmt: skip


def test_a_score_worked_out_anew_climbs_sale_by_sale():
    sales = [counted(n, TODAY, 10_000_00) for n in range(1, 5)]
    first = changed("sale", "ordinary", "important", sale=1)
    assert tier_anew(SCORED, first, sales[:1]) == ("important", TODAY)
    assert tier_anew(SCORED, first, sales) == ("important", TODAY)
    fifth = counted(5, TODAY, 10_000_01)
    assert tier_anew(SCORED, first, [*sales, fifth]) == ("vip", TODAY)
    assert tier_anew(SCORED, first, [counted(1, TODAY, 0)]) == ("ordinary", None)


def test_points_give_a_tier_as_money_does():
    scheme = TierScheme((Tier("a", "甲", 0), Tier("b", "乙", 100)), kind="points")
    sales = [CountedSale(UUID(int=1), TODAY, 9_999_00, 99), CountedSale(UUID(int=2), TODAY, 0, 1)]
    assert measure(scheme, figures_of(sales), TODAY) == 100
    assert tier_anew(scheme, changed("sale", "a", "b", sale=2), sales) == ("b", TODAY)


def test_a_calendar_year_counts_itself_and_holds_the_next_one():
    scheme = TierScheme(SCHEME.tiers, window="calendar")
    assert window_start(scheme, TODAY) == date(2026, 1, 1)
    assert holds_until(scheme, TODAY) == date(2027, 12, 31)
    # Kept in January 2028 on the figures of 2027, as who reached it in 2027 holds it.
    assert kept_until(scheme, date(2027, 12, 31), date(2028, 1, 30)) == date(2028, 12, 31)
    assert kept_until(scheme, date(2027, 12, 31), date(2031, 5, 1)) == date(2031, 12, 31)
    assert kept_until(SCHEME, date(2027, 11, 26), date(2027, 12, 26)) == date(2028, 12, 26)
    # In the days of grace of January the year that ended counts still, with what was bought since.
    assert review_start(scheme, date(2027, 12, 31), date(2028, 1, 30)) == date(2027, 1, 1)
    assert review_start(SCHEME, date(2027, 11, 26), date(2027, 12, 26)) == date(2026, 12, 26)


def test_what_a_period_decided_is_no_upgrade_that_a_return_could_undo():
    up, down = changed("sale", "normal", "gold"), changed("period", "gold", "silver")
    again = changed("sale", "silver", "gold", sale=3)
    assert standing_since([up, down]) is None
    assert standing_since([up, down, again]) == again
    assert standing_since([up, changed("kept", "gold", "gold")]) is None
