"""The key stays where only we may read it; the recovery file brings it back."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from core.errors import BadRecoveryFile, FileUnreadable, KeyMissing, NoStore, WrongKey
from storage.keys import (
    KeptKey,
    key_path,
    load_key,
    make_key,
    read_recovery,
    recover,
    save_recovery,
    system_vault,
)
from storage.store import open_store
from tests.storage.making import KEY, a_store, new_id


class Drawer:
    """A keystore in memory; `is_stuck` forgets what it is given."""

    def __init__(self, *, is_stuck: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.is_stuck = is_stuck

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if not self.is_stuck:
            self.kept[service, username] = password


def test_without_a_keystore_the_key_lies_in_a_file_of_ours_alone(tmp_path: Path) -> None:
    kept = make_key(tmp_path, KEY, vault=None)
    assert kept.is_in_file
    assert stat.S_IMODE(key_path(tmp_path).stat().st_mode) == 0o600
    assert load_key(tmp_path, vault=None).key == KEY
    assert KEY.hex() not in repr(kept)


def test_with_a_keystore_no_file_holds_the_key(tmp_path: Path) -> None:
    drawer = Drawer()
    assert not make_key(tmp_path, KEY, vault=drawer).is_in_file
    assert not key_path(tmp_path).exists()
    assert load_key(tmp_path, vault=drawer).key == KEY


def test_a_keystore_that_forgets_is_not_believed(tmp_path: Path) -> None:
    assert make_key(tmp_path, KEY, vault=Drawer(is_stuck=True)).is_in_file
    assert load_key(tmp_path, vault=None).key == KEY


def test_a_machine_without_desktop_has_no_keystore(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backends.fail import Keyring

    monkeypatch.setattr(keyring, "get_keyring", Keyring)
    assert system_vault() is None


def test_a_missing_and_a_damaged_key(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing):
        load_key(tmp_path, vault=Drawer())
    for text in ("", "zz", KEY.hex()[:-2], "错"):
        key_path(tmp_path).write_text(text, "utf-8")
        with pytest.raises(WrongKey):
            load_key(tmp_path, vault=None)


def test_the_recovery_file_brings_the_key_back(tmp_path: Path) -> None:
    home, recovery = tmp_path / "home", tmp_path / "recovery.txt"
    a_store(home).close()
    ident = new_id()
    save_recovery(recovery, KEY, till_id=ident, words="恢复文件\n请收好")
    assert recovery.read_text("utf-8").startswith("# 恢复文件\n# 请收好\n")
    assert read_recovery(recovery) == (KEY, ident)
    assert recover(home, recovery, vault=None).key == KEY
    open_store(home, key=load_key(home, vault=None).key).close()


def test_a_recovery_file_typed_in_small_letters_is_read(tmp_path: Path) -> None:
    save_recovery(tmp_path / "r", KEY, till_id=new_id(), words="")
    text = (tmp_path / "r").read_text()
    head, key = text.rsplit("key ", 1)
    (tmp_path / "r").write_text("\ufeff" + head + "key   " + key.lower(), "utf-8")
    assert read_recovery(tmp_path / "r")[0] == KEY


def test_one_wrong_sign_in_a_recovery_file_is_noticed(tmp_path: Path) -> None:
    save_recovery(tmp_path / "r", KEY, till_id=new_id(), words="")
    text = (tmp_path / "r").read_text()
    place = text.index("key ") + 9
    other = "A" if text[place] != "A" else "B"
    for bad in (text[:place] + other + text[place + 1 :], "", "key\n", "\x00" * 50, text[:-20]):
        (tmp_path / "r").write_text(bad)
        with pytest.raises(BadRecoveryFile):
            read_recovery(tmp_path / "r")


def test_the_recovery_file_of_another_store_is_refused(tmp_path: Path) -> None:
    home, recovery = tmp_path / "home", tmp_path / "recovery.txt"
    with pytest.raises(FileUnreadable):
        read_recovery(recovery)
    save_recovery(recovery, bytes(32), till_id=new_id(), words="")
    with pytest.raises(NoStore):
        recover(home, recovery, vault=None)
    a_store(home).close()
    with pytest.raises(BadRecoveryFile):
        recover(home, recovery, vault=None)
    assert not key_path(home).exists()


def test_a_key_is_not_written_out_by_its_name(tmp_path: Path) -> None:
    assert "SECRET" not in repr(KeptKey(b"SECRET" * 6, is_in_file=True))
