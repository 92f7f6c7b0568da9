"""柜台的线: the thread that asks the server for points while a customer waits (sync.md 4, lanes).

It has a connection of its own, so that no asking waits behind a batch or a page, and soon gives
up. What was let go it tells in between, until that is answered. It knows no Qt.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import closing

from msgspec import Struct

from core.actions.reserve import Wanted, has_dropped, note_line, reserve, tell_dropped
from core.errors import (
    Cancelled,
    NotInChain,
    ServerUnreachable,
    SessionOver,
    Shortfall,
    Unavailable,
)
from core.ports.central import Central
from core.shop import Shop
from core.sync.own_escrow import OwnEscrow
from core.sync.session import Session
from core.sync.spending import ANSWER_US
from ui.open_line import OpenLine

FIRST_S, LONGEST_S = 2.0, 60.0
"""So long after a failure what was let go is told again; twice as long after each more."""
STEP_S = 0.02
Told = Callable[[OwnEscrow | None, Exception | None], object]
_log = logging.getLogger(__name__)


class _Asking(Struct):
    wanted: Wanted
    told: Told


class CounterLine:
    """`session` is that of the sender, None without one; `renew` has it begin another.

    `told` is called on this thread.
    """

    def __init__(
        self,
        shop: Shop,
        central: Callable[[], Central],
        session: Callable[[], Session | None],
        renew: Callable[[], object],
    ) -> None:
        self._shop = shop
        self._line = OpenLine(central)
        self._session, self._renew = session, renew
        self._bell = threading.Condition()
        self._askings: deque[_Asking] = deque()
        self._is_asked, self._is_stopped = True, False
        self._wait_s = FIRST_S
        self._thread = threading.Thread(target=self._run, name="counter line", daemon=True)

    def begin(self) -> None:
        """Serve until `stop`; first of all what was let go before."""
        self._thread.start()

    def reserve(self, wanted: Wanted, told: Told) -> None:
        """Ask for these."""
        with self._bell:
            self._askings.append(_Asking(wanted, told))
            self._bell.notify()

    def tidy(self) -> None:
        """Something was let go."""
        with self._bell:
            self._is_asked, self._wait_s = True, FIRST_S
            self._bell.notify()

    def stop(self) -> None:
        """What was begun with the store is finished; nobody waits for the network."""
        with self._bell:
            self._is_stopped = True
            self._bell.notify()
        self._line.cut(self._thread)

    def _run(self) -> None:
        with closing(self._line):
            while not self._is_stopped:
                try:
                    self._serve(self._next())
                except (Cancelled, NotInChain):
                    return
                except Exception:  # noqa: BLE001 - whoever asked was told: go on
                    _log.exception("the line of the counter failed")

    def _next(self) -> _Asking | None:
        """What is asked next; None where something is to be told."""
        with self._bell:
            while not (self._askings or self._is_asked or self._is_stopped):
                self._bell.wait()
            if self._askings:
                return self._askings.popleft()
            self._is_asked = False
            return None

    def _serve(self, asking: _Asking | None) -> None:
        if self._is_stopped:
            return
        if asking is None:
            self._tell()
            return
        try:
            own = self._in_session(lambda token: self._reserve(token, asking.wanted))
        except (Cancelled, NotInChain) as over:
            asking.told(None, over)
            raise
        except Exception as error:  # noqa: BLE001 - it must reach the screen
            if not isinstance(error, Shortfall):
                _log.exception("points could not be asked for")
            if isinstance(error, Unavailable):
                note_line(self._shop, is_open=False)
                self._renew()
            asking.told(None, error)
            return
        asking.told(own, None)

    def _reserve(self, token: str, wanted: Wanted) -> OwnEscrow:
        return reserve(self._shop, self._line, token, wanted)

    def _in_session(self, do: Callable[[str], OwnEscrow]) -> OwnEscrow:
        """Once more where the session just ended, while there is time."""
        session = self._session()
        if session is None:
            raise ServerUnreachable("nowhere")
        try:
            return do(session.token)
        except SessionOver:
            self._renew()
        end_us = self._shop.clock.steady_us() + ANSWER_US
        while (other := self._session()) is None or other.token == session.token:
            if self._is_stopped or self._shop.clock.steady_us() > end_us:
                raise ServerUnreachable("silent")
            time.sleep(STEP_S)
        return do(other.token)

    def _tell(self) -> None:
        """What was let go; again later where nobody answers."""
        if not has_dropped(self._shop):
            return
        session = self._session()
        try:
            if session is not None:
                tell_dropped(self._shop, self._line, session.token)
                return
        except SessionOver:
            self._renew()
        except Unavailable as error:
            _log.info("what was let go is told later: %r", error)
        with self._bell:
            if not (self._askings or self._is_stopped):
                self._bell.wait(self._wait_s)
            self._is_asked, self._wait_s = True, min(2 * self._wait_s, LONGEST_S)
