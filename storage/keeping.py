"""养着: what a home keeps of what happens by itself, and how backups are made and tried.

home/routine.json     what is to happen        home/routine_done.json  when it happened last
home/routine.lock     held by whoever does it
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, TypeVar

import msgspec
import portalocker
from msgspec.structs import replace

from core.catalog.product_table import HEADINGS, ProductRow, read_products
from core.errors import BadSettings, NoBackup, NoFolder, RoutineBroken
from core.ports import OnProgress, unheard
from core.ports.keeping import Done, Drilled, Kept
from core.ports.upkeep import Check
from core.values.routine import Routine
from core.values.settings import Settings
from core.values.table import BadRow, found_columns
from storage.backup import back_up, backups, copy_backup
from storage.drill import drilled
from storage.faults import faults_of
from storage.files import write_private
from storage.routine_file import load_routine, routine_path
from storage.settings import load_settings, save_settings

if TYPE_CHECKING:
    from storage.store import TillStore

T = TypeVar("T")


class StoredKeeping:
    """Implements `core.ports.keeping.Keeping`."""

    def __init__(self, store: TillStore, key: bytes) -> None:
        self._store = store
        self._key = key
        self._done = store.home / "routine_done.json"

    @property
    def home(self) -> str:
        """The folder of the till."""
        return str(self._store.home)

    def has_till(self) -> bool:
        """Whether a till runs in the home just now."""
        from storage.store import is_owned

        return is_owned(self._store.home)

    def routine(self) -> Routine:
        """What is to happen. Raises RoutineBroken."""
        found = load_routine(self._store.home)
        if found is None:
            raise RoutineBroken(str(routine_path(self._store.home)))
        return found

    def keep_routine(self, routine: Routine) -> None:
        """Instead of what was to happen before."""
        path = routine_path(self._store.home)
        with faults_of(path):
            write_private(path, msgspec.json.format(msgspec.json.encode(routine), indent=1))

    def done(self) -> dict[str, Done]:
        """When each was done last; what nobody can read is done once more."""
        with faults_of(self._done):
            data = self._done.read_bytes() if self._done.exists() else b"{}"
        with suppress(msgspec.MsgspecError):
            return msgspec.json.decode(data, type=dict[str, Done])
        return {}

    def note(self, what: str, done: Done) -> None:
        """It was done, or could not be."""
        record = msgspec.json.encode({**self.done(), what: done})
        with faults_of(self._done):
            write_private(self._done, msgspec.json.format(record, indent=1))

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Whether nobody else does what is due just now."""
        path = self._store.home / "routine.lock"
        with faults_of(path):
            lock = path.open("a")
        try:
            try:
                portalocker.lock(lock, portalocker.LOCK_EX | portalocker.LOCK_NB)
            except portalocker.LockException:
                yield False
            else:
                yield True
        finally:
            lock.close()

    def backups(self, folder: str = "") -> tuple[Kept, ...]:
        """Those in the home, or those of this till in a folder; newest first."""
        place = self._own(folder) if folder else self._store.home / "backups"
        with faults_of(place):
            return tuple(_kept(path) for path in _newest(place))

    def takes_files(self, folder: str) -> bool:
        """Whether something can be written into a folder just now: it is tried."""
        try:
            with TemporaryFile(dir=folder):
                return True
        except (OSError, ValueError):
            return False

    def back_up(self, routine: Routine, on_progress: OnProgress = unheard) -> str:
        """A verified backup; its copy goes into a folder of this till's own in the one chosen.

        Raises NoFolder where that has gone: the backup in the home stands.
        """
        made = back_up(self._store, kept=routine.backups_kept, on_progress=on_progress)
        if not routine.backup_folder:
            return str(made)
        place = self._own(routine.backup_folder)
        if not place.parent.is_dir():
            raise NoFolder(routine.backup_folder)
        with faults_of(place):
            place.mkdir(exist_ok=True)
            copied = copy_backup(made, place)
            for old in _newest(place)[routine.backups_kept :]:
                old.unlink()
        return str(copied)

    def drill(self) -> Drilled:
        """Bring the newest backup back in a folder of its own. Raises NoBackup."""
        routine = load_routine(self._store.home) or Routine()
        here = backups(self._store.home)
        there = []
        if routine.backup_folder:
            there = _newest(self._own(routine.backup_folder))
        # a copy elsewhere is what is left when this machine is not
        found = next(iter(there or here), None)
        if found is None:
            raise NoBackup()
        return drilled(self._store.home, found, self._key)

    def products(self, path: str) -> tuple[Sequence[str], Sequence[ProductRow | BadRow]]:
        """What the columns of a table are, and its rows; raises FileUnreadable, NotATable, …."""
        from storage.import_check import check_products
        from storage.tables import open_table

        with open_table(Path(path)) as table:
            columns = tuple(found_columns(table.headings, HEADINGS))
            rows = read_products(table.headings, table.rows())
            return columns, list(check_products(self._store, rows))

    def examine(self) -> Iterator[Check]:
        """What `main.py doctor` finds in the home."""
        from storage.doctor import examined

        return examined(self._store.home)

    def settings(self) -> Settings:
        """Raises BadSettings."""
        return load_settings(self._store.home)

    def keep_settings(self, before: Settings, after: Settings) -> None:
        """Only what is otherwise in `after`: a till beside may have kept the rest meanwhile."""
        try:
            held = load_settings(self._store.home)
        except BadSettings:
            held = before
        chosen = {name: getattr(after, name) for name in before.differences(after)}
        save_settings(self._store.home, replace(held, **chosen))

    def _own(self, folder: str) -> Path:
        """Tills that share a folder do not count each other's backups."""
        with self._store.read() as reading:
            till = reading.till
        return Path(folder) / f"{till.store_code}-T{till.till_no}"


def _newest(folder: Path) -> list[Path]:
    return sorted(folder.glob("shuke-*.db"), reverse=True)


def _kept(path: Path) -> Kept:
    told = path.stat()
    return Kept(str(path), int(told.st_mtime) * 1_000_000, told.st_size)
