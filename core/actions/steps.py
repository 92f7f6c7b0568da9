"""一步一步: long work in short steps, each a transaction: a till beside it goes on selling."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar


class Step(Protocol):
    """What one step came to; `is_done`: nothing is left for another one."""

    @property
    def is_done(self) -> bool: ...


S = TypeVar("S", bound=Step)


def stay() -> None:
    """No rest between two steps: nobody sells beside it."""


def every_step(do: Callable[[], S], rest: Callable[[], None]) -> Iterator[S]:
    """Each step's outcome, until one is the last; whoever works beside a till rests in between."""
    while True:
        step = do()
        yield step
        if step.is_done:
            return
        rest()
