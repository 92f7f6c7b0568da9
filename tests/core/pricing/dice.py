"""Chance out of bytes that hypothesis deals at once: quicker by far than asking it for each value.

It makes the bytes smaller as it makes anything smaller, and after the last there are only zeros: so
the first of what there is to choose from should be the simplest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
# One byte is fair enough for so few.
FEW = 32
# Of so many numbers one is an end: rules change there.
ENDS = 6


class Dice:
    """What the next bytes say."""

    def __init__(self, throws: bytes) -> None:
        self._throws, self._at = throws, 0

    def below(self, count: int) -> int:
        """A number from nought up."""
        size = 1 if count <= FEW else 2
        thrown = self._throws[self._at : self._at + size]
        self._at += size
        return int.from_bytes(thrown, "big") % count

    def between(self, least: int, most: int) -> int:
        """A number, both ends among them, and oftener than others."""
        if most - least >= FEW and self.below(ENDS) == ENDS - 1:
            return self.of(least, least + 1, most)
        return least + self.below(most - least + 1)

    def one_in(self, count: int) -> bool:
        """So seldom."""
        return self.below(count) == count - 1

    def of(self, *some: T) -> T:
        """One of these."""
        return some[self.below(len(some))]

    def some(self, all_of: Sequence[T], least: int, most: int) -> list[T]:
        """So many of these, each once."""
        left = list(all_of)
        return [left.pop(self.below(len(left))) for _ in range(self.between(least, most))]


def thrown(deal: Callable[[Dice], T], most: int) -> st.SearchStrategy[T]:
    """What is dealt with up to so many bytes."""
    return st.binary(min_size=most, max_size=most).map(lambda throws: deal(Dice(throws)))
