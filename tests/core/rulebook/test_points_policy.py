"""积分规则: when a lot expires."""

from __future__ import annotations

from datetime import date

from core.rulebook.points_policy import PointsPolicy


def test_rolling_points_live_to_the_same_day_so_many_months_later():
    policy = PointsPolicy(expiry="rolling", months=24)
    assert policy.expires_on(date(2026, 11, 24)) == date(2028, 11, 24)
    assert policy.expires_on(date(2028, 2, 29)) == date(2030, 2, 28)


def test_points_may_live_to_the_end_of_the_year_or_for_ever():
    assert PointsPolicy(expiry="year_end").expires_on(date(2026, 1, 1)) == date(2026, 12, 31)
    assert PointsPolicy(expiry="never").expires_on(date(2026, 1, 1)) is None
