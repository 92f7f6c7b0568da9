"""扫码枪: tells the keys of a scanner from those of a hand, by time alone.

A wedge scanner types a code as keys, each let go before the next is pressed, none held longer than
a blink, and ends with Enter or Tab. Where it is faster than any hand, that is enough; a slow one is
known by its evenness: its keys follow each other as a clock ticks, and are let go before half of
the time to the next is over. A hand that types as fast rolls: it presses a key before it has let
go of the one before, it holds each for 60 ms and more, and its fingers have ways of different
length to go.

Instants are milliseconds of any clock that only goes forward.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.trust.pins import MOST

SLOWEST_GAP_MS = 90
LONGEST_DWELL_MS = 50
SHORTEST = 4
# No hand presses one key after the other as quickly as this.
HAND_GAP_MS = 40
# A slower scanner is nearer to a hand: it has to type more, and evenly, before it is believed.
SHORTEST_WHEN_SLOW = 6
# Scanners are taken up to 60 ms a key without being measured; their clock may add a little.
PACE_MS = 70
# A tick of the coarsest clock that gives keys their time (15.6 ms, Windows), and a little.
EVEN_MS = 18
# Of so many gaps one may be longer and one shorter than the others: the machine was busy.
GAPS_A_SLIP = 8
# So many keys in this rhythm no hand types: what ends them may come late, as from a slow machine.
SURE = 8
LATEST_END_MS = 500

# A code never begins so soon behind another key: what comes then belongs to what a hand is typing,
# or to a code that was cut in two, and half a code must not be taken for a whole one.
REST_MS = 300


def is_no_hand(gaps: Sequence[int]) -> bool:
    """Whether keys with these times between them came faster than a hand, however unevenly."""
    return len(gaps) >= SURE - 1 and _middle(gaps) < HAND_GAP_MS


def is_even(gaps: Sequence[int], pace_ms: int = PACE_MS) -> bool:
    """Whether keys followed each other as a clock ticks, and no slower than this."""
    slips = len(gaps) // GAPS_A_SLIP
    inner = sorted(gaps)[slips : len(gaps) - slips]
    return _middle(gaps) <= pace_ms and inner[-1] - inner[0] <= EVEN_MS


def is_machine(gaps: Sequence[int], pace_ms: int = PACE_MS) -> bool:
    """Whether so many keys with these times between them are surely no hand's."""
    return is_no_hand(gaps) or (len(gaps) >= SURE - 1 and is_even(gaps, pace_ms))


def _middle(times: Sequence[int]) -> int:
    return sorted(times)[len(times) // 2]


class Burst:
    """The keys that came last, as long as they may be those of a scanner.

    `pace_ms` is the pace of the slowest scanner here, `slowest_gap_ms` the longest of its pauses.
    """

    def __init__(self, slowest_gap_ms: int = SLOWEST_GAP_MS, pace_ms: int = PACE_MS) -> None:
        self.slowest_gap_ms = slowest_gap_ms
        self._pace_ms = pace_ms
        self._signs: list[str] = []
        self._gaps: list[int] = []
        self._dwells: list[int] = []
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
        is_sure = is_machine(self._gaps, self._pace_ms)
        return LATEST_END_MS if is_sure else self.slowest_gap_ms

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
        if not self._signs:
            self._dwells.clear()  # of keys that type no sign
        self._signs.append(sign)
        return True

    def release(self, key: int, at_ms: int) -> bool:
        """A key is let go; False: it was held as only a hand holds it."""
        pressed_ms = self._down.pop(key, at_ms)
        dwell_ms = at_ms - pressed_ms
        if dwell_ms <= LONGEST_DWELL_MS:
            self._dwells.append(dwell_ms)
            return True
        self.forget()
        return False

    def end(self, at_ms: int, *, is_secret: bool = False) -> str:
        """The code that Enter or Tab ends now, "" where a hand typed; what came before is over.

        `is_secret`: it went into a field for a PIN.
        """
        last_ms, patience_ms = self._last_ms, self.patience_ms
        if last_ms is None or at_ms - last_ms > patience_ms:
            self._last_ms = None
            self.forget()
            return ""
        return self._taken(at_ms - last_ms, is_secret=is_secret)

    def end_of_silence(self, *, is_secret: bool = False) -> str:
        """The code of a scanner that ends its codes with nothing, "" where a hand typed."""
        return self._taken(0, is_secret=is_secret)

    def _taken(self, waited_ms: int, *, is_secret: bool) -> str:
        code, is_scan = "".join(self._signs), self._is_scan(waited_ms, is_secret=is_secret)
        self._last_ms = None
        self.forget()
        return code if is_scan else ""

    def _is_scan(self, waited_ms: int, *, is_secret: bool) -> bool:
        gaps, count = self._gaps, len(self._signs)
        if self._down or count < SHORTEST:
            return False
        if max([*gaps, waited_ms]) < HAND_GAP_MS:
            return True
        if count < SHORTEST_WHEN_SLOW:
            return False
        if _middle(gaps) < HAND_GAP_MS:
            return True
        # a scanner that was measured as slower than any that is promised shares its pace with hands
        may_be_pin = is_secret and count <= MOST and "".join(self._signs).isdigit()
        pace_ms = PACE_MS if may_be_pin else self._pace_ms
        return is_even(gaps, pace_ms) and _middle(self._dwells or [0]) <= pace_ms // 2 + 2

    def adopt(self, signs: str, gap_ms: int, at_ms: int) -> None:
        """Signs that came otherwise than as keys, at such a pace, the last of them just now."""
        self._signs = list(signs)
        self._gaps = [gap_ms] * (len(signs) - 1)
        self._dwells.clear()
        self._last_ms = at_ms

    def touch(self, at_ms: int) -> None:
        """Something else was typed now: no code begins so soon behind it."""
        self.forget()
        self._last_ms = at_ms

    def forget(self) -> None:
        """What came so far was a hand's."""
        self._signs.clear()
        self._gaps.clear()
        self._dwells.clear()
