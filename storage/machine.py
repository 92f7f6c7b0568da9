"""机器: clock, dice, PINs and disk; the only place that asks the machine for time and chance."""

from __future__ import annotations

import hashlib
import hmac
import os
import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

RESERVE_BYTES = 64 << 20
ROOM_FOR_RESERVE = 2 << 30


class SystemClock:
    """Implements `core.ports.Clock`: never before `seen_us`, nor before what it said last.

    A clock that was set back stands still until the wall has caught up (sync.md 7).
    """

    def __init__(self, seen_us: int = 0) -> None:
        self._last_us = seen_us
        self._steady_us = seen_us
        self._ticked_ns = time.monotonic_ns()
        self._lock = threading.Lock()

    def now_us(self) -> int:
        """Microseconds since 1970 in UTC."""
        with self._lock:
            self._last_us = max(self._last_us, time.time_ns() // 1000)
            return self._last_us

    def steady_us(self) -> int:
        """`now_us`, which also goes on while the wall lies behind: a wait must end."""
        now_us = self.now_us()
        with self._lock:
            ticked_ns = time.monotonic_ns()
            went_on_us = self._steady_us + (ticked_ns - self._ticked_ns) // 1000
            self._steady_us, self._ticked_ns = max(now_us, went_on_us), ticked_ns
            return self._steady_us

    @property
    def behind_s(self) -> int:
        """Whole seconds by which the machine's clock lies behind what was seen before."""
        return max(0, self._last_us - time.time_ns() // 1000) // 1_000_000


class SystemDice:
    """Implements `core.ports.Dice` with the operating system's random bytes."""

    def roll(self, size: int) -> bytes:
        """So many random bytes."""
        return os.urandom(size)


class Argon2Pins:
    """Implements `core.ports.Pins`: argon2id of the PIN under a pepper made of the store's key.

    Without the key a stolen hash cannot be tried against all PINs.
    """

    def __init__(self, key: bytes) -> None:
        self._pepper = hmac.digest(key, b"shuke pin pepper", hashlib.sha256)
        self._hasher: PasswordHasher | None = None

    def hash(self, pin: str) -> str:
        """An argon2id string."""
        return self._argon().hash(self._peppered(pin))

    def fits(self, pin: str, pin_hash: str) -> bool:
        """Whether the PIN gave this hash."""
        from argon2.exceptions import Argon2Error, InvalidHashError

        try:
            return self._argon().verify(pin_hash, self._peppered(pin))
        except (Argon2Error, InvalidHashError):
            return False

    def _argon(self) -> PasswordHasher:
        if self._hasher is None:
            from argon2 import PasswordHasher

            self._hasher = PasswordHasher()
        return self._hasher

    def _peppered(self, pin: str) -> bytes:
        return hmac.digest(self._pepper, pin.encode(), hashlib.sha256)


def free_space(home: Path) -> int:
    """Bytes that are free on the disk of a home."""
    return shutil.disk_usage(home).free


def keep_reserve(home: Path) -> bool:
    """Lay 64 MiB aside where at least 2 GiB are free; whether they lie there."""
    reserve = home / "store.reserve"
    if reserve.exists():
        return True
    if free_space(home) < ROOM_FOR_RESERVE:
        return False
    building = home / "store.reserve.new"
    with building.open("wb") as file:
        for _ in range(RESERVE_BYTES >> 20):
            file.write(bytes(1 << 20))
    building.replace(reserve)
    return True


def free_reserve(home: Path) -> bool:
    """Give the reserve back to a full disk; whether there was one."""
    reserve = home / "store.reserve"
    had_one = reserve.exists()
    reserve.unlink(missing_ok=True)
    return had_one
