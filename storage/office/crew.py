"""帮手: processes that look at many sales at once; one alone has but one core."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from os import cpu_count
from threading import Lock

from storage.second_process import follow, give_way, undisturbed

MOST = 4
WORTH_IT = 16
"""What is less is looked at before it has travelled there and back."""
PARTS = 2
"""For each process: who is done first takes another."""


class Processes:
    """Implements `core.ports.office.Crew`. They begin with the first work that is worth it.

    Those that are patient work while nobody else wants to, and this process does nothing for them.
    """

    def __init__(self, *, are_patient: bool = False) -> None:
        self._are_patient = are_patient
        self._worth_it = 1 if are_patient else WORTH_IT
        self._size = min(MOST, cpu_count() or 1)
        self._pool: ProcessPoolExecutor | None = None
        self._lock = Lock()

    def each(self, do: Callable[[bytes], str], many: Sequence[bytes]) -> list[str]:
        """`do` of each, in their order; here, where no other process does it."""
        if len(many) < self._worth_it or self._size < 2:
            return [do(one) for one in many]
        part = -(-len(many) // (self._size * PARTS))
        pool = self._begun()
        try:
            with undisturbed():
                answers = pool.map(do, many, chunksize=part)
            return list(answers)
        except (RuntimeError, CancelledError):
            # Somebody killed one of them, and with it what waited: the next time others begin.
            self._drop(pool)
            return [do(one) for one in many]
        except OSError:
            # The machine lets nobody else begin, and would not the next time: this one goes on.
            self._size = 1
            self._drop(pool)
            return [do(one) for one in many]

    def begin(self, do: Callable[[bytes], str]) -> None:
        """Now, with nothing, and not with the first work of this kind: it takes them a second."""
        if self._size < 2:
            return
        pool = self._begun()
        try:
            with undisturbed():
                for _ in range(self._size):
                    pool.submit(do, b"")
        except OSError:
            self._size = 1
            self._drop(pool)

    def close(self) -> None:
        """They end with what they are at."""
        if self._pool is not None:
            self._drop(self._pool)

    def _begun(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                spawned = get_context("spawn")
                ready = partial(_get_ready, self._are_patient)
                self._pool = ProcessPoolExecutor(self._size, spawned, initializer=ready)
            return self._pool

    def _drop(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        pool.shutdown(wait=True, cancel_futures=True)


def _get_ready(is_patient: bool) -> None:
    """Much is made for each sale, and next to nothing of it is circular."""
    follow()
    if is_patient:
        give_way()
    gc.set_threshold(100_000)
