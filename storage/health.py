"""机器好不好: the disk of a home, its clock, and what its store went through."""

from __future__ import annotations

from core.ports import Health
from storage.faults import faults_of
from storage.import_turn import half_imports
from storage.machine import SystemClock, free_space
from storage.store import TillStore


class HomeHealth:
    """Implements `core.ports.Machine` for the home of a store."""

    def __init__(self, store: TillStore, clock: SystemClock, *, has_freed: bool = False) -> None:
        self._store = store
        self._clock = clock
        self.has_freed = has_freed
        """The disk was full: whoever opened the store gave it the reserve."""
        self.ended = ""
        """The file of a sudden end before this start."""

    def health(self) -> Health:
        """As it is now; raises Unavailable."""
        with faults_of(self._store.home):
            free_bytes = free_space(self._store.home)
        is_undoing = bool(half_imports(self._store))
        return Health(
            free_bytes,
            self._clock.behind_s,
            self._store.was_put_back,
            is_undoing=is_undoing,
            ended=self.ended,
            has_freed=self.has_freed,
        )
