"""车道: who waits at a counter goes first (sync.md 4); pushes take turns, or come again later.

Each lane has threads of its own, so that nobody who asks for points waits behind what was sold
yesterday, nor behind whoever has to have it read first. How long a push takes is learned of those
before it: whoever finds no place is told a moment at which one will be free, each another, and no
two waves of tills meet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from core.errors import ServerBusy
from core.ports import Clock

T = TypeVar("T")
SECOND_US = 1_000_000
LONGEST_WAIT_S = 60
USUAL_PUSH_US = 100_000
"""Of one alone, until some were seen."""
READ_AGAIN_S = 5
SLOWLY = 8
"""Of how many pushes, about, the mean is that the next is expected to take."""


class Lanes:
    """For the thread that answers; what is done in them is done on others."""

    def __init__(
        self, clock: Clock, *, urgent: int, readers: int, pushes: int, waiting: int
    ) -> None:
        self._clock = clock
        self._readers, self._most_reading = CapacityLimiter(readers), waiting
        self._urgent, self._pushes = CapacityLimiter(urgent), CapacityLimiter(pushes)
        self._at_once, self._most = pushes, pushes + waiting
        self._inside = 0
        self._each_us = USUAL_PUSH_US
        # Up to then, those who were told to come again have the places.
        self._promised_us = 0

    async def hurry(self, work: Callable[[], T]) -> T:
        """What somebody at a counter waits for."""
        return await run_sync(work, limiter=self._urgent)

    async def read_first(self, work: Callable[[], T]) -> T:
        """What is answered only when all that came is read; raises ServerBusy behind too many."""
        if self._readers.statistics().tasks_waiting >= self._most_reading:
            raise ServerBusy(READ_AGAIN_S)
        return await run_sync(work, limiter=self._readers)

    async def push(self, work: Callable[[], T]) -> T:
        """As many at once as there are threads for them; the others in the order they came."""
        return await run_sync(self._timed, work, limiter=self._pushes)

    def enter(self) -> None:
        """A place among those who wait to push; raises ServerBusy where there is none."""
        if self._inside >= self._most:
            raise ServerBusy(self._promise_s())
        self._inside += 1

    def leave(self) -> None:
        """It is free again."""
        self._inside -= 1

    def _timed(self, work: Callable[[], T]) -> T:
        began_us = self._clock.steady_us()
        try:
            return work()
        finally:
            took_us = self._clock.steady_us() - began_us
            self._each_us += (took_us - self._each_us) // SLOWLY

    def _promise_s(self) -> int:
        now_us, each_us = self._clock.steady_us(), self._each_us // self._at_once
        free_us = max(self._promised_us, now_us + self._most * each_us)
        self._promised_us = min(free_us + each_us, now_us + LONGEST_WAIT_S * SECOND_US)
        return -(-(self._promised_us - now_us) // SECOND_US)
