"""末道: a snapshot waits for whoever sells, sends or pulls (sync.md 4).

A few tills take theirs at once, from the first chunk to the last; others are asked to come again.
Within that each chunk waits while anything else is being answered, for a while.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.errors import ServerBusy
from core.ports import Clock

AT_ONCE = 8
"""So many tills take a snapshot at the same time."""
CHUNKS_AT_ONCE = 2
SILENT_US = 20 * 1_000_000
"""Whoever did not ask for so long has let go of the place."""
AGAIN_S, LONGEST_AGAIN_S = 5, 60
LOOK_S, MOST_WAITS_S = 0.01, 2.0


class LastLane:
    """On the loop of the server alone; `others` are the requests that go before."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen_us: OrderedDict[str, int] = OrderedDict()
        self._turned_away = 0
        self._chunks = asyncio.Semaphore(CHUNKS_AT_ONCE)
        self.others = 0

    @asynccontextmanager
    async def entered(self, whose: str) -> AsyncIterator[None]:
        """For one chunk of whoever holds this token; raises ServerBusy."""
        self._admit(whose)
        async with self._chunks:
            await self._let_pass()
            yield

    def leave(self, whose: str) -> None:
        """It has the last one: the place is free."""
        self._seen_us.pop(whose, None)

    def _admit(self, whose: str) -> None:
        now_us = self._clock.steady_us()
        while self._seen_us and now_us - next(iter(self._seen_us.values())) > SILENT_US:
            self._seen_us.popitem(last=False)
            self._turned_away = 0
        if whose not in self._seen_us and len(self._seen_us) >= AT_ONCE:
            self._turned_away += 1
            # The more there are, the later they come: nobody is asked by them all at once.
            raise ServerBusy(min(AGAIN_S + self._turned_away // AT_ONCE, LONGEST_AGAIN_S))
        self._seen_us[whose] = now_us
        self._seen_us.move_to_end(whose)

    async def _let_pass(self) -> None:
        waits = 0.0
        while self.others and waits < MOST_WAITS_S:
            await asyncio.sleep(LOOK_S)
            waits += LOOK_S
