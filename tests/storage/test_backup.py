"""A backup is a whole store; a restored or put-back one is a new incarnation of the till."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import FileUnreadable, NotOurStore, StoreDamaged, StoreLocked, WrongKey
from core.ports import CHECKED_FROM
from core.sync.fact import GENESIS
from storage.backup import PAGES_CHECKED, back_up, backups, copy_backup, restore
from storage.engine import connect
from storage.store import TillStore, open_store
from storage.verify import verify
from storage.witness import witness_of
from tests.storage.making import KEY, NOW_US, sell


def sold(store: TillStore, times: int = 1) -> list[str]:
    numbers = []
    for _ in range(times):
        with store.write() as tx:
            numbers.append(sell(tx, tx.members.by_card("6001")).no)
    return numbers


def test_a_backup_opens_with_the_key_and_holds_the_sales(store: TillStore) -> None:
    sold(store, 3)
    path = Path(store.back_up())
    assert path.parent == store.home / "backups"
    copy = connect(path, KEY)
    assert copy.execute("SELECT count(*) FROM sales").fetchone() == (3,)
    copy.close()
    with pytest.raises(WrongKey):
        connect(path, bytes(32))


def test_the_newest_backups_stay(store: TillStore) -> None:
    made = []
    for _ in range(4):
        sold(store)
        made.append(back_up(store, kept=3))
    assert backups(store.home) == made[:0:-1]


def test_a_restored_store_goes_on_as_a_new_incarnation(store: TillStore) -> None:
    assert sold(store, 2) == ["S01-T2-000001", "S01-T2-000002"]
    with store.write() as tx:
        assert tx.members.next_number() == 1
    backup = back_up(store)
    assert sold(store) == ["S01-T2-000003"]
    store.close()
    assert restore(store.home, backup, key=KEY).incarnation == 2
    again = open_store(store.home, key=KEY)
    with again.write() as tx:
        head = tx.outbox.head()
        assert (head.incarnation, head.seq, head.hash) == (2, 0, GENESIS)
        assert tx.members.next_number() == 10_001
    assert sold(again) == ["S01-T2.2-000001"]
    assert verify(again) == []
    again.close()


def test_a_store_that_was_restored_elsewhere_has_a_witness_at_once(
    store: TillStore, tmp_path: Path
) -> None:
    sold(store, 2)
    backup = back_up(store)
    machine = tmp_path / "machine"
    machine.mkdir()
    restore(machine, backup, key=KEY)
    witness = witness_of(machine / "store.db")
    assert witness is not None
    assert (witness.incarnation, witness.seq, witness.hash) == (2, 0, GENESIS)
    there = open_store(machine, key=KEY)
    assert verify(there) == []
    assert sold(there) == ["S01-T2.2-000001"], "it did not lie behind what was written of it"
    there.close()


def test_what_stood_there_before_is_kept(store: TillStore) -> None:
    backup = back_up(store)
    sold(store, 5)
    store.close()
    restore(store.home, backup, key=KEY)
    aside = connect(store.home / "aside" / "1" / "store.db", KEY)
    assert aside.execute("SELECT count(*) FROM sales").fetchone() == (5,)
    aside.close()
    restore(store.home, backup, key=KEY)
    assert (store.home / "aside" / "2" / "store.db").exists()


def test_twice_restored_never_repeats_an_incarnation(store: TillStore) -> None:
    backup = back_up(store)
    store.close()
    incarnations = [restore(store.home, backup, key=KEY).incarnation for _ in range(3)]
    assert incarnations == [2, 3, 4]


def test_a_restore_over_a_damaged_store(store: TillStore) -> None:
    sold(store)
    backup = back_up(store)
    sold(store)
    store.close()
    store.path.write_bytes(os.urandom(store.path.stat().st_size))
    with pytest.raises(StoreDamaged):
        open_store(store.home, key=KEY)
    restore(store.home, backup, key=KEY)
    again = open_store(store.home, key=KEY)
    with again.read() as reading:
        assert reading.till.incarnation == 2
        assert reading.sales.by_no("S01-T2-000001") is not None
    again.close()


def test_a_restore_after_the_store_is_gone(store: TillStore) -> None:
    backup = back_up(store)
    store.close()
    store.path.unlink()
    assert restore(store.home, backup, key=KEY).incarnation == 2
    open_store(store.home, key=KEY).close()


def test_no_restore_under_a_running_till(store: TillStore) -> None:
    with pytest.raises(StoreLocked):
        restore(store.home, back_up(store), key=KEY)


def test_a_bad_backup_changes_nothing(store: TillStore, tmp_path: Path) -> None:
    sold(store, 30)
    good = back_up(store)
    damaged, foreign = tmp_path / "damaged.db", tmp_path / "photo.jpg"
    data = bytearray(good.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    foreign.write_bytes(b"\xff\xd8" * 9)
    store.close()
    for bad, error in (
        (damaged, StoreDamaged),
        (foreign, NotOurStore),
        (tmp_path / "none", FileUnreadable),
    ):
        with pytest.raises(error):
            restore(store.home, bad, key=KEY)
    again = open_store(store.home, key=KEY)
    with again.read() as reading:
        assert reading.till.incarnation == 1
    again.close()


def test_a_file_put_back_by_hand_is_noticed(store: TillStore, tmp_path: Path) -> None:
    sold(store, 2)
    store.close()
    shutil.copy(store.path, tmp_path / "copy.db")
    later = open_store(store.home, key=KEY)
    assert sold(later) == ["S01-T2-000003"]
    later.close()
    shutil.copy(tmp_path / "copy.db", store.path)
    again = open_store(store.home, key=KEY)
    with again.read() as reading:
        assert reading.till.incarnation == 2
    assert sold(again) == ["S01-T2.2-000001"]
    again.close()
    witness = witness_of(store.path)
    assert witness is not None
    assert (witness.incarnation, witness.seq) == (2, 1)


def test_a_file_that_lacks_an_audit_row_only_is_noticed_too(
    store: TillStore, tmp_path: Path
) -> None:
    sold(store, 1)
    store.close()
    shutil.copy(store.path, tmp_path / "copy.db")
    later = open_store(store.home, key=KEY)
    with later.write() as tx:
        tx.audit.note("receipt_reprinted", at_us=NOW_US, staff_no=1, subject="S01-T2-000001")
    later.close()
    shutil.copy(tmp_path / "copy.db", store.path)
    again = open_store(store.home, key=KEY)
    assert again.was_put_back
    again.close()


def test_a_store_that_was_only_closed_stays_the_same_incarnation(store: TillStore) -> None:
    sold(store, 2)
    store.close()
    again = open_store(store.home, key=KEY)
    assert sold(again) == ["S01-T2-000003"]
    again.close()


def test_a_backup_copied_to_a_stick_is_the_same(store: TillStore, tmp_path: Path) -> None:
    backup = back_up(store)
    stick = tmp_path / "stick"
    stick.mkdir()
    assert copy_backup(backup, stick).read_bytes() == backup.read_bytes()
    assert copy_backup(backup, stick / "mine.db").name == "mine.db"


KILLED = """
import os, sys
from pathlib import Path
import storage.backup
left = int(sys.argv[3])
replace = Path.replace
def counted(self, target):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), 9)
    return replace(self, target)
