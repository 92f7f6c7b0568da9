"""费力: how much work a quote may still take, counted in steps and never by a clock.

A step is about what one way to go on with one packing costs. The same inputs take the same steps,
so a quote that runs out of them is the same quote on every machine.
"""

from __future__ import annotations

# A part of a basket with few offers may take so many: most take a hundredth of it, and what takes
# all a second. One with more offers than are proven may take so many.
MOST_STEPS = 250_000
FEW_STEPS = 2_500
# And so many for simple choices where these are gone.
LAST_STEPS = 1_000
# What else is counted: to look at a choice, and to bound one.
OF_A_CHOICE = 100
OF_A_BOUND = 15


class Effort:
    """The steps that are left."""

    __slots__ = ("_all", "_left", "_low")

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self.begin(steps)

    @property
    def is_spent(self) -> bool:
        """Whether nothing more should be tried."""
        return self._left <= 0

    @property
    def is_low(self) -> bool:
        """Whether what is left should go to many choices rather than to one packing."""
        return self._left <= self._low

    def spend(self, steps: int) -> None:
        """So many were taken."""
        self._left -= steps

    def begin(self, steps: int) -> None:
        """So many from here on: each part of a basket has its own."""
        self._all = self._left = steps
        self._low = steps // 2

    def grant(self, steps: int) -> None:
        """No less than so many in all."""
        if steps > self._all:
            self._left += steps - self._all
            self._all, self._low = steps, steps // 2

    def refill(self, steps: int) -> None:
        """So many again, for many choices rather than for one packing."""
        self._left = self._low = steps
