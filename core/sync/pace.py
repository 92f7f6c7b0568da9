"""节奏: how long until the till tries again, and how much it sends at once (sync.md 4)."""

from __future__ import annotations

from msgspec import Struct

from core.sync.wire import MOST_EVENTS, USUAL_EVENTS

FIRST_MS, LONGEST_MS = 1000, 5 * 60 * 1000
PATIENCE_MS = 60 * 60 * 1000
"""However long a server asks us to wait: who is there then is asked again after an hour."""
QUICK_MS, SLOW_MS = 1000, 5000
ROLL_BYTES = 4


class Pace(Struct, frozen=True):
    """Tries that failed one after another, and how many events are sent at once."""

    failures: int = 0
    batch: int = USUAL_EVENTS

    def failed(self) -> Pace:
        """Nothing came of it: longer waits, and less at once."""
        return Pace(self.failures + 1, max(1, self.batch // 2))

    def went_well(self, sent: int, took_ms: int) -> Pace:
        """There was an answer: more at once where it was quick, less where it was slow."""
        batch = self.batch
        if took_ms > SLOW_MS:
            batch = max(1, batch // 2)
        elif took_ms < QUICK_MS and sent >= batch:
            batch = min(MOST_EVENTS, batch * 2)
        return Pace(0, batch)

    def wait_ms(self, roll: bytes) -> int:
        """Until the next try: doubled with each failure, and another for each till of a chain."""
        longest = min(LONGEST_MS, FIRST_MS << min(self.failures - 1, 20)) if self.failures else 0
        return _between(longest // 2, longest, roll)


def asked_ms(wait_s: int, roll: bytes) -> int:
    """As long as the server asks for, and up to a quarter more: not all come back at once."""
    asked = min(max(wait_s, 1) * 1000, PATIENCE_MS)
    return _between(asked, asked + asked // 4, roll)


def _between(least: int, most: int, roll: bytes) -> int:
    return least + int.from_bytes(roll, "big") % (most - least + 1)
