"""检查: what `main.py doctor` looks at in a home and its machine; nothing is repaired.

Each look stands alone: where one cannot be had, its error is the finding, and the next one follows.
Only the disk is written to, one small file that goes again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from core.errors import Shortfall, StoreLocked, StoreOlder, Unavailable
from core.ports.upkeep import Check, Grade
from storage.backup import backups
from storage.begun import is_begun
from storage.crashes import crash_files
from storage.faults import faults_of
from storage.home import home_key, is_cut_off
from storage.keys import key_path, lying_recovery
from storage.machine import SystemClock, free_space
from storage.place import memory, mount_kind, text_encodings
from storage.revision import REVISIONS
from storage.settings import load_settings
from storage.store import TillStore, is_owned, open_guest, store_path
from storage.tills import till_of
from storage.verify import damaged_pages

MIB = 1 << 20
DAY_US = 86_400_000_000
LITTLE_MIB, ALMOST_NONE_MIB = 1024, 100
LITTLE_MEMORY_MIB, ALMOST_NO_MEMORY_MIB = 400, 100
OLD_BACKUP_DAYS = 3
SLOW_S, VERY_SLOW_S = 60, 15 * 60
IDLE_DAYS = 60
STOOD_STILL, LOOKED_BACK = 20, 2000
LOG_MIB = 64
FRESH_CRASH_DAYS = 7
STALE_S = 600
ELSEWHERE = ("nfs", "cifs", "smb", "sshfs", "remote", "9p", "webdav")
LEFTOVERS = ("*.new", "restored.db*", "backups/*.new", "backups/building.db*", "*.tmp")
Facts = dict[str, str | int]
Look = Callable[[Path], Iterator[Check]]


def examined(home: Path) -> Iterator[Check]:
    """One finding after another."""
    for name, look in LOOKS.items():
        try:
            with faults_of(home):
                yield from look(home)
        except Shortfall as error:
            yield Check(name, Grade.BAD, "error", error=error)


def _store(home: Path) -> Iterator[Check]:
    is_there = store_path(home).exists() or (home / "restored.db").exists()
    if not is_there or (is_begun(home) and is_cut_off(home)):
        state = "no_store" if home.is_dir() else "no_home"
        yield Check("store", Grade.BAD, state, {"home": str(home)})
        return
    facts: Facts = {"mib": store_path(home).stat().st_size // MIB, "revision": REVISIONS[-1]}
    try:
        store = open_guest(home, key=home_key(home).key)
    except StoreOlder as older:
        yield Check("store", Grade.LOOK, "older", facts, older)
        return
    try:
        damaged = list(damaged_pages(store))
        if damaged:
            yield Check("store", Grade.BAD, "damaged", {"count": len(damaged), **facts})
            return
        runs = "running" if _is_running(home) else "sound"
        yield Check("store", Grade.GOOD, runs, facts)
        yield from _clock(store)
    finally:
        store.close()


def _clock(store: TillStore) -> Iterator[Check]:
    now_us = SystemClock().now_us()
    seen_us = store.last_seen_us()
    behind_s, idle_days = (seen_us - now_us) // 1_000_000, (now_us - seen_us) // DAY_US
    if behind_s >= SLOW_S:
        grade = Grade.BAD if behind_s >= VERY_SLOW_S else Grade.LOOK
        yield Check("clock", grade, "behind", {"minutes": -(-behind_s // 60)})
    elif seen_us and idle_days >= IDLE_DAYS:
        yield Check("clock", Grade.LOOK, "ahead", {"days": idle_days})
    else:
        yield Check("clock", Grade.GOOD, "fits", {"now": f"{_local(now_us):%Y-%m-%d %H:%M}"})
    with store.reader() as connection:
        zone = till_of(connection).zone
        sql = "SELECT CAST(data AS BLOB) ->> '$.at_us' FROM audit ORDER BY seq DESC LIMIT ?"
        moments = [row[0] for row in connection.execute(sql, (LOOKED_BACK,)).fetchall()]
    here, there = _local(now_us), datetime.fromtimestamp(now_us // 1_000_000, zone)
    if here.utcoffset() != there.utcoffset():
        facts: Facts = {"zone": str(zone), "here": f"{here:%H:%M}"}
        yield Check("zone", Grade.LOOK, "differs", facts | {"there": f"{there:%H:%M}"})
    else:
        yield Check("zone", Grade.GOOD, "fits", {"zone": str(zone)})
    longest = max((len(list(same)) for at, same in groupby(moments) if at is not None), default=0)
    if longest >= STOOD_STILL:
        yield Check("jumps", Grade.LOOK, "stood_still", {"count": longest})


def _keys(home: Path) -> Iterator[Check]:
    if not home.is_dir():
        return
    kept = home_key(home)
    path = key_path(home)
    if not kept.is_in_file:
        yield Check("key", Grade.GOOD, "in_keystore")
    elif os.name != "nt" and path.stat().st_mode & 0o077:
        yield Check("key", Grade.BAD, "readable", {"path": str(path)})
    else:
        yield Check("key", Grade.GOOD, "in_file", {"path": str(path)})
    lying = lying_recovery(home)
    if lying is None:
        yield Check("recovery", Grade.GOOD, "elsewhere")
    else:
        is_apart = lying.stat().st_dev != home.stat().st_dev
        yield Check("recovery", Grade.LOOK, "apart" if is_apart else "beside", {"path": str(lying)})


def _backup(home: Path) -> Iterator[Check]:
    if not store_path(home).exists():
        return
    made = backups(home)
    if not made:
        yield Check("backup", Grade.LOOK, "none")
        return
    age_s = SystemClock().now_us() // 1_000_000 - int(made[0].stat().st_mtime)
    days = max(0, age_s // 86_400)
    facts: Facts = {"days": days, "count": len(made), "name": made[0].name}
    state = "old" if days >= OLD_BACKUP_DAYS else "fresh"
    yield Check("backup", Grade.LOOK if state == "old" else Grade.GOOD, state, facts)


def _disk(home: Path) -> Iterator[Check]:
    there = next(each for each in (home.resolve(), *home.resolve().parents) if each.exists())
    free = free_space(there) // MIB
    grade = Grade.BAD if free < ALMOST_NONE_MIB else Grade.LOOK if free < LITTLE_MIB else Grade.GOOD
    yield Check("disk", grade, "room" if grade is Grade.GOOD else "full", {"mib": free})
    kind = mount_kind(there)
    if any(each in kind for each in ELSEWHERE):
        yield Check("place", Grade.BAD, "elsewhere", {"kind": kind})
    else:
        yield Check("place", Grade.GOOD, "here")
    yield from _writable(there)


def _writable(folder: Path) -> Iterator[Check]:
    # A name that a disk of another age would refuse.
    trial = folder / f"检查-{os.getpid()}.tmp"
    with faults_of(folder):
        try:
            with trial.open("xb") as file:
                file.write(bytes(1 << 16))
                file.flush()
                os.fsync(file.fileno())
        finally:
            trial.unlink(missing_ok=True)
    yield Check("writing", Grade.GOOD, "works")


def _memory(_home: Path) -> Iterator[Check]:
    total, free = memory()
    if not total:
        return
    facts: Facts = {"free": free // MIB, "total": total // MIB}
    few = free // MIB
    grade = (
        Grade.BAD
        if few < ALMOST_NO_MEMORY_MIB
        else Grade.LOOK
        if few < LITTLE_MEMORY_MIB
        else Grade.GOOD
    )
    yield Check("memory", grade, "enough" if grade is Grade.GOOD else "little", facts)


def _letters(_home: Path) -> Iterator[Check]:
    others = {name: code for name, code in text_encodings().items() if code != "utf-8"}
    if others:
        name, code = next(iter(others.items()))
        yield Check("letters", Grade.LOOK, "other", {"where": name, "encoding": code})
    else:
        yield Check("letters", Grade.GOOD, "utf8")


def _leftovers(home: Path) -> Iterator[Check]:
    if not home.is_dir():
        return
    now_s = SystemClock().now_us() // 1_000_000
    found = [
        path
        for pattern in LEFTOVERS
        for path in home.glob(pattern)
        if now_s - path.stat().st_mtime > STALE_S
    ]
    if found and not _is_running(home):
        size = sum(path.stat().st_size for path in found)
        facts: Facts = {"count": len(found), "mib": -(-size // MIB)}
        yield Check("leftovers", Grade.LOOK, "some", facts | {"name": found[0].name})
    else:
        yield Check("leftovers", Grade.GOOD, "none")


def _logs(home: Path) -> Iterator[Check]:
    if not home.is_dir():
        return
    size = sum(path.stat().st_size for path in home.glob("logs/*") if path.is_file())
    state = "large" if size > LOG_MIB * MIB else "small"
    grade = Grade.LOOK if state == "large" else Grade.GOOD
    yield Check("logs", grade, state, {"mib": -(-size // MIB)})
    now_s = SystemClock().now_us() // 1_000_000
    week_s = FRESH_CRASH_DAYS * 86_400
    fresh = [file for file in crash_files(home) if now_s - file.stat().st_mtime < week_s]
    if fresh:
        facts: Facts = {"count": len(fresh), "path": str(fresh[0])}
        yield Check("crashes", Grade.LOOK, "some", facts)
    else:
        yield Check("crashes", Grade.GOOD, "none")


def _is_running(home: Path) -> bool:
    """Whether a till runs here; asking must not make a lock where there is none."""
    if not (home / "store.lock").exists():
        return False
    try:
        return is_owned(home)
    except (Shortfall, StoreLocked):
        return False


def _local(now_us: int) -> datetime:
    return datetime.fromtimestamp(now_us // 1_000_000, UTC).astimezone()


def _settings(home: Path) -> Iterator[Check]:
    if home.is_dir():
        load_settings(home)
        yield Check("settings", Grade.GOOD, "sound")


def _chain(home: Path) -> Iterator[Check]:
    """What waits, and whether the server answers; nothing is said of a till that has none."""
    if not store_path(home).exists():
        return
    from storage.links import StoredLinks

    store = open_guest(home, key=home_key(home).key)
    try:
        with store.reader() as connection:
            links = StoredLinks(connection, till_of(connection))
            link, waiting, apart = links.get(), links.waiting(), links.quarantined()
            heard, is_office = links.tills(), not till_of(connection).till_no
    finally:
        store.close()
    if link is None or not link.chain_name:
        return
    if apart:
        yield Check("chain", Grade.LOOK, "apart", {"count": apart})
    since_us = SystemClock().now_us() if waiting.since_us is None else waiting.since_us
    days = (SystemClock().now_us() - since_us) // DAY_US
    if days:
        yield Check("unsent", Grade.LOOK, "old", {"count": waiting.count, "days": days})
    else:
        yield Check("unsent", Grade.GOOD, "few", {"count": waiting.count})
    if heard is not None and heard.is_out:
        yield Check("chain", Grade.BAD, "office_out" if is_office else "out")
        return
    from storage.central import HttpCentral

    try:
        with closing(HttpCentral()) as central:
            central.look(link.url)
    except Unavailable as error:
        yield Check("chain", Grade.LOOK, "error", error=error)
    else:
        yield Check("chain", Grade.GOOD, "answers", {"name": link.chain_name, "url": link.url})


LOOKS: dict[str, Look] = {
    "store": _store,
    "key": _keys,
    "backup": _backup,
    "settings": _settings,
    "disk": _disk,
    "memory": _memory,
    "letters": _letters,
    "leftovers": _leftovers,
    "logs": _logs,
    "chain": _chain,
}
