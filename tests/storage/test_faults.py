"""A full, failing or read-only disk and a kill: one clear error, and nothing was changed."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from core.errors import DiskFailed, DiskFull, ReadOnly, StoreDamaged
from storage.faults import faults_of, shortfall_of
from storage.store import TillStore, create_store, open_store
from storage.verify import verify
from tests.storage.making import KEY, a_till, sell


def sold(store: TillStore) -> None:
    with store.write() as tx:
        sell(tx, tx.members.by_card("6001"), lines=20)


def test_a_full_disk_changes_nothing_and_selling_goes_on_when_there_is_room(
    store: TillStore,
) -> None:
    sold(store)
    with store.writer() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    with store.writer() as connection:
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull):
        for _ in range(50):
            sold(store)
    with store.writer() as connection:
        connection.execute("PRAGMA max_page_count = 1073741823")
    assert verify(store) == []
    sold(store)
    assert verify(store) == []


@pytest.mark.parametrize("room", range(0, 400_000, 20_000))
def test_a_file_that_cannot_grow_anywhere_in_a_sale_loses_nothing(
    store: TillStore, room: int
) -> None:
    sold(store)
    wal = store.path.with_name("store.db-wal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    sold_before_full = 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size + room, hard))
    try:
        with pytest.raises((DiskFull, DiskFailed)):
            for _ in range(100):
                sold(store)
                sold_before_full += 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with store.read() as reading:
        assert reading.sales.next_number() == sold_before_full + 2
    sold(store)
    assert verify(store) == []


def test_codes_of_the_database_become_errors_of_the_till() -> None:
    for code, error in (
        (13, DiskFull),
        (8, ReadOnly),
        (8 | 1 << 8, ReadOnly),
        (10 | 4 << 8, DiskFailed),
        (11, StoreDamaged),
        (5, DiskFailed),
    ):
        raised = dbapi2.OperationalError("x")
        raised.sqlite_errorcode = code
        assert type(shortfall_of(raised, Path("store.db"))) is error
    assert shortfall_of(ValueError("a bug"), Path("store.db")) is None


@pytest.mark.parametrize(
    ("number", "error"), [(28, DiskFull), (30, ReadOnly), (13, ReadOnly), (5, DiskFailed)]
)
def test_errors_of_the_system_become_errors_of_the_till(number: int, error: type) -> None:
    with pytest.raises(error), faults_of(Path("store.db")):
        raise OSError(number, os.strerror(number))


def test_an_error_of_the_callers_own_files_is_not_one_of_the_store(store: TillStore) -> None:
    with pytest.raises(BrokenPipeError), store.write() as tx:
        sell(tx, None)
        raise BrokenPipeError
    with store.read() as reading:
        assert reading.sales.last() is None


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.write_text("a file where the home should be")
    with pytest.raises(DiskFailed):
        create_store(place / "home", key=KEY, till=a_till())
    if os.geteuid() == 0:
        return
    tmp_path.chmod(0o500)
    with pytest.raises(ReadOnly):
        create_store(tmp_path / "home", key=KEY, till=a_till())


KILLED = """
import os, sys
from pathlib import Path
from storage.store import open_store
from tests.storage.making import sell
store = open_store(Path(sys.argv[1]), key=bytes(range(32)))
for _ in range(3):
    with store.write() as tx:
        print(sell(tx, tx.members.by_card("6001"), lines=20).no, flush=True)
left = int(sys.argv[2])
def count(sql):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), 9)
with store.write() as tx:
    tx.connection.set_trace_callback(count)
    sell(tx, tx.members.by_card("6001"), lines=20)
os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("statement", [1, 8, 20, 35, 1000])
def test_killed_within_a_sale_the_confirmed_ones_stay_whole(
    store: TillStore, statement: int
) -> None:
    store.close()
    run = [sys.executable, "-c", KILLED, str(store.home), str(statement)]
    killed = subprocess.run(run, capture_output=True, text=True, check=False)
    assert killed.returncode == -9, killed.stderr
    again = open_store(store.home, key=KEY)
    with again.read() as reading:
        confirmed = killed.stdout.split()
        assert len(confirmed) == 3
        assert all(reading.sales.by_no(no) for no in confirmed)
        assert reading.sales.next_number() == (5 if statement == 1000 else 4)
        assert reading.till.incarnation == 1
    assert verify(again) == []
    again.close()
