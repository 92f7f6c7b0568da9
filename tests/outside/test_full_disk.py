"""A full disk: one sentence, nothing confirmed is lost, and selling goes on when there is room."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.outside.program import (
    LOGIN,
    Till,
    is_clear,
    refusal,
    run,
    run_process,
    sell_lines,
    selling,
)
from tests.outside.tables import write_members, write_products

GOOD = "6901234567823"
FULL = "磁盘满了"


@pytest.fixture
def small_disk(home: Path, tmp_path: Path) -> Iterator[Path]:
    """The home on a disk of 6 MiB of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)]
    if os.getuid() or subprocess.run(mount, stderr=subprocess.DEVNULL, check=False).returncode:
        pytest.skip("a disk of its own needs a mount, and that needs root")
    try:
        yield Path(shutil.copytree(home, disk / "home"))
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path, *, leave: int = 0) -> Path:
    """A file that takes all the room but `leave` bytes."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(65536)) == 65536:
                continue
        except OSError:
            file.flush()
    if leave:
        os.truncate(filler, max(0, filler.stat().st_size - leave))
    return filler


def test_selling_goes_on_when_there_is_room_again(small_disk: Path) -> None:
    with selling(small_disk) as till:
        sold = [till.obeyed(*sell_lines(GOOD, member="800001"))["sale"]]
        filler = fill(small_disk.parent)
        sold += sell_until_full(till)
        basket = till.say("why")["basket"]
        assert till.say("pay cash 2000")["say"].startswith(FULL)
        assert till.say("why")["basket"] == basket, "the basket waits"
        assert is_clear(till.say("receipt")["say"])
        filler.unlink()
        sold.append(till.obeyed("pay cash 2000")["sale"])
        numbers = [sale["no"] for sale in sold]
        assert numbers == [f"S01-T1-{n:06d}" for n in range(1, len(sold) + 1)]
        assert [till.obeyed(f"receipt {no}")["ok"] for no in numbers]
        assert till.end().code == 0
    assert run(small_disk, "verify").code == 0


def sell_until_full(till: Till, said: str = FULL) -> list[dict[str, Any]]:
    """The sales that were confirmed before the disk said no; a basket is left open."""
    sold = []
    for _ in range(500):
        till.obeyed("scan 800001", f"scan {GOOD}")
        answer = till.say("pay cash 2000")
        if not answer["ok"]:
            assert is_clear(answer["say"]), answer["say"]
            assert answer["say"].startswith(said)
            return sold
        sold.append(answer["sale"])
    raise AssertionError("the disk never became full")


def test_the_reserve_is_given_to_the_next_sale(small_disk: Path) -> None:
    """The first write that finds no room frees it: no sale is refused meanwhile."""
    reserve = small_disk / "store.reserve"
    reserve.write_bytes(bytes(600_000))
    with selling(small_disk) as till:
        fill(small_disk.parent)
        for _ in range(500):
            assert till.obeyed(*sell_lines(GOOD, member="800001"))["sale"]["no"]
            if not reserve.exists():
                break
        assert not reserve.exists(), "the disk never became full"
        assert till.obeyed(*sell_lines(GOOD, member="800001"))["sale"]["no"]
    assert run(small_disk, "verify").code == 0


@pytest.mark.parametrize("leave", [800_000, 1_500_000])
def test_an_import_that_fills_the_disk_leaves_nothing(
    small_disk: Path, tmp_path: Path, leave: int
) -> None:
    """Whatever fitted before it was full: the next import takes it back."""
    table = write_members(tmp_path / "members.csv", 20_000)
    filler = fill(small_disk.parent, leave=leave)
    with selling(small_disk) as till:
        assert refusal(run_process(small_disk, "import", "members", str(table))).startswith(FULL)
        filler.unlink()
        assert till.obeyed(*sell_lines(GOOD, member="800001"))["sale"]["no"]
        less = write_products(tmp_path / "products.csv", 20)
        for _ in range(30):  # the till may be at it just now: then one is asked to wait
            done = run(small_disk, "import", "products", str(less))
            if not (done.code and "等它" in done.said):
                break
        assert done.code == 0, done.said
        assert till.obeyed("find 900000001")["found"] == [], "whatever fitted was undone"
    done = run(small_disk, "verify")
    assert done.code == 0, done.said


def test_a_start_on_a_full_disk(small_disk: Path) -> None:
    filler = fill(small_disk.parent)
    for words in (("till", "--headless"), ("backup",), ("verify",)):
        done = run_process(small_disk, *words, lines=[LOGIN, "scan 800001"])
        assert "Traceback" not in done.said
        if done.code:
            assert refusal(done)
    filler.unlink()
    assert run(small_disk, "verify").code == 0


def test_a_close_on_a_full_disk_can_be_done_again(small_disk: Path) -> None:
    with selling(small_disk) as till:
        till.obeyed(*sell_lines(GOOD))
        filler = fill(small_disk.parent, leave=100_000)
        first = till.say("close-day 15.80")
        assert "备份没有做成" in first["say"] or first["say"].startswith(FULL)
        filler.unlink()
        if not first["ok"]:
            assert "备份已核对" in till.obeyed("close-day 15.80")["say"]
    assert run(small_disk, "backup").code == 0
    assert run(small_disk, "verify").code == 0


@pytest.mark.parametrize("room", [0, 100_000, 250_000])
def test_a_setup_without_room_can_be_done_again(small_disk: Path, room: int) -> None:
    fresh = small_disk.parent / "fresh"
    words = ("setup", "--store", "店里", "--till", "1", "--manager", "店长", "--pin", "246810")
    filler = fill(small_disk.parent, leave=room)
    done = run(fresh, *words)
    filler.unlink()
    if done.code:
        assert refusal(done).startswith(FULL)
        again = run(fresh, *words)
        assert again.code == 0, again.said
    assert run(fresh, "till", "--headless", lines=[LOGIN]).out.startswith("店长")


def test_files_that_may_not_grow(home: Path) -> None:
    """As under a quota: the process may write no file beyond so many bytes."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))

    with selling(home, preexec_fn=limit) as till:
        sold = sell_until_full(till, "磁盘读写失败")
        assert sold
        resource.prlimit(till.pid, resource.RLIMIT_FSIZE, (-1, -1))
        assert till.obeyed("pay cash 2000")["sale"]["no"] == f"S01-T1-{len(sold) + 1:06d}"
    assert run(home, "verify").code == 0


def test_a_start_on_a_full_disk_takes_the_reserve(small_disk: Path) -> None:
    """Whatever the first start is; where nothing is left to give back, it is said what it is."""
    reserve = small_disk / "store.reserve"
    starts = (("staff", "list"), ("verify",), ("till", "--headless"))
    for words in starts:
        reserve.write_bytes(bytes(600_000))
        filler = fill(small_disk.parent)
        done = run_process(small_disk, *words, lines=[LOGIN])
        assert done.code == 0, done.said
        assert not reserve.exists()
        assert words == ("verify",) or "留着应急的空间已经放出来" in done.err, done.said
        filler.unlink()
    fill(small_disk.parent)
    for words in starts:
        assert refusal(run_process(small_disk, *words, lines=[LOGIN])).startswith(FULL)
