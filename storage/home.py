"""家: the folder where a till lives: store, key, settings, backups; opened and prepared here."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from core.errors import (
    BadRecoveryFile,
    BadZone,
    DiskFailed,
    DiskFull,
    HomeTaken,
    KeyMissing,
    NoStore,
    RecoveryTaken,
    StoreLocked,
    Unavailable,
    WrongKey,
)
from core.ports import Till
from core.values.ident import uuid7
from storage.backup import backups, restore
from storage.begun import end_begun, has_no_key_yet, is_begun, note_key
from storage.faults import faults_of
from storage.health import HomeHealth
from storage.keys import (
    KEY_BYTES,
    KeptKey,
    keep_place,
    key_path,
    load_key,
    make_key,
    read_recovery,
    remove_recovery,
    save_recovery,
    system_vault,
)
from storage.left_folders import remove_left_rows
from storage.machine import (
    Argon2Pins,
    SystemClock,
    SystemDice,
    free_reserve,
    free_space,
    keep_reserve,
)
from storage.store import TillStore, create_store, open_guest, open_store, own, store_path

ROOM_TO_OPEN = 256 << 10
"""Bytes without which a store cannot be opened, and hardly anything be written."""


class Opened(Struct, frozen=True):
    """What a shop stands on. `is_key_in_file`: this machine has no keystore, its user is warned."""

    store: TillStore
    clock: SystemClock
    dice: SystemDice
    pins: Argon2Pins
    is_key_in_file: bool
    machine: HomeHealth


def home_key(home: Path) -> KeptKey:
    """The key of a home; raises NoStore, KeyMissing, WrongKey."""
    # A restore that was killed half-way is finished at the next start.
    if not (store_path(home).exists() or (home / "restored.db").exists()):
        raise NoStore(str(home))
    try:
        return _kept_key(home)
    except KeyMissing:
        if has_no_key_yet(home):
            raise NoStore(str(home)) from None
        raise


def _kept_key(home: Path) -> KeptKey:
    # The keystore is asked only where no key file lies: loading it takes longer than all the rest.
    return load_key(home, vault=None if key_path(home).exists() else system_vault())


@contextmanager
def open_home(home: Path) -> Iterator[Opened]:
    """The store of a home, owned by this process until the end; raises Unavailable."""
    kept = home_key(home)
    store, has_freed = _with_room(home, lambda: open_store(home, key=kept.key))
    try:
        _look_whether_made(store)
        yield _opened(store, kept, has_freed=has_freed)
    finally:
        store.close()


@contextmanager
def visit_home(home: Path) -> Iterator[Opened]:
    """The same beside a till that may be running: for imports and reports."""
    kept = home_key(home)
    store, has_freed = _with_room(home, lambda: open_guest(home, key=kept.key))
    try:
        _look_whether_made(store)
        yield _opened(store, kept, has_freed=has_freed)
    finally:
        store.close()


def _with_room(home: Path, opening: Callable[[], TillStore]) -> tuple[TillStore, bool]:
    """What was opened, and whether a full disk got the reserve back for it; raises DiskFull.

    SQLite does not say of the file that its connections share that the disk has no room for it.
    """
    try:
        return opening(), False
    except (DiskFull, DiskFailed) as trouble:
        if isinstance(trouble, DiskFailed) and free_space(home) >= ROOM_TO_OPEN:
            raise
    with faults_of(home):
        free_reserve(home)
    if free_space(home) < ROOM_TO_OPEN:
        raise DiskFull()
    return opening(), True


def restore_home(home: Path, backup: Path, *, recovery: Path | None = None) -> tuple[Till, bool]:
    """A backup takes the place of the store; `recovery` brings the key to another machine.

    Says which till it is, and whether the key lies in a file. Raises KeyMissing, BadRecoveryFile
    (also where this home has another key), ImportRunning, and what `storage.backup.restore` raises.
    """
    # A till needs nothing of imports but this, and not at its start.
    from storage.import_turn import alone

    if recovery is None:
        kept = _kept_key(home)
        with alone(home):
            return restore(home, backup, key=kept.key), kept.is_in_file
    key, _ = read_recovery(recovery)
    clear_cut_off(home)
    with suppress(KeyMissing):
        if _kept_key(home).key != key:
            raise BadRecoveryFile(str(recovery))
    with faults_of(home):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with alone(home):
        till = restore(home, backup, key=key)
    kept = make_key(home, key, vault=system_vault())
    keep_place(home, recovery)
    return till, kept.is_in_file


def check_recovery(home: Path, recovery: Path) -> None:
    """Raises BadRecoveryFile where the file does not hold the key of this home's store."""
    key, _ = read_recovery(recovery)
    if not hmac.compare_digest(key, home_key(home).key):
        raise BadRecoveryFile(str(recovery))


