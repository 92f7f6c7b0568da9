"""一台机器: a till's home on its disk; it crashes, is put back from backups, and is cloned."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from benchmarks.simulate.chance import Fuse, SimClock, SimDice, SimKeys, SimPins, Sun
from benchmarks.simulate.network import Line, Network
from benchmarks.simulate.town import Town
from core.actions.reserve import note_line
from core.actions.staff import everybody
from core.actions.sync import begin
from core.actions.take_snapshot import SnapshotTaker
from core.errors import ServerUnreachable, SessionOver
from core.ports import Health, OnProgress, Reading, StoredSale, Till, Writing, unheard
from core.ports.central import Link
from core.ports.directory import Directory
from core.ports.drafts import Drafts
from core.ports.erased import ErasedBeside
from core.ports.insight import Insight
from core.ports.intake import Intake
from core.ports.keeping import Keeping
from core.ports.past import Past
from core.ports.past_imports import PastImports
from core.shop import Shop
from core.sync.held import HeldTold
from core.sync.named import Named
from core.sync.session import Session
from core.trust.staff import Staff
from storage.backup import restore
from storage.store import TillStore, create_store, open_store

KEY = bytes(range(32))
"""Raw, so that no time goes by with making one of a password; the pages are encrypted with it."""
PROGRAM = "shuke simulated"


class Sold(Struct, frozen=True):
    """A sale that was confirmed to a customer."""

    sale_id: UUID
    no: str
    payable_fen: int
    points: int


class FusedStore:
    """Implements `core.ports.Store`: the till may die before, within and after each commit."""

    def __init__(self, store: TillStore, fuse: Fuse) -> None:
        self._store, self._fuse = store, fuse

    @property
    def draft(self) -> Drafts:
        return self._store.draft

    @property
    def erased(self) -> ErasedBeside:
        return self._store.erased

    @property
    def keeping(self) -> Keeping:
        return self._store.keeping

    def intake(self, file: str, what: str, *, shares_phones: bool = False) -> Intake:
        return self._store.intake(file, what, shares_phones=shares_phones)

    @property
    def past(self) -> Past:
        return self._store.past

    @property
    def past_imports(self) -> PastImports:
        return self._store.past_imports

    @property
    def insight(self) -> Insight:
        return self._store.insight

    @property
    def directory(self) -> Directory:
        """Beside the store."""
        return self._store.directory

    @contextmanager
    def write(self) -> Iterator[Writing]:
        """One transaction."""
        self._fuse.burn()
        with self._store.write() as tx:
            yield tx
            self._fuse.burn()
        self._fuse.burn()

    def trial(self) -> AbstractContextManager[Writing]:
        """What a transaction would do."""
        return self._store.trial()

    def read(self) -> AbstractContextManager[Reading]:
        """A consistent look."""
        return self._store.read()

    def named(self) -> AbstractContextManager[dict[int, Named]]:
        """What this process remembers."""
        return self._store.named()

    def back_up(self, on_progress: OnProgress = unheard) -> str:
        """A verified backup."""
        self._fuse.burn()
        made = self._store.back_up(on_progress)
        self._fuse.burn()
        return made


class SimHealth:
    """Implements `core.ports.Machine`: a disk that is never full."""

    def health(self) -> Health:
        """All is well."""
        return Health(free_bytes=1 << 40, clock_behind_s=0)


class Machine:
    """A till that stands somewhere; `sold` is all that it confirmed and, as far as it is known,
    has on its disk. `backups` say how much of that lies in which file."""

    def __init__(self, home: Path, sun: Sun, network: Network, seed: str, town: Town) -> None:
        self.home = home
        self.town = town
        self.fuse = Fuse()
        self._sun, self._network = sun, network
        self._dice = SimDice(f"{seed} {home.name}", self.fuse)
        self.keys = SimKeys(self._dice)
        self.line = Line(network, self.fuse)
        self.off_us = 0
        self.session: Session | None = None
        self.sold: list[Sold] = []
        self.members: list[UUID] = []
        self.asked: UUID | None = None
        self.standing: UUID | None = None
        """The basket of whoever waits at the counter."""
        self.told_held: HeldTold | None = None
        """What the server was told last that is held here."""
        self.backups: dict[Path, tuple[int, int]] = {}
        self.shop: Shop
        self.store: TillStore
        self.taker: SnapshotTaker

    def create(self, till: Till) -> None:
        """A fresh store."""
        self._opened(create_store(self.home, key=KEY, till=till))

    def open(self) -> None:
        """The till starts, as after a crash too."""
        self._opened(open_store(self.home, key=KEY))

    def _opened(self, store: TillStore) -> None:
        self.store, self.session = store, None
        clock = SimClock(self._sun, self.fuse, off_us=self.off_us, seen_us=store.last_seen_us())
        fused = FusedStore(store, self.fuse)
        self.shop = Shop(fused, clock, self._dice, SimPins(), SimHealth())
        self.taker, self.told_held = SnapshotTaker(self.shop), None

    def close(self) -> None:
        """The process ends; what was not committed is gone."""
        self.fuse.light(0)
        self.taker.close()
        self.store.close()

    def begin(self) -> Session:
        """The session that stands, or a new one; raises what beginning one does."""
        if self.session is None:
            self.session, _ = begin(self.shop, self.line, self.keys, program=PROGRAM)
        return self.session

    @contextmanager
    def asking(self) -> Iterator[str]:
        """The token of a session, for what somebody waits for; one that has ended is no line."""
        try:
            yield self.begin().token
        except SessionOver:
            self.session = None
            raise ServerUnreachable("cut") from None
        except ServerUnreachable:
            note_line(self.shop, is_open=False)
            raise

    def restart(self) -> None:
        """It ends, and starts again; what was asked last may have been done."""
        self.close()
        self.open()
        if self.asked is not None:
            with self.store.read() as reading:
                sale = reading.sales.get(self.asked)
            if sale is not None:
                self.confirm(sale)

    def confirm(self, sale: StoredSale) -> None:
        """A customer has gone with their goods."""
        figures = (sale.payable_fen, sale.points_earned)
        self.sold.append(Sold(sale.sale_id, sale.no, *figures))
        self.town.confirm(sale.sale_id, sale.no)
        self.asked = self.standing = None

    def jump(self, off_us: int) -> None:
        """Somebody sets the clock of the machine; the till runs on."""
        self.off_us = off_us
        clock = self.shop.clock
        assert isinstance(clock, SimClock)
        clock.off_us = off_us

    @cached_property
    def staff(self) -> Staff:
        """Who sells: the one who set it up."""
        return everybody(self.shop)[0]

    @property
    def sun_us(self) -> int:
        """What time it really is."""
        return self._sun.us

    @property
    def till(self) -> Till:
        """Which till it is, and in which incarnation."""
        with self.store.read() as reading:
            return reading.till

    @property
    def link(self) -> Link | None:
        """Its chain."""
        with self.store.read() as reading:
            return reading.links.get()

    def restore(self, dice: random.Random) -> None:
        """By the till's own command: an older backup takes the place of the store."""
        backup = dice.choice(sorted(self.backups))
        self.close()
        restore(self.home, backup, key=KEY)
        self._went_back(*self.backups[backup])

    def put_back(self, dice: random.Random) -> None:
        """By hand: somebody copies an older file into the place of the store."""
        backup = dice.choice(sorted(self.backups))
        self.close()
        for end in ("-wal", "-shm"):
            Path(f"{self.store.path}{end}").unlink(missing_ok=True)
        shutil.copyfile(backup, self.store.path)
        self._went_back(*self.backups[backup])

    def _went_back(self, sold: int, members: int) -> None:
        self.sold, self.members = self.sold[:sold], self.members[:members]
        self.asked = self.standing = None
        self.backups = {file: had for file, had in self.backups.items() if had[0] <= sold}
        self.open()

    def revived(self, home: Path, seed: str, backup: Path) -> Machine:
        """An old state of the disk in another machine."""
        home.mkdir()
        shutil.copyfile(backup, home / "store.db")
        other = Machine(home, self._sun, self._network, seed, self.town)
        sold, members = self.backups[backup]
        other.sold, other.members = self.sold[:sold], self.members[:members]
        other.open()
        return other

    def cloned(self, home: Path, seed: str, *, is_running: bool) -> Machine:
        """The same disk in another machine, which knows no witness.

        `is_running`: its memory was copied with it, as of a virtual machine.
        """
        home.mkdir()
        self.store.copy_to(home / "store.db")
        other = Machine(home, self._sun, self._network, seed, self.town)
        other.off_us = self.off_us
        other.sold, other.members = list(self.sold), list(self.members)
        other.open()
        if is_running:
            other.session = self.session
        return other
