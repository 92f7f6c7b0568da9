"""Clocks that are wrong, and days that end at four in the morning: selling goes on."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from core.shop import Shop
from storage.home import open_home
from storage.machine import SystemClock
from tests.builders import Home, obeyed
from tests.outside.program import LOGIN, answers, is_clear, run, sell_lines

GOOD = "6901234567823"
ZONE = ZoneInfo("Asia/Shanghai")
SELL = sell_lines(GOOD, member="800001", pay="pay cash 15.80")
PLAIN = sell_lines(GOOD, pay="pay cash 15.80")


def at(*when: int) -> time_machine.travel:
    """The store's wall clock."""
    return time_machine.travel(datetime(*when, tzinfo=ZONE).astimezone(UTC))


def instants(home: Path) -> list[tuple[int, date]]:
    """Instant and business date of each event, in order of the chain."""
    with open_home(home) as found, found.store.reader() as connection:
        sql = "SELECT CAST(data AS BLOB) FROM events ORDER BY incarnation, seq"
        said = [json.loads(data) for (data,) in connection.execute(sql).fetchall()]
    return [(event["at_us"], date.fromisoformat(event["business_on"])) for event in said]


@pytest.mark.parametrize("back", [timedelta(minutes=5), timedelta(days=400)])
def test_a_clock_that_was_set_back(home: Path, back: timedelta) -> None:
    with at(2027, 3, 10, 15, 0):
        answers(home, LOGIN, "open-day 0", *SELL)
    with time_machine.travel(datetime(2027, 3, 10, 15, 0, tzinfo=ZONE) - back):
        done = run(home, "till", "--headless", lines=[LOGIN, *SELL, *SELL])
    assert "S01-T1-000003 已结账" in done.out
    assert is_clear(done.err.strip())
    assert "收款照常" in done.err
    stood = [at_us for at_us, _ in instants(home)]
    assert stood == sorted(stood), "time stands still, it never goes back"
    assert {day for _, day in instants(home)[-2:]} == {date(2027, 3, 10)}
    with at(2027, 3, 11, 9, 0):
        done = run(home, "till", "--headless", lines=[LOGIN, *SELL])
    assert done.err == "", "nothing is said once the clock is right again"
    assert instants(home)[-1][1] == date(2027, 3, 11)
    assert run(home, "verify").code == 0


def test_a_clock_that_is_set_back_while_it_sells(home: Path) -> None:
    with at(2027, 3, 10, 15, 0) as clock, Home(home).console() as till:
        obeyed(till, LOGIN, "open-day 0", *SELL)
        clock.move_to(datetime(2020, 1, 1, tzinfo=UTC))
        assert obeyed(till, *SELL).record()["sale"]["no"] == "S01-T1-000002"
        clock.move_to(datetime(2027, 3, 10, 8, 30, tzinfo=UTC))
        obeyed(till, *SELL)
    stood = [at_us for at_us, _ in instants(home)]
    assert stood == sorted(stood)
    assert run(home, "verify").code == 0


def test_a_store_that_has_seen_the_future_waits_for_it(home: Path) -> None:
    with open_home(home) as found:
        ahead = SystemClock(found.clock.now_us() + 3_600_000_000)
        assert 3590 <= ahead.behind_s <= 3600
        shop = Shop(found.store, ahead, found.dice, found.pins, found.machine)
        first, second = shop.clock.now_us(), shop.clock.now_us()
    assert second == first, "it stands still until the wall has caught up"


def test_a_day_that_rolls_over_midnight_and_four(home: Path) -> None:
    """The business date changes at four; the open day stays the day it was opened as."""
    with at(2027, 1, 31, 23, 50) as clock, Home(home).console() as till:
        obeyed(till, LOGIN, "open-day 100", *PLAIN)
        for hour, minute in ((0, 10), (3, 59), (4, 1)):
            clock.move_to(datetime(2027, 2, 1, hour, minute, tzinfo=ZONE))
            after = obeyed(till, *PLAIN).record()
            assert after["day"]["business_on"] == "2027-01-31"
        closed = obeyed(till, "close-day 163.20")
        assert "点到的一样" in closed.say
        again = obeyed(till, "open-day 50", *PLAIN).record()
        assert again["day"]["business_on"] == "2027-02-01"
        obeyed(till, "close-day 65.80")
    days = [day for _, day in instants(home)]
    first, second = date(2027, 1, 31), date(2027, 2, 1)
    assert days[-13:] == [first] * 5 + [second] * 8
    assert run(home, "verify").code == 0


def test_a_basket_that_waits_over_four_is_paid(home: Path) -> None:
    with at(2027, 1, 31, 23, 50) as clock, Home(home).console() as till:
        obeyed(till, LOGIN, "open-day 0", "scan 800001", f"scan {GOOD}", "pay card 5")
        clock.move_to(datetime(2027, 2, 1, 4, 1, tzinfo=ZONE))
        assert obeyed(till, "pay cash 20").record()["sale"]["paid_fen"] == 2500


def test_birthdays_count_in_business_dates(home: Path) -> None:
    """李小华 was born on 25 November: at three in the morning of the 25th it is still the 24th."""
    with at(2027, 11, 25, 3, 0) as clock, Home(home).console() as till:
        said = obeyed(till, LOGIN, "open-day 0", "scan 800001").record()
        assert said["member"]["birthday_in_days"] == 1
        clock.move_to(datetime(2027, 11, 25, 4, 0, tzinfo=ZONE))
        said = obeyed(till, "drop-member", "scan 800001").record()
        assert said["member"]["birthday_in_days"] == 0
