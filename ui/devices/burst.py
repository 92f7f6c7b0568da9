"""扫码枪: tells the keys of a scanner from those of a hand, by time alone.

A wedge scanner types a code as keys, each let go before the next is pressed, none held longer than
a blink, evenly and faster than a hand, and ends with Enter or Tab. A hand that types as fast rolls:
it presses a key before it has let go of the one before, and it holds each for 60 ms and more.

Instants are milliseconds of any clock that only goes forward.
"""

from __future__ import annotations

from collections.abc import Sequence

SLOWEST_GAP_MS = 90
LONGEST_DWELL_MS = 50
SHORTEST = 4
# A slow scanner is nearer to a hand: it has to type more before it is believed.
SLOW_GAP_MS = 40
SHORTEST_WHEN_SLOW = 6
# So many keys in this rhythm no hand types: what ends them may come late, as from a slow machine.
SURE = 8
HAND_GAP_MS = 60
LATEST_END_MS = 500

# A code never begins so soon behind another key: what comes then belongs to what a hand is typing,
# or to a code that was cut in two, and half a code must not be taken for a whole one.
REST_MS = 300


def is_no_hand(gaps: Sequence[int]) -> bool:
    """Whether keys with these times between them were typed by a machine, however unevenly."""
    return len(gaps) >= SURE - 1 and sorted(gaps)[len(gaps) // 2] < HAND_GAP_MS


class Burst:
    """The keys that came last, as long as they may be those of a scanner."""

    def __init__(self, slowest_gap_ms: int = SLOWEST_GAP_MS) -> None:
        self.slowest_gap_ms = slowest_gap_ms
        self._signs: list[str] = []
        self._gaps: list[int] = []
        self._down: dict[int, int] = {}
        self._last_ms: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the next key begins a burst."""
        return not self._signs

    @property
    def last_ms(self) -> int | None:
        """When the last key was pressed."""
        return self._last_ms

    @property
    def patience_ms(self) -> int:
        """How long after its last key more of a scanner may come."""
        return LATEST_END_MS if is_no_hand(self._gaps) else self.slowest_gap_ms

    def is_cut_off(self, at_ms: int) -> bool:
        """Whether a key at this instant is too late to belong to the burst."""
        last_ms = self._last_ms
        return bool(self._signs) and last_ms is not None and at_ms - last_ms > self.slowest_gap_ms

    def press(self, key: int, sign: str, at_ms: int) -> bool:
        """A key with its sign; False: a hand typed this one and those before it."""
        gap = None if self._last_ms is None else at_ms - self._last_ms
        is_rolled = any(at_ms - pressed_ms < REST_MS for pressed_ms in self._down.values())
        if not is_rolled:
            self._down.clear()  # whatever was let go where nobody saw it holds up no scanner
        self._down[key] = at_ms
        self._last_ms = at_ms
        if is_rolled:
            self.forget()
            return False
        if self._signs and gap is not None:
            if 0 <= gap <= self.slowest_gap_ms:
                self._gaps.append(gap)
            else:
                self.forget()
        if not self._signs and gap is not None and 0 <= gap < REST_MS:
            return False
        self._signs.append(sign)
        return True

    def release(self, key: int, at_ms: int) -> bool:
        """A key is let go; False: it was held as only a hand holds it."""
        pressed_ms = self._down.pop(key, at_ms)
        if at_ms - pressed_ms <= LONGEST_DWELL_MS:
            return True
        self.forget()
        return False

    def end(self, at_ms: int) -> str:
        """The code that Enter or Tab ends now, "" where a hand typed; what came before is over."""
        last_ms, patience_ms = self._last_ms, self.patience_ms
        if last_ms is None or at_ms - last_ms > patience_ms:
            self._last_ms = None
            self.forget()
            return ""
        return self._taken(at_ms - last_ms)

    def end_of_silence(self) -> str:
        """The code of a scanner that ends its codes with nothing, "" where a hand typed."""
        return self._taken(0)

    def _taken(self, waited_ms: int) -> str:
        self._last_ms = None
        signs, self._signs = self._signs, []
        gaps, self._gaps = self._gaps, []
        slowest = max([*gaps, waited_ms])
        least = SHORTEST if slowest <= SLOW_GAP_MS else SHORTEST_WHEN_SLOW
        return "" if self._down or len(signs) < least else "".join(signs)

    def adopt(self, signs: str, gap_ms: int, at_ms: int) -> None:
        """Signs that came otherwise than as keys, at such a pace, the last of them just now."""
        self._signs = list(signs)
        self._gaps = [gap_ms] * (len(signs) - 1)
        self._last_ms = at_ms

    def touch(self, at_ms: int) -> None:
        """Something else was typed now: no code begins so soon behind it."""
        self.forget()
        self._last_ms = at_ms

    def forget(self) -> None:
        """What came so far was a hand's."""
        self._signs.clear()
        self._gaps.clear()