Path.replace = counted
storage.backup.restore(Path(sys.argv[1]), Path(sys.argv[2]), key=bytes(range(32)))
"""


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_killed_restore_leaves_a_store_that_opens(store: TillStore, step: int) -> None:
    sold(store, 2)
    backup = back_up(store)
    sold(store)
    store.close()
    run = [sys.executable, "-c", KILLED, str(store.home), str(backup), str(step)]
    assert subprocess.run(run, check=False).returncode == -9
    again = open_store(store.home, key=KEY)
    with again.read() as reading:
        is_old = reading.till.incarnation == 1
        assert (reading.sales.by_no("S01-T2-000003") is not None) == is_old
        assert is_old == (step == 1)
    assert verify(again) == []
    again.close()


def test_a_backup_says_how_far_it_is(store: TillStore) -> None:
    told: list[int] = []
    store.back_up(told.append)
    assert told == sorted(told)
    assert {CHECKED_FROM, PAGES_CHECKED} <= set(told)
    assert told[0] >= 0 and told[-1] <= 1000


def test_a_large_copy_is_told_while_it_goes_on(
    store: TillStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.store.STEP", 20)
    told: list[int] = []
    store.back_up(told.append)
    assert len([permille for permille in told if permille < CHECKED_FROM]) > 3
