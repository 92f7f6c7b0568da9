"""让一让: the thread of the network rests while somebody types or scans (sync.md 4).

What it does in between is short, but each of it may hold up a key that comes just then. It never
rests for long: whoever types all day is worked beside, a step at a time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

CALM_S = 0.12
"""So long after a key or a scan: the next one has come by then, or what it asked for is painted."""
MOST_S = 0.5
"""After so long one step is done, whoever types."""


class GiveWay:
    """`used` is for the thread of the screen, `rest` for that of the network.

    `rested_us`: how long it has rested in all.
    """

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._calm_s = 0.0
        self._over = threading.Event()
        self.rested_us = 0

    def used(self) -> None:
        """A key or a scan came."""
        self._calm_s = self._now_s() + CALM_S

    def rest(self) -> None:
        """Until nobody has typed or scanned for a moment, but not for long."""
        began_s = now_s = self._now_s()
        while (left_s := min(self._calm_s, began_s + MOST_S) - now_s) > 0:
            if self._over.wait(left_s):
                break
            now_s = self._now_s()
        self.rested_us += round((now_s - began_s) * 1_000_000)

    def end(self) -> None:
        """Nobody rests any more."""
        self._over.set()
