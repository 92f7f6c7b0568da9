"""PIN: what a personal number must look like, and how long one waits after wrong ones."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from core.errors import WeakPin

LEAST, MOST = 6, 12
FREE_FAILURES = 2
FIRST_WAIT_US = 5_000_000
LONGEST_WAIT_US = 900_000_000


class PinTries(Struct, frozen=True):
    """输错几次: tries of one person since the PIN was right last, and until when no other counts.

    `wait_until_us` is an instant of the steady clock.
    """

    failures: int = 0
    wait_until_us: int = 0

    def one_more(self, now_us: int) -> PinTries:
        """Another try, taken as wrong until it is known to be right."""
        failures = self.failures + 1
        return PinTries(failures, now_us + wait_us(failures))

    def left_us(self, now_us: int) -> int:
        """How long to wait still; never longer than these failures ask for, whatever the clock."""
        return max(0, min(self.wait_until_us - now_us, wait_us(self.failures)))


def wait_us(failures: int) -> int:
    """Two failures are free; then 5 s, doubled with each other one, up to a quarter of an hour."""
    if failures <= FREE_FAILURES:
        return 0
    doubled = min(failures - FREE_FAILURES - 1, LONGEST_WAIT_US.bit_length())
    return min(FIRST_WAIT_US << doubled, LONGEST_WAIT_US)


def check_pin(pin: str) -> str:
    """The same PIN; raises WeakPin unless six to twelve digits, not all alike nor in a row."""
    is_digits = pin.isascii() and pin.isdigit() and LEAST <= len(pin) <= MOST
    steps = {(int(b) - int(a)) for a, b in pairwise(pin)} if is_digits else {0}
    if steps in ({0}, {1}, {-1}):
        raise WeakPin()
    return pin
