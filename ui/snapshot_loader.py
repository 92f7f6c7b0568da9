"""收名录: the thread of the network takes a snapshot, behind all that it sends and pulls."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from core.actions.take_snapshot import (
    Progress,
    SnapshotTaker,
    comes_first,
    is_needed,
)
from core.errors import (
    Cancelled,
    ChunkBroken,
    NotInChain,
    ServerBusy,
    ServerStrange,
    ServerUnreachable,
    SessionOver,
    SnapshotGone,
    Unavailable,
)
from core.ports.central import Central
from core.shop import Shop
from core.sync.pace import LONGEST_MS, ROLL_BYTES, asked_ms
from core.sync.session import Session

REST_S = 0.002
"""Between two chunks: whoever sells comes in between."""
MOST_US = 10 * 1_000_000
"""So long without a look at what else there is to be sent and pulled."""
SOON_MS = 5000
MOST_BAD = 3
"""After so many bad chunks in a row another snapshot is begun."""
_log = logging.getLogger(__name__)


class SnapshotLoader:
    """`progress`: how far it is; None where nothing is being taken. `error`: why it stands."""

    def __init__(self, shop: Shop, on_progress: Callable[[], None]) -> None:
        self._shop = shop
        self._taker = SnapshotTaker(shop)
        self._on_progress = on_progress
        self._due_us = 0
        self._bad = 0
        self.progress: Progress | None = None
        self.error: Exception | None = None

    def must_come_first(self, session: Session) -> bool:
        """Whether there is no place yet from which one could pull.

        Where no snapshot can be had, one pulls from the first change on: it takes longer.
        """
        is_stuck = self.error is not None and not isinstance(self.error, ServerBusy)
        return not is_stuck and comes_first(self._shop, session)

    def take(self, central: Central, session: Session, may_go_on: Callable[[], bool]) -> bool:
        """Take chunks while one may go on; whether there is nothing to take now.

        What is wrong about a snapshot holds up nothing that is sent. Otherwise raises what speaking
        with the server does.
        """
        until_us = self._shop.clock.steady_us() + MOST_US
        while True:
            if self._shop.clock.steady_us() < self._due_us:
                return True
            if not is_needed(self._shop, session):
                self.close()
                return True
            self._step(central, session)
            if not may_go_on() or self._shop.clock.steady_us() > until_us:
                return False
            time.sleep(REST_S)

    @property
    def is_done(self) -> bool:
        """Whether the last step was the last of all."""
        return self.progress is not None and self.progress.is_done

    def wait_ms(self, longest: int) -> int:
        """How long one may rest before it goes on."""
        left_ms = (self._due_us - self._shop.clock.steady_us()) // 1000
        return min(longest, max(left_ms, 0)) if self.error is not None else longest

    def hurry(self) -> None:
        """Somebody wants it now."""
        self._due_us = 0

    def close(self) -> None:
        """It goes on another time, if at all."""
        self._taker.close()
        self.progress = self.error = None

    def _step(self, central: Central, session: Session) -> None:
        try:
            self.progress = self._taker.step(central, session)
            self.error, self._bad = None, 0
        except (NotInChain, SessionOver, ServerUnreachable, Cancelled):
            self._taker.close()
            raise
        except SnapshotGone:
            self._taker.give_up()
        except ServerBusy as error:
            self._put_off(error, asked_ms(error.wait_s, self._shop.dice.roll(ROLL_BYTES)))
        except (ChunkBroken, ServerStrange) as error:
            self._bad += 1
            if self._bad % MOST_BAD == 0:
                self._taker.give_up()
            self._put_off(error, min(SOON_MS * self._bad, LONGEST_MS))
        except Unavailable as error:  # of this machine: its disk
            self._put_off(error, LONGEST_MS)
        except Exception as bug:  # noqa: BLE001 - it is shown, and what is sent goes on
            _log.exception("a snapshot could not be taken")
            self._put_off(bug, LONGEST_MS)
        self._on_progress()

    def _put_off(self, error: Exception, wait_ms: int) -> None:
        self._taker.close()
        self.error = error
        self._due_us = self._shop.clock.steady_us() + wait_ms * 1000
