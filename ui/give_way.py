"""让一让: the thread of the network rests while somebody types or scans (sync.md 4).

What it does in between is short, but each of it may hold up a key that comes just then: so it rests
before each transaction in the store and around each question to the server, and goes on a step at a
time right behind a key, when what that one asked for is painted and no hand has pressed the next.
It never rests for long: whoever types all day is worked beside. Nor where somebody waits for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from core.ports import Reading, Store, Writing

CALM_S = 0.5
"""So long after a key or a scan nobody is at it any more."""
GAP_S = 0.02
"""So long after a key what it asked for is painted; a hand presses the next one later."""
STEP_S = 0.01
"""What is done in so short a time is one step; it begins within as long behind the gap."""
MOST_S = 1.0
"""After so long there is a step, whoever types."""


class GiveWay:
    """`used` is for the thread of the screen, `rest` for that of the network.

    `rested_us`: how long it has rested in all.
    """

    def __init__(self, now_s: Callable[[], float] = time.perf_counter) -> None:
        self._now_s = now_s
        self._used_s = -CALM_S
        self._step_s = -STEP_S
        self._over = threading.Event()
        self._is_hurried = False
        self.rested_us = 0

    def used(self) -> None:
        """A key or a scan came."""
        self._used_s = self._now_s()

    def hurry(self) -> None:
        """Somebody waits for what is being done: it does not rest, until `unhurried`."""
        self._is_hurried = True

    def unhurried(self) -> None:
        """Nobody waits any more."""
        self._is_hurried = False

    @property
    def is_somebody_there(self) -> bool:
        """Whether one who types or scans is given way to."""
        return not self._is_hurried and self._now_s() < self._used_s + CALM_S

    def rest(self, *, is_long: bool = False) -> None:
        """Until nobody is at it, or there is room for a step; but not for long.

        What `is_long` takes a step of its own.
        """
        began_s = now_s = self._now_s()
        is_within = self._used_s < self._step_s and began_s < self._step_s + STEP_S
        if is_within and not is_long:
            return
        while not self._is_hurried and (left_s := self._due_s(began_s, now_s) - now_s) > 0:
            if self._over.wait(min(left_s, GAP_S)):  # a key may come meanwhile
                break
            now_s = self._now_s()
        self._step_s = now_s
        self.rested_us += round((now_s - began_s) * 1_000_000)

    def end(self) -> None:
        """Nobody rests any more."""
        self._over.set()

    def _due_s(self, began_s: float, now_s: float) -> float:
        """Until when it rests if no key comes any more."""
        used_s = self._used_s
        has_room = self._step_s <= used_s and now_s <= used_s + GAP_S + STEP_S
        return min(used_s + (GAP_S if has_room else CALM_S), began_s + MOST_S)


class PoliteStore:
    """Implements `core.ports.Store` by another one: before a look or a transaction it rests."""

    def __init__(self, store: Store, way: GiveWay) -> None:
        self._store = store
        self._way = way

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def read(self) -> AbstractContextManager[Reading]:
        self._way.rest()
        return self._store.read()

    def write(self) -> AbstractContextManager[Writing]:
        self._way.rest(is_long=True)
        return self._store.write()


def polite(store: Store, way: GiveWay) -> Store:
    """The same store, for a thread that gives way."""
    return cast("Store", PoliteStore(store, way))
