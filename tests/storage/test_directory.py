"""会员名录: found by blind keys; whatever became of its file, the till goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from core.errors import NotOurStore
from core.ports.directory import Condition, Current, Loading
from core.sync.directory import Blind, blind_key
from core.sync.entry import Entry
from storage.backup import restore
from storage.directory import DIRECTORY_MARK, directory_path, make_tables, open_directory
from storage.engine import PAGE, connect
from storage.store import TillStore
from tests.storage.making import KEY, NOW_US, a_store, new_id

CHAIN_KEY = bytes(16)
RESERVED = 80
"""At the end of each page: 16 bytes that its encryption began with, and 64 that prove it whole."""
CARD, PHONE = Blind.CARD, Blind.PHONE


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TillStore]:
    store = a_store(tmp_path_factory.mktemp("directory") / "home")
    yield store
    store.close()


@pytest.fixture
def store(till: TillStore) -> Iterator[TillStore]:
    """A till with an empty directory that holds."""
    path = give_directory(till)
    yield till
    till.directory.close()
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)


def give_directory(store: TillStore) -> Path:
    ident = new_id()
    path = directory_path(store.home, ident)
    connection = open_directory(path, KEY, is_new=True)
    make_tables(connection)
    connection.close()
    with store.write() as tx:
        tx.snapshots.switch(Current(ident, NOW_US))
    return path


def key(blind: Blind, value: str) -> bytes:
    return blind_key(CHAIN_KEY, blind, value)


def an_entry(card: str, phone: str, name: str = "李*红", ident: UUID | None = None) -> Entry:
    cards, phones = (key(CARD, card),), (key(PHONE, phone),)
    return Entry(ident or new_id(), name, "gold", 120, False, cards, phones)


def test_who_has_a_card_or_a_phone_is_found_by_its_blind_key(store: TillStore) -> None:
    li, wang = an_entry("6001", "+8613800138000"), an_entry("6002", "+8613900139000", "王*")
    store.directory.keep([li, wang])
    assert store.directory.by_key(CARD, key(CARD, "6001")) == (li,)
    assert store.directory.by_key(PHONE, key(PHONE, "+8613900139000")) == (wang,)
    assert store.directory.by_key(PHONE, key(CARD, "6001")) == ()
    assert store.directory.get(li.id) == li
    assert store.directory.count() == 2


def test_several_may_share_a_phone(store: TillStore) -> None:
    both = sorted((an_entry("1", "+86130"), an_entry("2", "+86130")), key=lambda each: each.id)
    store.directory.keep(both)
    assert store.directory.by_key(PHONE, key(PHONE, "+86130")) == tuple(both)


def test_what_is_kept_again_is_so_now_and_its_old_keys_find_nobody(store: TillStore) -> None:
    before = an_entry("6001", "+86130")
    after = an_entry("6009", "+86131", ident=before.id)
    store.directory.keep([before])
    store.directory.keep([an_entry("0", "0", ident=before.id), after, after])
    assert store.directory.by_key(CARD, key(CARD, "6001")) == ()
    assert store.directory.by_key(CARD, key(CARD, "0")) == ()
    assert store.directory.by_key(CARD, key(CARD, "6009")) == (after,)
    assert store.directory.count() == 1


def test_of_who_is_removed_nothing_remains_in_the_file(store: TillStore) -> None:
    gone, stays = an_entry("6001", "+86130", "甲*乙"), an_entry("6002", "+86131")
    store.directory.keep([gone, stays])
    store.directory.remove([gone.id, new_id()])
    assert store.directory.get(gone.id) is None
    assert store.directory.by_key(CARD, key(CARD, "6001")) == ()
    assert store.directory.count() == 1
    assert "甲*乙".encode() not in plain_bytes(store)
    assert stays.name.encode() in plain_bytes(store)


def plain_bytes(store: TillStore) -> bytes:
    """Every page of the directory without its encryption, free ones and free places, too."""
    path = next(store.home.glob("directory-*.db"))
    connection = open_directory(path, KEY)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    whole, plain = path.read_bytes(), b""
    for at in range(0, len(whole), PAGE):
        sealed = whole[at + (16 if at == 0 else 0) : at + PAGE - RESERVED]
        start = whole[at + PAGE - RESERVED : at + PAGE - RESERVED + 16]
        plain += Cipher(algorithms.AES(KEY), modes.CBC(start)).decryptor().update(sealed)
    return plain


def test_the_file_is_encrypted_and_no_store_and_no_store_is_one(store: TillStore) -> None:
    store.directory.keep([an_entry("6001", "+86130")])
    store.directory.close()
    path = next(store.home.glob("directory-*.db"))
    assert not path.read_bytes().startswith(b"SQLite format 3")
    assert "李*红".encode() not in path.read_bytes()
    with pytest.raises(NotOurStore):
        connect(path, KEY)
    with pytest.raises(NotOurStore):
        open_directory(store.path, KEY)


def test_without_a_directory_nobody_is_found_and_nothing_is_kept(till: TillStore) -> None:
    with till.write() as tx:
        tx.snapshots.drop()
    till.directory.keep([an_entry("6001", "+86130")])
    till.directory.remove([new_id()])
    assert till.directory.by_key(CARD, key(CARD, "6001")) == ()
    assert (till.directory.count(), till.directory.condition()) == (0, Condition.NONE)


@pytest.mark.parametrize("become", ["missing", "short", "noise", "foreign", "plain", "flipped"])
def test_a_file_that_is_gone_or_damaged_stops_nothing(store: TillStore, become: str) -> None:
    store.directory.keep([an_entry(str(no), f"+86{no}") for no in range(50)])
    assert store.directory.condition() is Condition.THERE
    store.directory.close()
    path = next(store.home.glob("directory-*.db"))
    whole = path.read_bytes()
    match become:
        case "missing":
            path.unlink()
        case "short":
            path.write_bytes(whole[:2000])
        case "noise":
            path.write_bytes(os.urandom(len(whole)))
        case "foreign":
            path.unlink()
            connect(path, bytes(32), is_new=True, mark=DIRECTORY_MARK).close()
        case "plain":
            path.write_bytes(b"SQLite format 3\0" + bytes(8192))
        case "flipped":
            path.write_bytes(whole[:100] + bytes(256) + whole[356:])
    assert store.directory.condition() is Condition.LOST
    assert store.directory.by_key(CARD, key(CARD, "1")) == ()
    store.directory.keep([an_entry("6001", "+86130")])
    store.directory.remove([new_id()])
    assert store.directory.count() == 0


def test_another_one_that_holds_is_looked_at_at_once(store: TillStore) -> None:
    store.directory.keep([an_entry("6001", "+86130")])
    assert store.directory.count() == 1
    give_directory(store)
    assert store.directory.count() == 0
    store.directory.sweep()
    assert len(list(store.home.glob("directory-*.db"))) == 1


def test_what_is_being_taken_is_not_swept_away(store: TillStore) -> None:
    ident = new_id()
    open_directory(directory_path(store.home, ident), KEY, is_new=True).close()
    with store.write() as tx:
        tx.snapshots.load(Loading(new_id(), "1.2.3", 1000, ident))
    store.directory.sweep()
    assert directory_path(store.home, ident).exists()
    with store.write() as tx:
        loading = tx.snapshots.loading()
        assert loading is not None
        assert (loading.file, loading.cursor, loading.is_begun) == (ident, "1.2.3", True)
        tx.snapshots.ask()
    store.directory.sweep()
    assert not directory_path(store.home, ident).exists()


def test_backups_leave_it_out_and_a_restored_till_goes_on_with_what_lies_there(
    tmp_path: Path,
) -> None:
    store = a_store(tmp_path / "home")
    give_directory(store)
    store.directory.keep([an_entry("6001", "+86130")])
    backup = Path(store.back_up())
    assert key(CARD, "6001") not in backup.read_bytes()
    store.close()
    restore(tmp_path / "home", backup, key=KEY)
    again = TillStore(tmp_path / "home", KEY, None)
    assert again.directory.count() == 1
    again.close()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    restore(elsewhere, backup, key=KEY)
    store = TillStore(elsewhere, KEY, None)
    assert store.directory.condition() is Condition.LOST
    store.close()
