"""扫码枪: scanners of 2 to 60 ms a key are recognised, hands never are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ui.devices.burst import (
    EVEN_MS,
    HAND_GAP_MS,
    LATEST_END_MS,
    LONGEST_DWELL_MS,
    PACE_MS,
    REST_MS,
    SHORTEST,
    SHORTEST_WHEN_SLOW,
    SLOWEST_GAP_MS,
    SURE,
    Burst,
    is_machine,
    is_no_hand,
)
from ui.devices.habits import Habits, patience_ms

CODE = "6901234567892"


def scanned(code: str, *, gap_ms: int, dwell_ms: int = 1, begin_ms: int = 0) -> str:
    burst = Burst()
    at = begin_ms
    for sign in code:
        assert burst.press(ord(sign), sign, at)
        assert burst.release(ord(sign), at + dwell_ms)
        at += gap_ms
    return burst.end(at)


@pytest.mark.parametrize("gap_ms", [2, 12, 13, 30, 60])
def test_scanners_of_every_speed(gap_ms: int) -> None:
    assert scanned(CODE, gap_ms=gap_ms) == CODE


def test_a_short_code_is_believed_of_a_fast_scanner_only() -> None:
    assert scanned("1234", gap_ms=12) == "1234"
    assert scanned("123", gap_ms=2) == ""
    assert scanned("12345", gap_ms=60) == ""
    assert scanned("123456", gap_ms=60) == "123456"


def test_a_key_whose_end_nobody_saw_holds_up_no_scanner() -> None:
    burst = Burst()
    assert burst.press(ord("*"), "*", 0)
    for at, sign in enumerate(CODE):
        assert burst.press(ord(sign), sign, REST_MS + 10 * at)
        burst.release(ord(sign), REST_MS + 10 * at + 1)
    assert burst.end(REST_MS + 10 * len(CODE)) == CODE


def test_what_is_surely_a_scan_may_end_late() -> None:
    for late_ms, code in ((LATEST_END_MS, CODE), (LATEST_END_MS + 1, "")):
        burst = Burst()
        for no, sign in enumerate(CODE):
            burst.press(ord(sign), sign, no * 8)
            burst.release(ord(sign), no * 8 + 1)
        assert burst.end((len(CODE) - 1) * 8 + late_ms) == code
    burst = Burst()
    for no, sign in enumerate("6901234"):
        burst.press(ord(sign), sign, no * 8)
        burst.release(ord(sign), no * 8 + 1)
    assert burst.end(6 * 8 + SLOWEST_GAP_MS + 1) == "", "a short one may be a hand's"


def test_an_uneven_rhythm_is_a_machine_s_all_the_same() -> None:
    assert is_no_hand([8, 8, 200, 8, 9, 150, 8])
    assert not is_no_hand([8] * (SURE - 2))
    assert not is_no_hand([HAND_GAP_MS] * SURE)


@given(
    st.lists(st.tuples(st.integers(20, 400), st.integers(60, 140)), min_size=1, max_size=20),
    st.integers(20, 400),
)
def test_a_hand_that_holds_its_keys_is_never_a_scanner(
    keys: list[tuple[int, int]], last_gap: int
) -> None:
    """Each key is held for 60 ms and more; where the next comes before that, the hand rolls."""
    burst, at, up = Burst(), 0, {}
    events: list[tuple[int, str, int]] = []
    for no, (gap, dwell) in enumerate(keys):
        events += [(at, "down", no), (at + dwell, "up", no)]
        at += gap
    for at_ms, what, no in sorted(events):
        if what == "down":
            burst.press(no, "1", at_ms)
        else:
            burst.release(no, at_ms)
            up[no] = at_ms
    assert burst.end(max([at, *up.values()]) + last_gap) == ""


@given(st.lists(st.integers(SLOWEST_GAP_MS + 1, 2000), min_size=1, max_size=20))
def test_a_hand_that_taps_is_too_slow(gaps: list[int]) -> None:
    """Keys tapped as briefly as a scanner's, but one after another at the pace of a hand."""
    burst, at = Burst(), 0
    for no, gap in enumerate(gaps):
        burst.press(no, "1", at)
        burst.release(no, at + LONGEST_DWELL_MS)
        at += gap
    assert burst.end(at) == ""


