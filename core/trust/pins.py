"""PIN: what a personal number must look like."""

from __future__ import annotations

from itertools import pairwise

from core.errors import WeakPin

LEAST, MOST = 6, 12


def check_pin(pin: str) -> str:
    """The same PIN; raises WeakPin unless six to twelve digits, not all alike nor in a row."""
    is_digits = pin.isascii() and pin.isdigit() and LEAST <= len(pin) <= MOST
    steps = {(int(b) - int(a)) for a, b in pairwise(pin)} if is_digits else {0}
    if steps in ({0}, {1}, {-1}):
        raise WeakPin()
    return pin
