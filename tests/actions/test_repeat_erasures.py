"""再次删除: who was erased is not back because a shop alone was put back to a time before."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

import pytest

import main
from core.actions.forget_member import forget_member, look_at_privacy
from core.actions.login import login
from core.actions.merge_members import merge_members
from core.members.certificate import Why
from core.ports.erased import Gone
from core.shop import Shop
from storage.backup import back_up, copy_backup
from storage.erased import ErasedFile, beside_backups, erased_path
from tests.actions.test_settle import GOLD, NORMAL, SILVER, VITAMIN, settled
from tests.actions.test_spend import sum_of_accounts
from tests.actions.test_take_members import id_of
from tests.builders import PIN, Home, audit_rows

PHONE = "+8613800135678"


@pytest.fixture
def home(home: Home) -> Home:
    """In which the member has bought something."""
    with home.shop() as shop:
        settled(shop, login(shop, PIN), GOLD, VITAMIN)
    return home


def backed_up_then_erased(home: Home) -> tuple[Path, UUID]:
    """The backup of before, and who is gone since."""
    with home.shop() as shop:
        backup = Path(shop.store.back_up())
        gold = id_of(shop, GOLD)
        forget_member(shop, gold, Why.RETENTION, staff=login(shop, PIN))
    return backup, gold


def is_gone(shop: Shop, member_id: UUID) -> bool:
    with shop.store.read() as reading:
        assert reading.members.by_phone(PHONE) == ()
        assert reading.suggest("李小华") == ()
        return reading.mirror.was_erased([member_id])


def repeated(shop: Shop) -> list[tuple[object, object]]:
    return [
        (e["subject"], e["detail"]) for e in audit_rows(shop) if e["what"] == "erasure_repeated"
    ]


def test_a_restored_store_erases_again_when_it_opens_and_once(home: Home) -> None:
    backup, gold = backed_up_then_erased(home)
    home.command("restore", str(backup))
    with home.shop() as unopened, unopened.store.read() as reading:
        assert not reading.mirror.was_erased([gold]), "there again"
    for _ in range(2):
        with main.opened(home.path) as shop:
            assert is_gone(shop, gold)
            assert repeated(shop) == [(gold.hex, "retention")]
            assert sum_of_accounts(shop) == 0
            (made,) = look_at_privacy(shop, staff=login(shop, PIN)).certificates
            assert (made.member_id, made.why, made.staff_no) == (gold, Why.RETENTION, 0)
            assert made.kept.values > 0
    assert home.findings() == []


def test_the_office_beside_it_does_it_too(home: Home) -> None:
    backup, gold = backed_up_then_erased(home)
    home.command("restore", str(backup))
    with main.visited(home.path) as shop:
        assert is_gone(shop, gold)


def test_a_file_that_was_put_back_by_hand_as_well(home: Home) -> None:
    backup, gold = backed_up_then_erased(home)
    shutil.copyfile(backup, home.path / "store.db")
    with main.opened(home.path) as shop:
        assert is_gone(shop, gold)
        assert repeated(shop) == [(gold.hex, "retention")]


def test_copies_of_backups_bring_it_to_another_machine(home: Home, tmp_path: Path) -> None:
    old, gold = backed_up_then_erased(home)
    stick, machine = tmp_path / "stick", Home(tmp_path / "machine")
    stick.mkdir()
    shutil.copy(old, stick)
    with home.shop() as shop:
        copy_backup(back_up(shop.store), stick)
    way_back = shutil.copy(home.path / "recovery.txt", tmp_path)
    shutil.rmtree(home.path)
    machine.command("restore", str(stick / old.name), "--recovery", str(way_back))
    with main.opened(machine.path) as there:
        assert is_gone(there, gold)


def test_a_backup_tells_of_who_was_erased_before_there_was_a_list(home: Home) -> None:
    backup, gold = backed_up_then_erased(home)
    for path in (erased_path(home.path), beside_backups(backup.parent)):
        path.unlink()
    with home.shop() as shop:
        later = back_up(shop.store)
    home.command("restore", str(backup))
    with main.opened(home.path) as shop:
        assert is_gone(shop, gold)
    assert later.exists()


def test_who_was_merged_after_the_backup_is_gone_by_both_names(home: Home) -> None:
    with home.shop() as shop:
        staff, backup = login(shop, PIN), Path(shop.store.back_up())
        ids = [id_of(shop, GOLD), id_of(shop, SILVER)]
        merge_members(shop, SILVER, GOLD, staff=staff)
        forget_member(shop, ids[0], Why.ASKED, staff=staff)
    home.command("restore", str(backup))
    with main.opened(home.path) as shop:
        assert all(is_gone(shop, each) for each in ids)
        assert sum_of_accounts(shop) == 0


def test_nobody_is_erased_by_a_line_that_somebody_wrote(home: Home) -> None:
    backed_up_then_erased(home)
    with home.shop() as shop:
        normal = id_of(shop, NORMAL)
    ErasedFile(home.path, bytes(32)).keep(Gone((normal,), Why.ASKED, 1))
    with erased_path(home.path).open("ab") as file:
        file.write(b"torn\nffff {}\n" + bytes(9))
    with main.opened(home.path) as shop:
        with shop.store.read() as reading:
            assert not reading.mirror.was_erased([normal])
        assert len(shop.store.erased.known()) == 1


def test_what_stands_beside_says_nothing_of_anybody(home: Home) -> None:
    backup, _ = backed_up_then_erased(home)
    said = erased_path(home.path).read_bytes()
    assert said == beside_backups(backup.parent).read_bytes()
    assert not any(each.encode() in said for each in ("李小华", PHONE, GOLD))