def test_what_a_hand_typed_before_is_not_part_of_the_code() -> None:
    burst = Burst()
    burst.press(1, "z", 0)
    burst.press(2, "h", 60)
    burst.release(1, 70)
    burst.release(2, 130)
    at = 60 + REST_MS
    for sign in CODE:
        burst.press(ord(sign), sign, at)
        burst.release(ord(sign), at + 1)
        at += 5
    assert burst.end(at) == CODE


def test_half_a_code_is_not_taken_for_a_whole_one() -> None:
    """The machine stood still in the middle of a code: what comes after it is no code."""
    burst = Burst()
    for at, sign in zip([0, 5, 10, 200, 205, 210, 215, 220, 225], "690123456", strict=True):
        burst.press(ord(sign), sign, at)
        burst.release(ord(sign), at + 1)
    assert burst.end(230) == ""


def test_a_rolled_key_is_nobodys_scan() -> None:
    burst = Burst()
    assert burst.press(1, "1", 0)
    assert not burst.press(2, "2", 10)
    assert burst.is_empty


def test_the_shortest_codes_are_those_that_the_module_names() -> None:
    assert (SHORTEST, SHORTEST_WHEN_SLOW) == (4, 6)


# Simulated hands and scanners


def typed(
    signs: str,
    gaps: Sequence[int],
    dwells: Sequence[int],
    *,
    end_ms: int,
    habits: Habits | None = None,
    is_secret: bool = False,
) -> str:
    """Keys with these times between them, each held so long, and Enter behind the last."""
    burst = Burst(habits.slowest_gap_ms, habits.pace_ms) if habits else Burst()
    downs = [sum(gaps[:no]) for no in range(len(signs))]
    events = [(at, 1, no) for no, at in enumerate(downs)]
    events += [(at + dwells[no], 0, no) for no, at in enumerate(downs)]
    for at_ms, is_down, no in sorted(events):
        if is_down and at_ms <= downs[-1] + end_ms:
            burst.press(no, signs[no], at_ms)
        elif not is_down:
            burst.release(no, at_ms)
    return burst.end(downs[-1] + end_ms, is_secret=is_secret)


@given(
    st.integers(40, 120), st.integers(15, 40), st.integers(0, 2**32), st.integers(4, 14), st.data()
)
def test_a_practised_hand_is_never_a_scanner(
    pace_ms: int, uneven_percent: int, seed: int, count: int, data: st.DataObject
) -> None:
    """40 to 120 ms a key and uneven as people are; each key is held as long as a finger takes."""
    dice = Random(seed)
    spread = pace_ms * uneven_percent / 100
    gaps = [max(HAND_GAP_MS, round(dice.gauss(pace_ms, spread))) for _ in range(count - 1)]
    dwells = [max(40, round(dice.gauss(70, 20))) for _ in range(count)]
    end_ms = data.draw(st.integers(1, 400))
    assert typed("1" * count, gaps, dwells, end_ms=end_ms) == ""


