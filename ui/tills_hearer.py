"""同店的机器: the thread of the network asks for their list, behind everything else."""

from __future__ import annotations

import logging

from core.actions.hear_tills import hear_tills
from core.errors import ServerBusy, ServerStrange
from core.ports.central import Central
from core.shop import Shop

ROUND_US = 2 * 60 * 1_000_000
_log = logging.getLogger(__name__)


class TillsHearer:
    """One round soon after the start, then each two minutes."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._due_us = 0

    def keep_up(self, central: Central, token: str) -> None:
        """A round where it is time. Raises what speaking with the server does.

        Where it has no time for a list, all else goes on: the store shares how often it may ask.
        """
        now_us = self._shop.clock.steady_us()
        if now_us < self._due_us:
            return
        try:
            hear_tills(self._shop, central, token)
        except (ServerStrange, ServerBusy) as error:  # an older server knows nothing of it
            _log.warning("no list of tills: %r", error)
        self._due_us = now_us + ROUND_US
