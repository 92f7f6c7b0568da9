"""听见: when each session was last answered; sessions begin seldom, tills ask twice a minute."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from core.ports import Clock
from core.sync.session import served_digest

MOST = 10_000


class Heard:
    """In memory: after a start of the server it is known again within half a minute."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._at_us: OrderedDict[bytes, int] = OrderedDict()
        self._lock = Lock()

    def note(self, token: str) -> None:
        """Who has this token got what was asked for."""
        digest = served_digest(token)
        with self._lock:
            self._at_us.pop(digest, None)
            self._at_us[digest] = self._clock.now_us()
            if len(self._at_us) > MOST:
                self._at_us.popitem(last=False)

    def at(self, digest: bytes) -> int | None:
        """When that was, by the server's clock."""
        with self._lock:
            return self._at_us.get(digest)