@given(st.lists(st.integers(HAND_GAP_MS, 120), min_size=3, max_size=13), st.integers(0, 120))
def test_keys_that_are_not_held_are_a_hand_s_by_their_pace(gaps: list[int], end_ms: int) -> None:
    """Of keys that another program types nothing is known but the gaps."""
    slips = len(gaps) // 8
    inner = sorted(gaps)[slips : len(gaps) - slips]
    is_as_a_clock = sorted(gaps)[len(gaps) // 2] <= PACE_MS and inner[-1] - inner[0] <= EVEN_MS
    assume(len(gaps) < SHORTEST_WHEN_SLOW - 1 or not is_as_a_clock)
    count = len(gaps) + 1
    assert typed("1" * count, gaps, [0] * count, end_ms=end_ms) == ""


@given(st.integers(PACE_MS + 1, SLOWEST_GAP_MS), st.integers(4, 14), st.integers(0, 45))
def test_the_even_keys_of_a_slow_program_are_a_hand_s(pace_ms: int, count: int, held_ms: int):
    gaps = [pace_ms] * (count - 1)
    assert typed("2" * count, gaps, [held_ms] * count, end_ms=pace_ms) == ""


@given(
    st.floats(2, 60),
    st.integers(SHORTEST_WHEN_SLOW, 30),
    st.sampled_from([1, 8, 15.6]),
    st.floats(0, 0.5),
)
def test_an_even_scanner_of_any_pace_is_one(pace: float, count: int, tick: float, held: float):
    """Whatever the tick of the clock that gives its keys their time."""

    def read(at: float) -> int:
        return int(at // tick * tick)

    downs = [read(no * pace) for no in range(count + 1)]
    ups = [max(down, read((no + held) * pace)) for no, down in enumerate(downs[:-1])]
    gaps = [after - before for before, after in pairwise(downs)]
    dwells = [up - down for up, down in zip(ups, downs, strict=False)]
    burst = Burst()
    for no in range(count):
        burst.press(no, "7", downs[no])
        burst.release(no, downs[no] + dwells[no])
    assert burst.end(downs[-1]) == "7" * count, (gaps, dwells)


@given(st.integers(2, 60), st.integers(0, 11), st.integers(0, 28))
def test_one_slip_of_a_busy_machine_loses_no_code(pace_ms: int, which: int, late_ms: int) -> None:
    """One key is late: a longer gap before it, a shorter one behind it."""
    late_ms = min(late_ms, pace_ms - 1)
    downs = [no * pace_ms for no in range(14)]
    downs[which + 1] += late_ms
    gaps = [after - before for before, after in pairwise(downs)]
    assert typed(CODE, gaps[:12], [1] * 13, end_ms=pace_ms) == CODE


SEEN = (
    # 60 ms a key, as they came on a machine with twelve times the work that it can do
    (
        [60, 61, 61, 61, 60, 61, 66, 61, 63, 66, 69, 66],
        [30, 31, 31, 31, 30, 31, 35, 30, 30, 31, 39, 34, 30],
        61,
    ),
    (
        [65, 81, 66, 61, 63, 69, 64, 67, 67, 63, 62, 61],
        [34, 43, 32, 30, 30, 36, 33, 35, 32, 33, 31, 30, 30],
        63,
    ),
)


@pytest.mark.parametrize(("gaps", "dwells", "end_ms"), SEEN)
def test_a_scanner_at_a_busy_machine_is_one(gaps: list[int], dwells: list[int], end_ms: int):
    assert typed(CODE, gaps, dwells, end_ms=end_ms) == CODE


def test_a_scanner_that_was_measured_is_known_however_slow_it_is() -> None:
    habits = Habits(patience_ms(80))
    gaps, dwells = [80] * 12, [40] * 13
    assert typed(CODE, gaps, dwells, end_ms=80) == ""
    assert typed(CODE, gaps, dwells, end_ms=80, habits=habits) == CODE


@pytest.mark.parametrize(
    ("signs", "is_secret", "code"),
    [
        ("246813", True, ""),
        ("246813", False, "246813"),
        ("E46813", True, "E46813"),
        (CODE, True, CODE),
    ],
)
def test_a_pin_at_the_pace_of_a_measured_slow_scanner_is_a_hand_s(
    signs: str, is_secret: bool, code: str
) -> None:
    """What could be a PIN where a PIN is asked for is a scan only as fast as is promised."""
    count = len(signs)
    found = typed(
        signs,
        [79] * (count - 1),
        [1] * count,
        end_ms=79,
        habits=Habits(patience_ms(80)),
        is_secret=is_secret,
    )
    assert found == code


def test_what_is_even_is_a_machine_s() -> None:
    assert is_machine([60] * (SURE - 1))
    assert is_machine([60, 60, 88, 32, 60, 60, 60, 60]), "one slip"
    assert not is_machine([60] * (SURE - 2))
    assert not is_machine([60, 41, 60, 60, 41, 60, 60]), "fingers"
    assert not is_machine([PACE_MS + 1] * SURE)
