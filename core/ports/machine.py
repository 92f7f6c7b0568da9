"""机器的端口: clock, dice, the hash of a PIN, and how the machine is."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct


class Clock(Protocol):
    """Microseconds since 1970 in UTC; never goes back below what it said before."""

    def now_us(self) -> int: ...

    def steady_us(self) -> int:
        """The same, but it goes on while `now_us` stands still: for waits only."""
        ...


class Dice(Protocol):
    """Random bytes from the operating system."""

    def roll(self, size: int) -> bytes: ...


class Pins(Protocol):
    """argon2id with a pepper."""

    def hash(self, pin: str) -> str: ...

    def fits(self, pin: str, pin_hash: str) -> bool: ...


class Health(Struct, frozen=True):
    """How the machine is: bytes free on its disk, seconds its clock lies behind what was seen.

    `was_put_back`: an older file lay in the place of the store, and a new incarnation began.
    `is_undoing`: an import that did not come to its end is being taken back.
    `ended`: the till ended suddenly before this start, and this file tells of it.
    `has_freed`: the disk was full at this start, and got back what had been kept aside for that.
    """

    free_bytes: int
    clock_behind_s: int
    was_put_back: bool = False
    is_undoing: bool = False
    ended: str = ""
    has_freed: bool = False


class Machine(Protocol):
    """The machine that the till runs on."""

    def health(self) -> Health: ...
