"""PIN: what is too easy to guess, and how the wait grows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import WeakPin
from core.trust.pins import LONGEST_WAIT_US, PinTries, check_pin, wait_us

SECOND = 1_000_000
INSTANTS = st.integers(0, 2**60)


@pytest.mark.parametrize("pin", ["12345", "111111", "123456", "987654", "abcdef", "1" * 13, ""])
def test_a_pin_that_is_easily_guessed_is_refused(pin: str) -> None:
    with pytest.raises(WeakPin):
        check_pin(pin)


def test_the_wait_grows_to_a_quarter_of_an_hour() -> None:
    waits = [wait_us(failures) // SECOND for failures in range(12)]
    assert waits == [0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900]
    assert wait_us(10**6) == LONGEST_WAIT_US


@given(INSTANTS, st.integers(0, 40), st.integers(-(2**40), 2**40))
def test_whatever_the_clock_says_a_wait_is_never_longer_than_its_failures_ask(
    now_us: int, failures: int, turned_us: int
) -> None:
    tries = PinTries(failures).one_more(now_us)
    assert tries.left_us(now_us) == wait_us(failures + 1)
    assert 0 <= tries.left_us(now_us + turned_us) <= wait_us(failures + 1)
    assert tries.left_us(tries.wait_until_us) == 0
