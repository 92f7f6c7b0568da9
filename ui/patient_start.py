"""等前一个: a start that finds the store held by another till waits a little before it gives up.

A till that has only begun hears no knock for some seconds, and one that ends holds its store until
all is written. Whoever starts another one meanwhile gets the window of the first, or the store.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from core.errors import AlreadyOpen, StoreLocked

if TYPE_CHECKING:
    from core.shop import Shop
    from ui.work import Opening

PATIENCE_S, PAUSE_S = 5.0, 0.3


@contextmanager
def opened_in_turn(opening: Opening, is_there: Callable[[], bool]) -> Iterator[Shop]:
    """The shop, as soon as nobody else holds it; `is_there` knocks at whoever does.

    Raises AlreadyOpen where that one answered, StoreLocked where it neither answers nor ends.
    """
    with ExitStack() as kept:
        yield _entered(kept, opening, is_there)


def _entered(kept: ExitStack, opening: Opening, is_there: Callable[[], bool]) -> Shop:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return kept.enter_context(opening())
        except StoreLocked:
            if is_there():
                raise AlreadyOpen() from None
            if time.monotonic() >= until:
                raise
        time.sleep(PAUSE_S)
