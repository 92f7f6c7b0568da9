"""还要多久，问的时候: how far an answer is, by how long the same took last."""

from __future__ import annotations

from collections.abc import Callable

from ui.text import tr
from ui.time_left import with_time_left

WORTH_SAYING_S = 2.0
NEARLY = 990
"""Permille: it is not said to be done before it is."""


class AskedTime:
    """One is made for each report; `hear` is told on the thread that asks, `at` asked on another.

    Who hears nothing within two seconds waits for nothing.
    """

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._began_s: float | None = None
        self._left: tuple[float, float] | None = None

    @property
    def has_begun(self) -> bool:
        """Whether anything was put yet."""
        return self._began_s is not None

    def hear(self, left_ms: int | None) -> None:
        """A question is put now; all that are still to come take so long together."""
        now_s = self._now_s()
        self._left = None if left_ms is None else (now_s, left_ms / 1000)
        if self._began_s is None:
            self._began_s = now_s

    def at(self) -> tuple[int, str] | None:
        """Permille and words; None while nothing is worth saying."""
        if self._began_s is None:
            return None
        now_s = self._now_s()
        elapsed_s = now_s - self._began_s
        if elapsed_s < WORTH_SAYING_S:
            return None
        if self._left is None:
            words = tr("正在算，{seconds} 秒了；说不准还要多久", seconds=round(elapsed_s))
            return 0, words
        since_s, took_s = self._left
        left_s = since_s + took_s - now_s
        if left_s <= 0:
            return NEARLY, tr("正在算，{seconds} 秒了，比上次久", seconds=round(elapsed_s))
        permille = round(1000 * elapsed_s / (elapsed_s + left_s))
        return min(permille, NEARLY), with_time_left(tr("正在算"), max(1, round(left_s)))
