"""开店 · 日结: a float, a count, the difference, and a verified backup."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.actions.day import close_day, day_now, open_day
from core.actions.shift import takings_now
from core.errors import BadMoney, DayNotOpen, DayOpenAlready, UnlikelyFloat
from core.sales.explanation import CounterReason, Explanation
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_settle import CALCIUM, VITAMIN, settled

WRONG_CHANGE = Explanation(CounterReason.WRONG_CHANGE)


def test_the_drawer_should_hold_float_and_cash(shop: Shop, staff: Staff) -> None:
    settled(shop, staff, VITAMIN)
    settled(shop, staff, CALCIUM)
    now = takings_now(shop, staff=staff)
    assert (now.day.float_fen, now.of_day.sales) == (200_00, 2)
    assert now.expected_fen == 200_00 + 39_00 + 68_00


def test_closing_says_the_difference_and_backs_up(shop: Shop, staff: Staff) -> None:
    settled(shop, staff, VITAMIN)
    closed = close_day(shop, counted_fen=238_50, staff=staff, explanation=WRONG_CHANGE)
    count = closed.shift.count
    assert count is not None
    assert (count.expected_fen, count.difference_fen) == (239_00, -50)
    assert count.explanation == WRONG_CHANGE
    assert closed.trouble is None
    assert Path(closed.backup).stat().st_size > 0
    assert day_now(shop) is None


def test_a_day_opens_once(shop: Shop, staff: Staff) -> None:
    with pytest.raises(DayOpenAlready):
        open_day(shop, float_fen=1_00, staff=staff)


def test_the_next_day_opens_after_the_close(shop: Shop, staff: Staff) -> None:
    close_day(shop, counted_fen=200_00, staff=staff)
    with pytest.raises(DayNotOpen):
        close_day(shop, counted_fen=200_00, staff=staff)
    assert open_day(shop, float_fen=0, staff=staff).day == day_now(shop)


def test_money_below_zero_is_no_float_and_no_count(shop: Shop, staff: Staff) -> None:
    with pytest.raises(BadMoney):
        close_day(shop, counted_fen=-1, staff=staff)
    close_day(shop, counted_fen=0, staff=staff, explanation=WRONG_CHANGE)
    with pytest.raises(BadMoney):
        open_day(shop, float_fen=-1, staff=staff)


def test_a_float_like_a_pin_is_asked_about_before_it_opens_the_day(
    shop: Shop, staff: Staff
) -> None:
    close_day(shop, counted_fen=200_00, staff=staff)
    with pytest.raises(UnlikelyFloat) as doubted:
        open_day(shop, float_fen=246810_00, staff=staff)
    assert doubted.value.amount_fen == 246810_00
    assert day_now(shop) is None
    assert open_day(shop, float_fen=246810_00, staff=staff, is_sure=True).day.float_fen == 246810_00


def test_a_full_drawer_is_a_float_without_a_question(shop: Shop, staff: Staff) -> None:
    close_day(shop, counted_fen=200_00, staff=staff)
    assert open_day(shop, float_fen=5_000_00, staff=staff).day.float_fen == 5_000_00
