"""Measuring: medians and tails of many calls; limit and ours turn by turn, so noise hits both."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

from msgspec import Struct

Call = Callable[[], object]


class Timed(Struct, frozen=True):
    """Microseconds of one call: the median and the 99th percentile."""

    median_us: float
    p99_us: float


class Row(Struct, frozen=True):
    """One line of the table: `ours` and `limit` in `unit`; `target` is the highest ratio allowed.

    `tail` is the 99th percentile of ours where `most_tail` bounds it; that of the limit tells how
    noisy the machine was.
    """

    number: int
    work: str
    limit: float
    ours: float
    target: float
    unit: str = "µs"
    tail: float | None = None
    most_tail: float | None = None
    limit_tail: float | None = None

    @property
    def ratio(self) -> float:
        """Ours in limits."""
        return self.ours / self.limit

    @property
    def is_met(self) -> bool:
        """Ratio and tail within their targets."""
        is_short = self.tail is None or self.most_tail is None or self.tail <= self.most_tail
        return self.ratio <= self.target and is_short


def timed(call: Call, *, times: int) -> Timed:
    """Median and tail of so many calls, after a tenth of them to warm up."""
    return pair(call, None, times=times)[0]


def pair(ours: Call, limit: Call | None, *, times: int) -> tuple[Timed, Timed]:
    """Ours and the limit measured turn by turn."""
    for _ in range(max(1, times // 10)):
        ours()
        if limit is not None:
            limit()
    gc.collect()
    mine, least = [], []
    clock = time.perf_counter_ns
    for _ in range(times):
        begun = clock()
        ours()
        mine.append(clock() - begun)
        if limit is not None:
            begun = clock()
            limit()
            least.append(clock() - begun)
    return _timed(mine), _timed(least or mine)


def _timed(spans_ns: list[int]) -> Timed:
    spans_ns.sort()
    tail = spans_ns[min(len(spans_ns) - 1, len(spans_ns) * 99 // 100)]
    return Timed(statistics.median(spans_ns) / 1000, tail / 1000)
