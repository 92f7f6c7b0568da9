"""下载: the thread of the network takes what head office has, behind what it sends (sync.md 4)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from core.actions.ask_members import ask_again
from core.actions.counter import keep_up
from core.actions.office_prices import begin_prices
from core.actions.pull import Pulled, pull
from core.actions.take_snapshot import begin_anew
from core.errors import ServerStrange, Shortfall, Unavailable
from core.ports.central import Central
from core.shop import Shop
from core.sync.pace import LONGEST_MS
from core.sync.session import Session

LEAST_REST_S, MOST_REST_S = 0.005, 0.05
_log = logging.getLogger(__name__)


class Puller:
    """`error`: why nothing could be taken the last time, though the server is there.

    `members_us`: when members became others than they were by it.
    """

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self.members_us = 0
        self._due_us = 0
        self.error: Exception | None = None

    def take(
        self, central: Central, url: str, session: Session, may_go_on: Callable[[], bool]
    ) -> bool:
        """Take pages while one may go on; whether there is no more of them now.

        What is strange about a page holds up nothing that is sent: it is asked again later.
        Otherwise raises what speaking with the server does.
        """
        if self._shop.clock.steady_us() < self._due_us:
            central.look(url)
            return True
        try:
            while True:
                pulled = self._pull(central, session)
                if pulled.begins_anew and session.chain_key:
                    begin_anew(self._shop)  # all of it at once, and not change by change
                    return False
                self.keep_up(may_go_on)
                if pulled.is_last:
                    break
                if not may_go_on():
                    return False
            if ask_again(self._shop, central, session.token):
                self._met()
        except ServerStrange as error:
            self._put_off(error)
            central.look(url)  # it may be no server of ours at all by now
            return True
        except Shortfall:
            raise
        except Exception as bug:  # noqa: BLE001 - it is shown, and what is sent goes on
            _log.exception("a page could not be taken")
            self._put_off(bug)
            return True
        self.error = None
        return True

    def _pull(self, central: Central, session: Session) -> Pulled:
        pulled = pull(self._shop, central, session)
        if pulled.members:
            self._met()
        return pulled

    def _met(self) -> None:
        self.members_us = self._shop.clock.steady_us()

    def keep_up(self, may_go_on: Callable[[], bool]) -> None:
        """Let hold what has come of age: for that no network is needed."""
        try:
            keep_up(self._shop)
            begin_in_steps(self._shop, may_go_on)
        except Unavailable as trouble:
            _log.warning("not kept up: %r", trouble)  # sending tells of it

    def hurry(self) -> None:
        """Somebody wants to know now."""
        self._due_us = 0

    def _put_off(self, error: Exception) -> None:
        self.error = error
        self._due_us = self._shop.clock.steady_us() + LONGEST_MS * 1000


def begin_in_steps(shop: Shop, may_go_on: Callable[[], bool]) -> None:
    """Prices begin, and half of the time is left to whoever sells beside it."""
    began_us = shop.clock.steady_us()
    while begin_prices(shop) and may_go_on():
        took_us = shop.clock.steady_us() - began_us
        time.sleep(min(max(LEAST_REST_S, took_us / 1_000_000), MOST_REST_S))
        began_us = shop.clock.steady_us()
