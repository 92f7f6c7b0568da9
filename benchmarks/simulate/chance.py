"""时间和运气: clocks, dice and keys of a simulated world, and when a process dies."""

from __future__ import annotations

import random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from storage.signatures import Ed25519

MORNING_US = 1_795_478_400_000_000
"""2026-11-24 08:00 in Shanghai."""


class Crash(BaseException):
    """The process is gone in the middle of what it does."""


class Fuse:
    """Burns down at each step of a process: at each look at clock or dice, around each commit."""

    def __init__(self) -> None:
        self._left = 0

    def light(self, steps: int) -> None:
        """The process dies after so many steps; 0 puts the fuse out."""
        self._left = steps

    def burn(self) -> None:
        """One step; raises Crash where it was the last one."""
        if self._left:
            self._left -= 1
            if not self._left:
                raise Crash


class Sun:
    """The true time, the same everywhere."""

    def __init__(self) -> None:
        self.us = MORNING_US


class SimClock:
    """Implements `core.ports.Clock` as `storage.machine.SystemClock` does, on a wall that jumps."""

    def __init__(self, sun: Sun, fuse: Fuse, *, off_us: int = 0, seen_us: int = 0) -> None:
        self._sun, self._fuse = sun, fuse
        self._last_us = seen_us
        self._steady_us, self._ticked_us = seen_us, sun.us
        self.off_us = off_us

    def now_us(self) -> int:
        """Never before what it said last."""
        self._fuse.burn()
        self._last_us = max(self._last_us, self._sun.us + self.off_us)
        return self._last_us

    def steady_us(self) -> int:
        """It goes on where the wall stands."""
        went_on_us = self._steady_us + self._sun.us - self._ticked_us
        self._steady_us, self._ticked_us = max(self.now_us(), went_on_us), self._sun.us
        return self._steady_us


class SimDice:
    """Implements `core.ports.Dice`: the bytes of a seed."""

    def __init__(self, seed: str, fuse: Fuse) -> None:
        self._random, self._fuse = random.Random(seed), fuse

    def roll(self, size: int) -> bytes:
        """So many bytes."""
        self._fuse.burn()
        return self._random.randbytes(size)


class SimKeys(Ed25519):
    """Real keys and signatures, made of the dice of a seed."""

    def __init__(self, dice: SimDice) -> None:
        self._dice = dice

    def make(self) -> bytes:
        """A private key."""
        return Ed25519PrivateKey.from_private_bytes(self._dice.roll(32)).private_bytes_raw()


class SimPins:
    """Implements `core.ports.Pins`: nobody who guesses PINs is simulated."""

    def hash(self, pin: str) -> str:
        """The PIN itself."""
        return pin

    def fits(self, pin: str, pin_hash: str) -> bool:
        """Whether they are the same."""
        return pin == pin_hash
