"""令牌: which were good a moment ago; of others the store is asked before their body is read."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from core.actions.begin_session import check_session
from core.shop import HeadOffice

GOOD_US = 60_000_000
MOST = 10_000


class Tokens:
    """Any thread may ask. Whether a token is good still is said by the store with each push."""

    def __init__(self, office: HeadOffice) -> None:
        self._office = office
        self._until_us: OrderedDict[str, int] = OrderedDict()
        self._lock = Lock()

    def is_fresh(self, token: str) -> bool:
        """Whether it was good a moment ago."""
        with self._lock:
            return self._until_us.get(token, 0) > self._office.clock.steady_us()

    def check(self, token: str) -> None:
        """Ask the store; raises SessionOver."""
        check_session(self._office, token)
        with self._lock:
            self._until_us.pop(token, None)
            self._until_us[token] = self._office.clock.steady_us() + GOOD_US
            if len(self._until_us) > MOST:
                self._until_us.popitem(last=False)
