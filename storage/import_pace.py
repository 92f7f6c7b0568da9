"""步子: how much an import or its undoing does at once, and how long it rests after it."""

from __future__ import annotations

import time
from pathlib import Path

from storage.store import is_owned

CHUNK = 120
PAUSE_S = 0.001
_LOOK_AROUND_S = 1.0
_TIMES_ALONE = 16


class Pace:
    """Small steps with pauses beside a running till, large ones where nobody waits."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._looked_at = 0.0
        self._is_alone = False

    @property
    def chunk(self) -> int:
        """Rows of one transaction; a key is a tenth of the work of a row."""
        now = time.monotonic()
        if now - self._looked_at > _LOOK_AROUND_S:
            self._looked_at, self._is_alone = now, not is_owned(self._home)
        return CHUNK * _TIMES_ALONE if self._is_alone else CHUNK

    def rest(self, at_least_s: float = PAUSE_S) -> None:
        """Let somebody else write."""
        if not self._is_alone:
            time.sleep(max(at_least_s, PAUSE_S))
