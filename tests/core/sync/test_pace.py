"""节奏: a wait is doubled with each failure, spread out, and bounded."""

from __future__ import annotations

from hypothesis import given
from hypothesis.strategies import binary, integers

from core.sync.pace import FIRST_MS, LONGEST_MS, PATIENCE_MS, Pace, asked_ms
from core.sync.wire import MOST_EVENTS, USUAL_EVENTS

LEAST, MOST = bytes(4), b"\xff" * 4


def failed(times: int) -> Pace:
    pace = Pace()
    for _ in range(times):
        pace = pace.failed()
    return pace


def test_the_first_wait_is_a_second_and_no_wait_is_longer_than_five_minutes() -> None:
    assert failed(0).wait_ms(MOST) == 0
    assert [failed(times).wait_ms(LEAST) for times in (1, 2, 3)] == [500, 1000, 2000]
    assert failed(1).wait_ms((FIRST_MS // 2).to_bytes(4, "big")) == FIRST_MS
    assert failed(60).wait_ms(LEAST) == LONGEST_MS // 2


@given(integers(1, 100), binary(min_size=4, max_size=4))
def test_a_wait_is_between_half_and_all_of_its_longest(times: int, roll: bytes) -> None:
    longest = min(LONGEST_MS, FIRST_MS * 2 ** (times - 1))
    assert longest // 2 <= failed(times).wait_ms(roll) <= longest


@given(integers(-5, 10**9), binary(min_size=4, max_size=4))
def test_a_server_is_left_alone_at_least_as_long_as_it_asks(wait_s: int, roll: bytes) -> None:
    asked = min(max(wait_s, 1) * 1000, PATIENCE_MS)
    assert asked <= asked_ms(wait_s, roll) <= asked * 5 // 4


def test_more_goes_at_once_where_it_is_quick_and_less_where_it_is_slow_or_fails() -> None:
    pace = Pace().went_well(USUAL_EVENTS, 100)
    assert pace.batch == 2 * USUAL_EVENTS
    assert pace.went_well(pace.batch, 1).went_well(MOST_EVENTS, 1).batch == MOST_EVENTS
    assert pace.went_well(3, 100).batch == pace.batch
    assert pace.went_well(pace.batch, 6000).batch == USUAL_EVENTS
    assert failed(60).batch == 1
    assert failed(3).went_well(1, 100).failures == 0
