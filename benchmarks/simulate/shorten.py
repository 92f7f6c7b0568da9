"""缩短: of a story that shows a mistake, the shortest part found in time that shows it too."""

from __future__ import annotations

import time
from collections.abc import Sequence

from benchmarks.simulate.run import Outcome, run
from benchmarks.simulate.story import Step

PATIENCE_S = 180


def kinds_of(outcome: Outcome) -> set[str]:
    """The first words of what is wrong."""
    return {trouble.partition(":")[0] for trouble in outcome.troubles}


def shorten(
    seed: str, steps: Sequence[Step], outcome: Outcome, *, tills: int, patience_s: int = PATIENCE_S
) -> list[Step]:
    """Leave out ever smaller pieces, as long as one of the same mistakes is still there."""
    wanted, until = kinds_of(outcome), time.monotonic() + patience_s
    left = list(steps[: outcome.reached])
    size = max(1, len(left) // 2)
    while time.monotonic() < until:
        start, has_shrunk = 0, False
        while start < len(left) and time.monotonic() < until:
            fewer = left[:start] + left[start + size :]
            if kinds_of(run(seed, fewer, tills=tills)) & wanted:
                left, has_shrunk = fewer, True
            else:
                start += size
        if size == 1 and not has_shrunk:
            break
        size = max(1, size // 2)
    return left
