"""限次: how often one address may ask; in memory, since the server is one process."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from core.errors import ServerBusy
from core.ports import Clock

MINUTE_US = 60_000_000
MOST_ADDRESSES = 10_000


class RateLimit:
    """So many a minute for each address, all at once where it was silent before."""

    def __init__(self, clock: Clock, a_minute: int) -> None:
        self._clock = clock
        self._each_us = MINUTE_US // a_minute
        # The instant up to which an address has used its share.
        self._used_us: OrderedDict[str, int] = OrderedDict()
        self._lock = Lock()

    def take(self, address: str) -> None:
        """One more of this address; raises ServerBusy."""
        now_us = self._clock.steady_us()
        with self._lock:
            used_us = max(self._used_us.pop(address, 0), now_us) + self._each_us
            is_much = used_us > now_us + MINUTE_US
            self._used_us[address] = used_us - self._each_us if is_much else used_us
            if len(self._used_us) > MOST_ADDRESSES:
                self._used_us.popitem(last=False)
        if is_much:
            raise ServerBusy(-(-(used_us - now_us - MINUTE_US) // 1_000_000))
