"""备份: encrypted copies of the store, verified by opening them; and the way back.

A restored store is an older self of this till: it begins a new incarnation, so that no number is
given out twice (sync.md 7). What stood there before is kept in `home/aside`.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from core.errors import FileUnreadable, NotOurStore, ReadOnly, StoreDamaged, Unavailable, WrongKey
from core.ports import CHECKED_FROM, OnProgress, Till, unheard
from storage.begun import end_begun
from storage.columns import Connection
from storage.engine import connect
from storage.erased import beside_backups, carry_erased, erased_path
from storage.faults import faults_of
from storage.files import sync_folder
from storage.heads import AUDIT_CHAIN, EVENTS_CHAIN, head_of
from storage.tills import set_till, till_of
from storage.witness import Witness, note_witness, witness_of

if TYPE_CHECKING:
    from storage.store import TillStore

PAGES_CHECKED = 750
_COMPANIONS = ("", "-wal", "-shm")


def back_up(
    store: TillStore, *, kept: int | None = None, on_progress: OnProgress = unheard
) -> Path:
    """A verified copy in `home/backups`, of which the newest `kept` stay; raises Unavailable.

    None: as many as the home's routine says.
    """
    if kept is None:
        from storage.routine_file import backups_kept  # no start of a till needs it

        kept = backups_kept(store.home)
    folder = store.home / "backups"
    building = folder / "building.db"
    with faults_of(folder):
        folder.mkdir(exist_ok=True, mode=0o700)
        _remove(building)
        try:
            store.copy_to(building, partial(_tell_copied, store.path, building, on_progress))
            building.chmod(0o600)
            on_progress(CHECKED_FROM)
            name = _verified_name(building, store.open_copy(building), on_progress)
            _to_disk(building)
            building.replace(folder / name)
        finally:
            _remove(building)
        sync_folder(folder)
        store.erased.keep_all_of(store)
        carry_erased(erased_path(store.home), beside_backups(folder))
        for old in backups(store.home)[kept:]:
            old.unlink()
    return folder / name


def backups(home: Path) -> list[Path]:
    """The backups of a home, newest first."""
    return sorted((home / "backups").glob("shuke-*.db"), reverse=True)


def copy_backup(backup: Path, to: Path) -> Path:
    """A copy elsewhere, as on a stick; `to` is a folder or the new file. Raises Unavailable."""
    target = to / backup.name if to.is_dir() else to
    if not target.parent.is_dir():
        raise ReadOnly(str(target))
    building = target.with_name(target.name + ".new")
    with faults_of(target):
        try:
            shutil.copyfile(backup, building)
            building.chmod(0o600)
            _to_disk(building)
            building.replace(target)
        finally:
            building.unlink(missing_ok=True)
        carry_erased(beside_backups(backup.parent), beside_backups(target.parent))
    return target


def restore(home: Path, backup: Path, *, key: bytes) -> Till:
    """Put a backup in the place of the store, as a new incarnation of the till.

    Who was erased since stands beside it: whoever opens it erases them again.
    Raises FileUnreadable, NotOurStore, WrongKey, StoreDamaged, StoreLocked (a till is running).
    """
    from storage.store import own

    lock = own(home)
    try:
        with faults_of(home):
            if not backup.is_file():
                raise FileUnreadable(str(backup))
            # First: a store that is in its place may be opened by whoever comes.
            for folder in (backup.parent, home / "backups"):
                carry_erased(beside_backups(folder), erased_path(home))
            till, witness = _prepare(home, backup, key)
            finish_restore(home)
        # On a new machine none lies here yet: without it a whole store would be called wrong.
        with suppress(OSError):
            note_witness(home / "store.db", witness)
        return till
    finally:
        lock.close()


def finish_restore(home: Path) -> None:
    """Put a prepared store in its place; a killed one is finished at the next start."""
    ready, store = home / "restored.db", home / "store.db"
    if not ready.exists():
        return
    end_begun(home)
    if any(Path(f"{store}{end}").exists() for end in _COMPANIONS):
        aside = _empty_folder(home / "aside")
        for end in _COMPANIONS:
            part = Path(f"{store}{end}")
            if part.exists():
                part.replace(aside / part.name)
    ready.replace(store)
    sync_folder(home)


def _prepare(home: Path, backup: Path, key: bytes) -> tuple[Till, Witness]:
    building = home / "restoring.db"
    _remove(building)
    try:
        shutil.copyfile(backup, building)
        building.chmod(0o600)
        prepared = _renumbered(home, backup, building, key)
        _to_disk(building)
        building.replace(home / "restored.db")
    finally:
        _remove(building)
    return prepared


def _renumbered(home: Path, backup: Path, building: Path, key: bytes) -> tuple[Till, Witness]:
    from storage.store import witness_at

    try:
        connection = connect(building, key)
    except (NotOurStore, StoreDamaged, WrongKey) as error:
        raise type(error)(str(backup)) from error
    try:
        _check(connection, backup)
        before = till_of(connection)
        till = replace(before, incarnation=_furthest_incarnation(home, before, key) + 1)
        connection.execute("BEGIN IMMEDIATE")
        set_till(connection, till)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        witness = witness_at(connection, key)
    finally:
        connection.close()
    return till, witness


def _furthest_incarnation(home: Path, backup: Till, key: bytes) -> int:
    """Of the backup, of the witness, and of the present store where it can still be read.

    Whatever lies there and cannot be read goes aside; it must not stand in the way.
    """
    known = [backup.incarnation]
    if witness := witness_of(home / "store.db"):
        known.append(witness.incarnation)
    try:
        connection = connect(home / "store.db", key)
    except Unavailable:
        return max(known)
    try:
        known.append(till_of(connection).incarnation)
    finally:
        connection.close()
    return max(known)


def _tell_copied(source: Path, copy: Path, on_progress: OnProgress) -> None:
    """By size: a copy has no holes, so that it may end a little early."""
    if copy.exists():
        on_progress(min(copy.stat().st_size * CHECKED_FROM // source.stat().st_size, CHECKED_FROM))


def _verified_name(path: Path, connection: Connection, on_progress: OnProgress) -> str:
    try:
        _check(connection, path, on_progress)
        events = head_of(connection, EVENTS_CHAIN)
        audit = head_of(connection, AUDIT_CHAIN)
        incarnation = till_of(connection).incarnation
    finally:
        connection.close()
    seen_us = max(events.at_us, audit.at_us)
    when = datetime.fromtimestamp(seen_us // 1_000_000, UTC).strftime("%Y%m%dT%H%M%SZ")
    return f"shuke-{incarnation:03d}-{when}-{events.seq:08d}-{audit.seq:08d}.db"


def _check(connection: Connection, path: Path, on_progress: OnProgress = unheard) -> None:
    """Every page is whole, and as many events and audit rows are there as the heads say."""
    is_whole = not connection.execute("PRAGMA cipher_integrity_check").fetchall()
    on_progress(PAGES_CHECKED)
    is_sound = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    if not (is_whole and is_sound):
        raise StoreDamaged(str(path))
    events = "SELECT count(*) FROM events WHERE incarnation = (SELECT incarnation FROM till)"
    for sql, chain in ((events, EVENTS_CHAIN), ("SELECT count(*) FROM audit", AUDIT_CHAIN)):
        row = connection.execute(sql).fetchone()
        if row is None or row[0] != head_of(connection, chain).seq:
            raise StoreDamaged(str(path))


def _empty_folder(parent: Path) -> Path:
    number = 1
    while (parent / str(number)).exists():
        number += 1
    folder = parent / str(number)
    folder.mkdir(parents=True, mode=0o700)
    return folder


def _remove(path: Path) -> None:
    for end in (*_COMPANIONS, "-journal"):
        Path(f"{path}{end}").unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
