"""店 · 总部: what every action of a till or of the server stands on; made once in `main.py`."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import TYPE_CHECKING
from uuid import UUID

from msgspec import Struct

from core.ports import Clock, Dice, Machine, Pins, Reading, Store
from core.values.ident import uuid7
from core.values.moment import CHINA, Moment, business_date, moment_at

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

    `prices_behind`: sales are accepted first, and priced again by a duty behind. A business day of
    the chain ends in `zone` at `day_ends_hour`.
    """

    store: OfficeStore
    clock: Clock
    dice: Dice
    keys: Keys
    crew: Crew
    prices_behind: bool = False
    zone: tzinfo = CHINA
    day_ends_hour: int = 4

    def today(self) -> date:
        """The business day of the chain."""
        return business_date(self.clock.now_us(), self.zone, self.day_ends_hour)

    def new_id(self) -> UUID:
        """A fresh UUIDv7."""
        return uuid7(self.clock.now_us(), self.dice.roll(10))
