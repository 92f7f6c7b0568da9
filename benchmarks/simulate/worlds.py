"""许多世界: they know nothing of each other, so that each can be played alone, and many at once."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.simulate.run import Outcome, run
from benchmarks.simulate.story import story_of

TILLS, DAYS = 4, 10
"""Of a world."""


def worlds_played(seeds: list[str], jobs: int) -> Iterator[tuple[str, Outcome]]:
    """In the order of the seeds, by as many processes."""
    if jobs < 2 or len(seeds) < 2:
        _get_ready()
        yield from zip(seeds, map(played, seeds), strict=True)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_get_ready) as pool:
        try:
            yield from zip(seeds, pool.map(played, seeds), strict=True)
        finally:
            pool.shutdown(cancel_futures=True)


def _get_ready() -> None:
    """Much is made, and next to nothing of it is circular; disks that are put back are usual."""
    gc.set_threshold(100_000)
    logging.getLogger("storage.directory").setLevel(logging.ERROR)


def played(seed: str) -> Outcome:
    """One world."""
    return run(seed, story_of(seed, tills=TILLS, days=DAYS), tills=TILLS)
