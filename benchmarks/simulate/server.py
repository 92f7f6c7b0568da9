"""总部: the real head office on its real store, which crashes, is backed up and put back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TypeVar

from benchmarks.simulate.chance import Crash, Fuse, SimClock, SimDice, SimKeys, Sun
from core.actions.enrol_till import name_store
from core.actions.head_office import begin_serving
from core.actions.verify_office import VERIFY
from core.errors import ServerUnreachable
from core.ports.office import Alone, OfficeReading, OfficeWriting
from core.shop import HeadOffice
from server.duties import duties_of
from storage.office.store import OfficeDatabase, open_office

T = TypeVar("T")


class FusedOffice:
    """Implements `core.ports.office.OfficeStore`: the server may die before and after a commit."""

    def __init__(self, store: OfficeDatabase, fuse: Fuse) -> None:
        self._store, self._fuse = store, fuse

    @contextmanager
    def write(self) -> Iterator[OfficeWriting]:
        """One transaction."""
        with self._store.write() as tx:
            yield tx
            self._fuse.burn()
        self._fuse.burn()

    def read(self) -> AbstractContextManager[OfficeReading]:
        """A consistent look."""
        return self._store.read()

    def scrub(self) -> None:
        """Of what was deleted."""
        self._store.scrub()


class Server:
    """One process of it after another on one file; `lives` counts them."""

    def __init__(self, folder: Path, sun: Sun, seed: str, stores: int) -> None:
        self.fuse = Fuse()
        self._folder = folder
        self._clock = SimClock(sun, self.fuse)
        self._dice = SimDice(f"{seed} server", self.fuse)
        self._file = folder / "office.db"
        self._backup: Path | None = None
        self._copies = 0
        self.lives = 0
        self.was_put_back = False
        self._start()
        begin_serving(self.office, "康宁连锁")
        for number in range(1, stores + 1):
            name_store(self.office, f"S{number:02d}", f"{number}号店")

    def _start(self) -> None:
        self._store = open_office(f"sqlite:///{self._file}")
        self.lives += 1
        store, keys = FusedOffice(self._store, self.fuse), SimKeys(self._dice)
        self.office = HeadOffice(store, self._clock, self._dice, keys, Alone())
        self._duties = [duty for duty in duties_of(self.office) if duty.name != VERIFY]

    def ask(self, what: Callable[[HeadOffice], T]) -> T:
        """What comes over the network; ServerUnreachable where the server dies of it."""
        try:
            return what(self.office)
        except Crash:
            self.restart()
            raise ServerUnreachable("cut") from None

    def work(self, steps: int) -> bool:
        """What is done behind goes on by so many steps; whether more is left. Raises as `ask`."""
        is_any_left = False
        for at in range(len(self._duties)):
            left, is_more = steps, True
            while is_more and left:
                is_more, left = self.ask(self._duties[at].step).is_more, left - 1
            is_any_left |= is_more
        return is_any_left

    def restart(self) -> None:
        """It is gone, and comes back with what it had kept."""
        self.fuse.light(0)
        self._store.close()
        self._start()

    def back_up(self) -> None:
        """A copy of the database as it is now; the one before is thrown away."""
        self._backup = self._next_file()
        with closing(sqlite3.connect(self._file)) as old, closing(self._connect()) as new:
            old.backup(new)

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._backup or self._file)

    def _next_file(self) -> Path:
        self._copies += 1
        return self._folder / f"office{self._copies}.db"

    @property
    def has_backup(self) -> bool:
        """Whether there is anything to put back."""
        return self._backup is not None

    def restore(self) -> None:
        """What it was told since the backup is forgotten."""
        assert self._backup is not None
        self.was_put_back = True
        self.fuse.light(0)
        self._store.close()
        self._file, self._backup = self._backup, None
        self._start()

    def close(self) -> None:
        """The end."""
        self._store.close()

    @contextmanager
    def looked_into(self) -> Iterator[sqlite3.Connection]:
        """The file itself, asked past the store."""
        with closing(sqlite3.connect(self._file)) as connection:
            yield connection

    def kept(self) -> set[bytes]:
        """Hashes of all events, and marks of all that is kept apart."""
        with self.looked_into() as connection:
            rows = connection.execute(
                "SELECT hash FROM events UNION ALL SELECT mark FROM kept_apart"
            )
            return {row[0] for row in rows}
