"""店 · 总部: what every action of a till or of the server stands on; made once in `main.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from msgspec import Struct

from core.ports import Clock, Dice, Machine, Pins, Reading, Store
from core.values.ident import uuid7
from core.values.moment import Moment, moment_at

if TYPE_CHECKING:  # no till needs them at its start
    from core.ports.central import Keys
    from core.ports.office import Crew, OfficeStore


class Shop(Struct, frozen=True):
    """Store, clock, dice, pins, and the machine that they run on."""

    store: Store
    clock: Clock
    dice: Dice
    pins: Pins
    machine: Machine

    def new_id(self) -> UUID:
        """A fresh UUIDv7."""
        return uuid7(self.clock.now_us(), self.dice.roll(10))

    def moment(self, reading: Reading) -> Moment:
        """Now, with the store's business date."""
        at_us = self.clock.now_us()
        till = reading.till
        return moment_at(at_us, till.zone, till.day_ends_hour, till.store_code)

    def now(self) -> Moment:
        """The same, for who reads nothing else."""
        with self.store.read() as reading:
            return self.moment(reading)


class HeadOffice(Struct, frozen=True):
    """总部: what an action of the server stands on.

    `prices_behind`: sales are accepted first, and priced again by a duty behind.
    """

    store: OfficeStore
    clock: Clock
    dice: Dice
    keys: Keys
    crew: Crew
    prices_behind: bool = False

    def new_id(self) -> UUID:
        """A fresh UUIDv7."""
        return uuid7(self.clock.now_us(), self.dice.roll(10))
