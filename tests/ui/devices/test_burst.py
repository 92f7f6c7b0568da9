"""扫码枪: scanners of 2 to 60 ms a key are recognised, hands never are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.devices.burst import (
    HAND_GAP_MS,
    LATEST_END_MS,
    LONGEST_DWELL_MS,
    REST_MS,
    SHORTEST,
    SHORTEST_WHEN_SLOW,
    SLOWEST_GAP_MS,
    SURE,
    Burst,
    is_no_hand,
)

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
