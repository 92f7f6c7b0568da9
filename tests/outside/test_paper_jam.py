"""Printers and places as they are: a jam never undoes or blocks a sale, any folder is a home."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.outside.program import LOGIN, answers, is_clear, refusal, run, sell_lines, selling

GOOD = "6901234567823"
JAMS = ["tcp:127.0.0.1:1", "file:/nowhere/paper.bin", "file:/dev/full", "serial:/dev/nowhere:9600"]


@pytest.mark.parametrize("printer", JAMS)
def test_a_jam_neither_undoes_nor_blocks_a_sale(home: Path, printer: str) -> None:
    set_up = run(home, "printer", printer)
    assert set_up.code == 0
    assert is_clear(set_up.err.strip()) == (printer != "file:/dev/full"), "only a paper tells"
    with selling(home) as till:
        began = time.monotonic()
        for number in range(1, 4):
            answer = till.obeyed(*sell_lines(GOOD, member="800001"))
            assert answer["sale"]["no"] == f"S01-T1-{number:06d}"
        assert time.monotonic() - began < 1.5, "nobody waits for paper"
        until = time.monotonic() + 10
        while "就绪" in (said := till.obeyed("status")["say"]):
            assert time.monotonic() < until, "the jam is never told"
            time.sleep(0.05)
        assert is_clear(said), said
        assert till.obeyed("receipt")["ok"], "the copy on the disk needs no printer"
        assert till.end().code == 0
    assert run(home, "verify").code == 0


@pytest.mark.parametrize("text", ['{"printer": 5}', "{", "[1]", '{"paper_mm": 12}', "设置"])
def test_settings_that_are_spoilt(home: Path, text: str) -> None:
    (home / "settings.json").write_text(text, "utf-8")
    refusal(run(home, "till", "--headless"))
    assert run(home, "printer", "none").code == 0
    assert answers(home, LOGIN)[0]["ok"]


@pytest.mark.parametrize("name", ["店 铺's 数据", "a%20b?x#y", "😀"])
def test_any_name_of_a_folder_is_a_home(tmp_path: Path, name: str) -> None:
    home = tmp_path / name / "数据"
    home.parent.mkdir()
    words = ("setup", "--store", "药店", "--till", "9", "--manager", "店长", "--pin", "246810")
    assert run(home, *words).code == 0
    day = [LOGIN, "open-day 0", "add-product 77001 1.00 药", "pay cash 1", "receipt", "close-day 1"]
    assert all(answer["ok"] for answer in answers(home, *day))
    backup = run(home, "backup").out.strip().rpartition("：")[2]
    assert run(home, "restore", backup).code == 0
    assert run(home, "verify").code == 0
    assert list((home / "receipts").glob("*.pdf"))
