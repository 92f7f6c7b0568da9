"""输入法: tells a scanner's letters from a hand's where an input method composes them.

What is composed grows sign by sign: a scanner's faster or more evenly than a hand's.
"""

from __future__ import annotations

from ui.devices.burst import is_machine
from ui.devices.habits import half_width

FAST_MS, SHORTEST = 30, 4
# What an input method puts between syllables of its own accord.
_PARTED = str.maketrans("", "", "' \u2006\u2009")


class Composing:
    """What is composed now, and the part of it that grew as no hand types."""

    def __init__(self) -> None:
        self._text = ""
        self._from = 0
        self._gaps: list[int] = []
        self._last_ms = 0

    @property
    def by_hand(self) -> str:
        """What stood there before the scanner."""
        return self._text[: self._from]

    @property
    def by_scanner(self) -> str:
        """What may be a scanner's."""
        return self._text[self._from :]

    @property
    def gap_ms(self) -> int:
        """How quickly it grew."""
        return max(self._gaps, default=0)

    @property
    def is_scan(self) -> bool:
        """Whether no hand types so."""
        is_fast = len(self._gaps) >= SHORTEST - 1 and max(self._gaps) <= FAST_MS
        return is_fast or is_machine(self._gaps)

    def grow(self, preedit: str, at_ms: int, *, slowest_gap_ms: int) -> None:
        """What is composed at this instant."""
        text = half_width(preedit).translate(_PARTED)
        more, before = len(text) - len(self._text), self._text
        self._text = text
        is_grown = more > 0 and text.isascii() and text.startswith(before)
        if not is_grown or (more > 1 and not before):
            self._from, self._gaps = len(text), []
        elif at_ms - self._last_ms > slowest_gap_ms or self._from == len(before):
            self._from, self._gaps = len(text) - more, [0] * (more - 1)
        else:
            self._gaps += [(at_ms - self._last_ms) // more] * more
        self._last_ms = at_ms

    def forget(self) -> None:
        """Nothing is composed any more."""
        self._text, self._from, self._gaps = "", 0, []
