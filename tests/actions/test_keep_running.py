"""养着: backups by the hour, tried each month, reports into a folder; whatever fails is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.actions.keep_running import (
    back_up_now,
    change_routine,
    drill_now,
    keep_up,
    look_at_running,
)
from core.actions.order_reports import name_of
from core.errors import BadRoutine, NoBackup, NoFolder, RoutineBusy, RoutineElsewhere, StoreDamaged
from core.ports.keeping import BACKUP, DRILL, Done
from core.shop import Shop
from core.trust.staff import Staff
from core.values.routine import Every, ReportOrder, Routine
from tests.actions.test_settle import NORMAL, VITAMIN, settled
from tests.actions.test_today import later
from tests.builders import Home
from ui.routine import do_due, write_reports
from ui.text import sentence

HOUR_S, DAY_S = 3600, 86_400


def ordered(shop: Shop, staff: Staff, routine: Routine) -> Routine:
    """This happens from now on."""
    return change_routine(shop, Routine(), routine, staff=staff).routine


def done(shop: Shop, what: str) -> Done:
    return shop.store.keeping.done()[what]


def test_a_backup_goes_into_the_folder_and_only_so_many_stay(
    shop: Shop, staff: Staff, tmp_path: Path
) -> None:
    ordered(shop, staff, Routine(backup_folder=str(tmp_path), backups_kept=2))
    for _ in range(3):
        settled(shop, staff, VITAMIN)
        path = back_up_now(shop, staff=staff)
    seen = look_at_running(shop, staff=staff)
    assert next(kept.path for kept in seen.there) == path
    assert (len(seen.here), len(seen.there)) == (2, 2)
    assert Path(path).parent == tmp_path / "S01-T1"
    assert seen.done[BACKUP].facts == {"path": path}


def test_tills_that_share_a_folder_leave_each_others_backups(
    shop: Shop, staff: Staff, tmp_path: Path
) -> None:
    other = tmp_path / "S01-T2" / "shuke-001-20200101T000000Z-00000001-00000001.db"
    other.parent.mkdir()
    other.write_bytes(b"x")
    ordered(shop, staff, Routine(backup_folder=str(tmp_path), backups_kept=1))
    for _ in range(2):
        settled(shop, staff, VITAMIN)
        back_up_now(shop, staff=staff)
    assert other.exists()
    assert len(look_at_running(shop, staff=staff).there) == 1


def test_a_drill_brings_the_shop_back_and_leaves_nothing(shop: Shop, staff: Staff) -> None:
    with pytest.raises(NoBackup):
        drill_now(shop, staff=staff)
    settled(shop, staff, NORMAL, VITAMIN)
    back_up_now(shop, staff=staff)
    settled(shop, staff, VITAMIN)
    found = drill_now(shop, staff=staff)
    assert (found.sales, found.findings, found.other_engines) == (1, (), 0)
    assert found.members > 0
    assert not list(Path(shop.store.keeping.home).glob("drill-*"))
    assert done(shop, DRILL).facts["sales"] == 1


def test_a_backup_that_lost_a_page_is_told_by_its_drill(shop: Shop, staff: Staff) -> None:
    path = Path(back_up_now(shop, staff=staff))
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2 : len(whole) // 2 + 64] = bytes(64)
    path.write_bytes(bytes(whole))
    with pytest.raises(StoreDamaged):
        drill_now(shop, staff=staff)
    keep_up(later(shop, HOUR_S), sentence)
    assert "坏" in done(shop, DRILL).trouble


def test_what_is_due_is_done_once_and_again_the_next_day(shop: Shop, staff: Staff) -> None:
    ordered(shop, staff, Routine(backup_hour=3))
    keep_up(shop, sentence)
    first = done(shop, BACKUP).done_us
    assert first and done(shop, DRILL).done_us
    keep_up(shop, sentence)
    assert done(shop, BACKUP).done_us == first
    settled(shop, staff, VITAMIN)
    keep_up(later(shop, DAY_S), sentence)
    assert done(shop, BACKUP).done_us > first


def test_a_folder_that_has_gone_is_said_and_tried_again_after_half_an_hour(
    shop: Shop, staff: Staff, tmp_path: Path
) -> None:
    gone = tmp_path / "stick"
    ordered(shop, staff, Routine(backup_hour=3, backup_folder=str(gone), drills=False))
    keep_up(shop, sentence)
    assert str(gone) in done(shop, BACKUP).trouble
    assert len(shop.store.keeping.backups()) == 1
    gone.mkdir()
    keep_up(later(shop, HOUR_S // 4), sentence)
    assert done(shop, BACKUP).trouble
    keep_up(later(shop, HOUR_S), sentence)
    assert not done(shop, BACKUP).trouble
    with pytest.raises(NoFolder):
        gone.rename(tmp_path / "other")
        shop.store.keeping.back_up(Routine(backup_folder=str(gone)))


def test_two_who_change_it_do_not_lose_each_others_wish(shop: Shop, staff: Staff) -> None:
    ordered(shop, staff, Routine(backup_hour=3))
    with pytest.raises(RoutineElsewhere):
        change_routine(shop, Routine(), Routine(backup_hour=5), staff=staff)
    with pytest.raises(BadRoutine):
        change_routine(shop, Routine(backup_hour=3), Routine(backups_kept=0), staff=staff)
    assert shop.store.keeping.routine().backup_hour == 3


def test_a_spoilt_file_is_said_and_written_anew(shop: Shop, staff: Staff) -> None:
    (Path(shop.store.keeping.home) / "routine.json").write_text("{", "utf-8")
    assert look_at_running(shop, staff=staff).broken is not None
    do_due(shop)
    ordered(shop, staff, Routine(backup_hour=3))
    assert look_at_running(shop, staff=staff).broken is None


def test_only_one_does_it_at_a_time(shop: Shop, staff: Staff) -> None:
    with shop.store.keeping.turn() as is_ours:
        assert is_ours
        with pytest.raises(RoutineBusy):
            back_up_now(shop, staff=staff)
        do_due(shop)
    assert not shop.store.keeping.backups()


def test_a_report_is_written_and_what_was_missed_is_made_up(
    shop: Shop, staff: Staff, tmp_path: Path
) -> None:
    settled(shop, staff, NORMAL, VITAMIN)
    order = ReportOrder("days", Every.DAY, "csv", str(tmp_path))
    ordered(shop, staff, Routine(drills=False, reports=(order,)))
    do_due(shop)
    on = shop.now().business_on
    assert done(shop, name_of(order)).through == on - timedelta(days=1)
    do_due(later(shop, 3 * DAY_S))
    names = sorted(path.name.split()[-1] for path in tmp_path.glob("*.csv"))
    days = [on + timedelta(days=ahead) for ahead in range(-1, 3)]
    assert names == [f"{day}.csv" for day in days]
    assert not write_reports(later(shop, 3 * DAY_S)).paths


def test_a_report_that_cannot_be_written_waits_and_is_said(
    shop: Shop, staff: Staff, tmp_path: Path
) -> None:
    order = ReportOrder("days", Every.DAY, "csv", str(tmp_path / "reports"))
    ordered(shop, staff, Routine(drills=False, reports=(order,)))
    do_due(shop)
    assert "reports" in done(shop, name_of(order)).trouble
    (tmp_path / "reports").mkdir()
    do_due(shop)  # half an hour is not over
    assert done(shop, name_of(order)).trouble
    assert len(write_reports(shop).paths) == 1
    assert replace(done(shop, name_of(order)), facts={}).trouble == ""


def test_a_timer_of_the_system_writes_what_is_due(
    shop: Shop, staff: Staff, home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = ReportOrder("days", Every.MONTH, "csv", str(tmp_path))
    ordered(shop, staff, Routine(drills=False, reports=(order,)))
    home.command("report", "--due")
    [written] = tmp_path.glob("*.csv")
    assert str(written) in capsys.readouterr().out
    home.command("report", "--due")
    assert "没有到时候的报表" in capsys.readouterr().out
