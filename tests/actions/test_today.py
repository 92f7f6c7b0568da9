"""今天: what was sold, what came back, who joined, who celebrates, as a manager counts it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from core.actions import today as todays
from core.actions.today import today
from core.actions.void import void_sale
from core.errors import NotAllowed
from core.ports import Clock
from core.sales.explanation import CounterReason, Explanation
from core.sales.trading import Ticket, average_fen, change_permille, share_permille, trading_of
from core.shop import Shop
from core.trust.staff import Staff
from core.values.moment import CHINA, MICRO, local_time
from tests.actions.test_settle import GOLD, NORMAL, OXYGEN, VITAMIN, settled
from tests.builders import Home, file_of, manager_of

A_WEEK_S = 7 * 86_400
EIGHT_US = 8 * 3600 * MICRO  # of the first day of 1970, in China
ON = date(1970, 1, 1)


class Ahead:
    """A clock that goes so many seconds before another one."""

    def __init__(self, clock: Clock, seconds: int) -> None:
        self._clock, self._us = clock, seconds * MICRO

    def now_us(self) -> int:
        return self._clock.now_us() + self._us

    def steady_us(self) -> int:
        return self._clock.steady_us() + self._us


def later(shop: Shop, seconds: int) -> Shop:
    """The same shop so many seconds later."""
    return replace(shop, clock=Ahead(shop.clock, seconds))


def test_an_empty_shop_has_nothing_to_count(shop: Shop, staff: Staff) -> None:
    found = today(shop, staff=staff)
    assert (found.now.taken_fen, found.now.tickets, found.now.by_hour) == (0, 0, ())
    assert found.before.taken_fen == found.points_used == 0


def test_tickets_of_members_and_of_others_add_up(shop: Shop, staff: Staff) -> None:
    mine = settled(shop, staff, NORMAL, OXYGEN).sale
    others = settled(shop, staff, VITAMIN).sale
    now = today(shop, staff=staff).now
    assert now.taken_fen == mine.payable_fen + others.payable_fen
    assert (now.member_fen, now.other_fen) == (mine.payable_fen, others.payable_fen)
    assert (now.tickets, now.member_tickets, now.other_tickets) == (2, 1, 1)
    assert now.points_given == mine.points_earned
    assert sum(fen for _, fen in now.by_hour) == now.taken_fen


def test_what_was_voided_was_never_sold(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, NORMAL, OXYGEN).sale
    mistake = Explanation(CounterReason.WRONG_PRODUCT)
    void_sale(shop, sale.sale_id, explanation=mistake, staff=staff)
    assert today(shop, staff=staff).now.tickets == 0
    assert todays.sold(shop, staff=staff) == ()


def test_a_week_later_this_day_is_compared_with_until_the_same_time(
    shop: Shop, staff: Staff
) -> None:
    sale = settled(shop, staff, OXYGEN).sale
    just_before, just_after = later(shop, A_WEEK_S - 3600), later(shop, A_WEEK_S + 1)
    assert today(just_after, staff=staff).before_by_now.taken_fen == sale.payable_fen
    found = today(just_before, staff=staff)
    if found.before.tickets:  # an hour earlier may be another business date, a moment later is none
        assert found.before_by_now.taken_fen == 0
    assert today(just_after, staff=staff).now.tickets == 0


def test_the_rows_behind_the_figure_are_its_sum(shop: Shop, staff: Staff) -> None:
    settled(shop, staff, GOLD, OXYGEN)
    settled(shop, staff, VITAMIN)
    rows = todays.sold(shop, staff=staff)
    now = today(shop, staff=staff).now
    assert sum(row.taken_fen for row in rows) == now.taken_fen
    assert sum(row.points for row in rows) == now.points_given
    assert [bool(row.member) for row in rows] == [False, True], "the newest first"


def test_a_cashier_does_not_see_takings(shop: Shop, fang: Staff) -> None:
    for look in (today, todays.sold):
        with pytest.raises(NotAllowed):
            look(shop, staff=fang)


def test_members_of_today_and_of_this_month(shop: Shop, staff: Staff) -> None:
    found, rows = today(shop, staff=staff), todays.joined(shop, staff=staff)
    assert found.joined == found.joined_this_month == len(rows)
    next_month = later(shop, 40 * 86_400)
    assert today(next_month, staff=staff).joined_this_month == 0
    assert todays.joined(next_month, staff=staff) == ()


def test_birthdays_of_both_calendars_are_found_on_their_day(home: Home) -> None:
    with home.shop() as shop:
        born = file_of(shop, "800003").member.birthday
        assert born is not None and born.is_lunar
        on = shop.now().business_on
        chief = manager_of(shop)
        every = todays.all_birthdays(shop, staff=chief)
        rows = [row for row in every if row.member.card_no == "800003"]
        assert len(rows) <= 1
        for days in range(400):
            there = later(shop, days * 86_400)
            found = todays.birthdays(there, staff=chief)
            if any(row.member.card_no == "800003" for row in found.rows):
                break
        else:
            pytest.fail("a lunar birthday never came")
        assert (found.today - on).days == days
        assert found.now + found.tomorrow >= 1
        assert found.ahead >= found.now + found.tomorrow


def test_who_celebrates_in_thirty_days_is_listed_day_by_day(shop: Shop, staff: Staff) -> None:
    rows, counts = todays.all_birthdays(shop, staff=staff), todays.birthdays(shop, staff=staff)
    days = [row.on for row in rows]
    assert days == sorted(days)
    assert len(rows) == counts.ahead
    assert all(counts.today <= day <= counts.today + timedelta(days=30) for day in days)


def test_points_that_expire_within_a_week_are_told(shop: Shop, staff: Staff) -> None:
    told, listed = todays.expiring(shop, staff=staff), todays.all_expiring(shop, staff=staff)
    assert told.members <= len(listed)
    assert told.points == sum(row.soon_points for row in listed)


def test_a_reward_that_nobody_has_on_the_shelf_waits_for_a_person(shop: Shop) -> None:
    with shop.store.read() as reading:
        rewards = reading.rulebooks.current().rewards
    low = [each.reward for each in todays.waiting(shop).low]
    assert low == [reward for reward in rewards if reward.is_counted]


def test_a_day_left_open_is_told_on_the_next(shop: Shop) -> None:
    assert todays.waiting(shop).open_since is None
    opened_on = shop.now().business_on
    assert todays.waiting(later(shop, 2 * 86_400)).open_since == opened_on


def test_what_comes_back_lowers_what_was_taken_in_its_own_hour() -> None:
    sold = Ticket(EIGHT_US, 100_00, is_members=True, points_given=100)
    back = Ticket(EIGHT_US + 3600 * MICRO, -40_00, is_members=True, is_sale=False, points_given=-40)
    found = trading_of(ON, (sold, back), CHINA)
    first = local_time(EIGHT_US, CHINA).hour
    assert found.by_hour == ((first, 100_00), (first + 1, -40_00))
    assert (found.taken_fen, found.tickets, found.points_given) == (60_00, 1, 60)


@pytest.mark.parametrize(
    ("part", "whole", "permille"), [(1, 3, 333), (2, 3, 667), (0, 0, 0), (5, 5, 1000)]
)
def test_a_share_is_rounded_half_up(part: int, whole: int, permille: int) -> None:
    assert share_permille(part, whole) == permille


def test_averages_and_changes_are_whole_numbers() -> None:
    assert average_fen(10_00, 3) == 3_33
    assert average_fen(0, 0) == 0
    assert change_permille(112, 100) == 120
    assert change_permille(88, 100) == -120
    assert change_permille(50, 0) is None
