"""取全店的销售: the network thread of an office PC takes what its store sold, behind all else.

At a till there is nothing to take, and nothing of it is loaded: it counts what it sells itself.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from core.errors import (
    Cancelled,
    NotInChain,
    OnlyForOffice,
    ServerBusy,
    ServerStrange,
    ServerUnreachable,
    SessionOver,
    Unavailable,
)
from core.ports.central import Central
from core.shop import Shop
from core.sync.pace import LONGEST_MS
from core.sync.session import Session

REST_S = 0.02
"""Between two pages: whoever looks at figures meanwhile comes in between."""
MOST_US = 10 * 1_000_000
"""So long without a look at what else there is to be sent and pulled."""
_log = logging.getLogger(__name__)


class StoreSalesLoader:
    """What was strange about a page is tried again later."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._due_us = 0

    def take(self, central: Central, session: Session, may_go_on: Callable[[], bool]) -> bool:
        """Take pages while one may go on; whether there is nothing to take now.

        What is wrong about a page holds up nothing that is sent. Otherwise raises what speaking
        with the server does.
        """
        with self._shop.store.read() as reading:
            if reading.till.till_no:
                return True
        if self._shop.clock.steady_us() < self._due_us:
            return True
        try:
            return self._take(central, session.token, may_go_on)
        except (NotInChain, SessionOver, ServerUnreachable, Cancelled):
            raise
        except ServerBusy as busy:
            self._put_off(busy.wait_s * 1000)
        except (ServerStrange, OnlyForOffice, Unavailable) as error:
            _log.warning("the sales of the store could not be taken: %r", error)
            self._put_off(LONGEST_MS)
        except Exception:  # noqa: BLE001 - the header says until when they are here
            _log.exception("the sales of the store could not be taken")
            self._put_off(LONGEST_MS)
        return True

    def hurry(self) -> None:
        """Somebody wants to know now."""
        self._due_us = 0

    def _take(self, central: Central, token: str, may_go_on: Callable[[], bool]) -> bool:
        from core.actions.bring_store_sales import hear_of_tills, next_page, take_page

        until_us = self._shop.clock.steady_us() + MOST_US
        hear_of_tills(self._shop, central, token)
        while (page := next_page(self._shop)) is not None:
            take_page(self._shop, central, token, page)
            if not may_go_on() or self._shop.clock.steady_us() > until_us:
                return False
            time.sleep(REST_S)
        return True

    def _put_off(self, wait_ms: int) -> None:
        self._due_us = self._shop.clock.steady_us() + wait_ms * 1000
