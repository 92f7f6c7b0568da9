"""额度: the thread of the network takes and renews leases, behind everything else (sync.md 6)."""

from __future__ import annotations

import logging

from core.actions.leases import let_go_of_leases, renew_leases
from core.errors import ServerStrange
from core.ports.central import Central
from core.shop import Shop
from core.sync.session import Session

ROUND_US = 10 * 60 * 1_000_000
_log = logging.getLogger(__name__)


class LeaseKeeper:
    """One round soon after the start, then each ten minutes."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._due_us: int | None = None

    def keep_up(self, central: Central, session: Session) -> None:
        """A round where it is time. Raises what speaking with the server does.

        A clock that stands behind what it showed before the start ends no lease in time: then all
        of them are let go first.
        """
        now_us = self._shop.clock.steady_us()
        if self._due_us is not None and now_us < self._due_us:
            return
        if self._due_us is None and self._shop.machine.health().clock_behind_s:
            let_go_of_leases(self._shop)
        try:
            renew_leases(self._shop, central, session.token)
        except ServerStrange as strange:  # as with a page: what is sent goes on
            _log.warning("no leases: %r", strange)
        self._due_us = now_us + ROUND_US