@contextmanager
def prepare_home(
    home: Path,
    *,
    store_name: str,
    store_code: str,
    till_no: int,
    zone: str,
    recovery: Path,
    recovery_words: str,
) -> Iterator[Opened]:
    """A fresh home with key, store, recovery file and reserve; raises HomeTaken, BadZone.

    RecoveryTaken where `recovery` exists: another till's way back is never written over. Where the
    setting up fails, by whatever, nothing of it remains; one that was cut off is begun anew.
    """
    with suppress(StoreLocked):  # a till, or another setting up, is at it
        clear_cut_off(home)
    if store_path(home).exists() or backups(home):
        raise HomeTaken(str(home))
    if recovery.exists():
        raise RecoveryTaken(str(recovery))
    clock, dice = SystemClock(), SystemDice()
    till = Till(
        id=uuid7(clock.now_us(), dice.roll(10)),
        store_name=store_name,
        store_code=store_code,
        till_no=till_no,
        incarnation=1,
        zone=zone_named(zone),
    )
    key = dice.roll(KEY_BYTES)
    # The store comes first: it is made by one process alone, which may clear away what it made.
    store = create_store(home, key=key, till=till)
    try:
        kept = make_key(home, key, vault=system_vault())
        keep_place(home, recovery)
        save_recovery(recovery, key, till_id=till.id, words=recovery_words)
        keep_reserve(home)
        note_key(home)
        yield _opened(store, kept)
        end_begun(home)
    except BaseException:  # also when it is stopped: half a home would refuse the next setup
        store.close()
        recovery.unlink(missing_ok=True)
        _clear_away(home)
        raise
    finally:
        store.close()


def is_cut_off(home: Path) -> bool:
    """Whether a store lies here that never became a shop: its setting up was cut off.

    Where nobody can tell, it is a shop.
    """
    is_store = store_path(home).exists() and not (home / "restored.db").exists()
    if not is_store or backups(home):
        return False
    if has_no_key_yet(home):
        return True
    try:
        store = open_guest(home, key=_kept_key(home).key)
    except Unavailable:
        return False
    try:
        return not _has_people(store)
    finally:
        store.close()


def clear_cut_off(home: Path) -> bool:
    """Clear a setting up away that was cut off; whether there was one. Raises StoreLocked."""
    if not store_path(home).exists():
        return False
    lock = own(home)  # whoever is setting up just now is not cut off
    try:
        if not is_cut_off(home):
            return False
        with faults_of(home):
            with suppress(KeyMissing, WrongKey):
                remove_recovery(home, _kept_key(home).key)
            _clear_away(home)
        return True
    finally:
        lock.close()


def _clear_away(home: Path) -> None:
    # The store goes after its log, which another store must not meet, and before its mark.
    ends = ("db-wal", "db-shm", "db", "key", "key.new", "witness", "reserve", "reserve.new")
    more = ("recovery", "recovery.new", "erased", "erased.new", "begun.new", "begun")
    for end in (*ends, *more):
        (home / f"store.{end}").unlink(missing_ok=True)


def _look_whether_made(store: TillStore) -> None:
    """Raises NoStore where the setting up never came to a manager."""
    if not is_begun(store.home):
        return
    if not _has_people(store):
        raise NoStore(str(store.home))
    with suppress(OSError):  # it was cut off at its very end
        end_begun(store.home)


def _has_people(store: TillStore) -> bool:
    with store.read() as reading:
        return bool(reading.people.all())


def _opened(store: TillStore, kept: KeptKey, *, has_freed: bool = False) -> Opened:
    remove_left_rows(store.home)
    clock = SystemClock(store.last_seen_us())
    machine = HomeHealth(store, clock, has_freed=has_freed)
    return Opened(store, clock, SystemDice(), Argon2Pins(kept.key), kept.is_in_file, machine)


def zone_named(name: str) -> ZoneInfo:
    """The zone of that name; raises BadZone."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise BadZone(name) from None
