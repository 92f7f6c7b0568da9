"""坏位: flip one bit in a copy of a home, open it as a till does, compare all that it says.

The home was copied while the till ran, as a power cut leaves it: what was sold last lies in the
write-ahead log alone. What is opened must be what was there, or the till says that it is not.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from core.errors import Shortfall
from storage.home import open_home
from storage.settings import load_settings, save_settings
from storage.store import TillStore
from storage.verify import verify
from tests.builders import PIN, Home

FILES = ("store.db", "store.db-wal", "store.witness", "settings.json")
# The small files are hit as often as pages of the database are.
SHARES = (45, 35, 10, 10)
SALES = (("800001", "6901234567809"), ("800002", "6901234567816"), ("800003", "6901234567823"))


class Tally(Struct):
    """What many flips came to, by file; `troubles` are those that nobody would have noticed."""

    flips: int = 0
    same: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)


def furnished(folder: Path) -> Path:
    """The home of a till that sold, as it lies on the disk while the till runs."""
    home = Home.prepared(folder, products="products.csv", members="members.csv")
    (home.path / "store.reserve").unlink(missing_ok=True)
    save_settings(home.path, load_settings(home.path))
    copy = folder / "copy"
    with home.console() as till:
        for line in (f"login {PIN}", "open-day 200.00"):
            till.obey(line)
        for codes in SALES * 4:
            for code in codes:
                till.obey(f"scan {code}")
            till.obey("pay cash 900.00")
        shutil.copytree(home.path, copy)
    return copy


def flip_many(home: Path, *, flips: int, seed: int) -> Tally:
    """So many flips, each in a fresh copy."""
    dice, tally = random.Random(seed), Tally()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        whole = _read(_copied(home, Path(folder)))
        for _ in range(flips):
            _flip_once(_copied(home, Path(folder)), dice, whole, tally)
            if tally.flips % 500 == 0:
                print(f"{tally.flips} flips, {len(tally.troubles)} troubles", flush=True)
    return tally


def _copied(home: Path, folder: Path) -> Path:
    copy = folder / "home"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in (*FILES, "store.key"):
        if (home / name).exists():
            shutil.copyfile(home / name, copy / name)
    return copy


def _flip_once(home: Path, dice: random.Random, whole: dict[str, Any], tally: Tally) -> None:
    (name,) = dice.choices(FILES, SHARES)
    path = home / name
    data = bytearray(path.read_bytes())
    at = dice.randrange(len(data) * 8)
    data[at // 8] ^= 1 << at % 8
    path.write_bytes(data)
    tally.flips += 1
    try:
        found = _read(home)
    except Shortfall:
        tally.seen[name] += 1
        return
    except Exception as bug:  # noqa: BLE001 - whatever it is, a person would see a traceback
        tally.troubles.append(f"{name} bit {at}: {type(bug).__name__} {bug}")
        return
    if found == whole:
        tally.same[name] += 1
    elif found["is told"]:
        tally.seen[name] += 1
    else:
        other = [each for each in whole if found.get(each) != whole[each]]
        tally.troubles.append(f"{name} bit {at}: another {', '.join(other)}, and nobody is told")


def _read(home: Path) -> dict[str, Any]:
    """All that a till has, and whether a person is told that something is wrong."""
    settings = load_settings(home)
    with open_home(home) as found:
        told = found.store.was_put_back or bool(verify(found.store))
        return {"settings": settings, "is told": told, **_tables(found.store)}


def _tables(store: TillStore) -> dict[str, Any]:
    with store.reader() as connection:
        names = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        tables = [str(name) for (name,) in connection.execute(names).fetchall()]
        return {
            name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}").fetchall()))
            for name in tables
        }
