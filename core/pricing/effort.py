"""费力: how much work a quote may still take, counted in steps and never by a clock.

A step is a way to go on that is looked at, whether it is kept or not; what takes longer counts as
so many steps, so that all of them cost about the same. What is begun is ended, if narrowly, so a
few more may be taken than there are. The same inputs take the same steps: a quote that runs out of
them is the same quote on every machine.
"""

from __future__ import annotations

# A part of a basket with few offers may take so many: most take a hundredth of it, and what takes
# all about two seconds. One with more offers than are proven may take so many.
MOST_STEPS = 1_500_000
FEW_STEPS = 8_000
# And so many for simple choices where these are gone.
LAST_STEPS = 3_500
# So many more may be taken to end what was begun.
OVERDRAFT = 50_000
# What else is counted: to make a state of a deal, to look at a choice, and to bound one.
OF_A_STATE = 4
OF_A_CHOICE = 400
OF_A_BOUND = 60


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

    @property
    def is_overdrawn(self) -> bool:
        """Whether what is begun should not even go on narrowly."""
        return self._left <= -OVERDRAFT

    def is_enough_for(self, steps: int) -> bool:
        """Whether so many are left."""
        return self._left >= steps

    def spend(self, steps: int) -> None:
        """So many were taken."""
        self._left -= steps

    def begin(self, steps: int) -> None:
        """So many from here on: each part of a basket has its own."""
        self._all = self._left = steps
        self._low = steps // 5

    def grant(self, steps: int) -> None:
        """No less than so many in all."""
        if steps > self._all:
            self._left += steps - self._all
            self._all, self._low = steps, steps // 5

    def refill(self, steps: int) -> None:
        """So many again, for many choices rather than for one packing."""
        self._left = self._low = steps
