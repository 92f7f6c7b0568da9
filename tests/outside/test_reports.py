"""main.py report: what a manager asks for at a command line, and what they are told."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tests.builders import PIN
from tests.outside.program import Done, answers, refusal, run, sell_lines

EVER = ("--from", "2020-01-01", "--to", "2099-12-31")


@pytest.fixture
def sold(home: Path) -> Path:
    """Somebody and nobody bought."""
    begun = [f"login {PIN}", "open-day 200"]
    to_gold = sell_lines("6901234567809", member="800001")
    answers(home, *begun, *to_gold, *sell_lines("6901234567816"))
    return home


def said(home: Path, *words: str) -> str:
    done = run(home, "report", *words)
    assert done.code == 0, done.err
    return done.out


def test_the_list_says_how_each_is_counted(home: Path) -> None:
    listed = said(home)
    assert listed == said(home, "--list") == said(home / "no shop here", "--list")
    assert "还没有店" in run(home / "no shop here", "report", "days").err
    assert "days" in listed and "活跃" in listed and len(listed.splitlines()) == 16


def test_a_table_in_words_and_beside_the_days_before(sold: Path) -> None:
    assert "实收" in said(sold, "days")
    assert "上期实收" in said(sold, "days", "--against", *EVER)
    assert "上期实收占比" in said(sold, "members", "--against", *EVER)
    assert "这些天没有" in said(sold, "days", "--from", "2020-01-01", "--to", "2020-01-02")
    assert said(sold, "cashiers") == said(sold, "cashiers", "--rebuild")


def test_files_of_all_kinds(sold: Path, tmp_path: Path) -> None:
    made = {kind: tmp_path / f"商品.{kind}" for kind in ("xlsx", "pdf", "csv")}
    for path in made.values():
        assert str(path) in said(sold, "products", *EVER, "--out", str(path))
    sheet = openpyxl.load_workbook(io.BytesIO(made["xlsx"].read_bytes())).active
    assert sheet is not None and sheet.max_row == 3
    words = pypdfium2.PdfDocument(made["pdf"])[0].get_textpage().get_text_bounded()
    assert "维生素C咀嚼片" in words and "6901234567816" in words
    assert "维生素C咀嚼片" in made["csv"].read_text(encoding="utf-8-sig")


def test_no_name_card_or_phone_lies_in_the_copy(sold: Path) -> None:
    said(sold, "members")
    raw = (sold / "insight.duckdb").read_bytes()
    for secret in ("李小华", "800001", "13800135678"):
        assert secret.encode() not in raw


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("takings",), "takings"),
        (("days", "--from", "2026-11-02", "--to", "2026-11-01"), "2026-11-02"),
        (("days", "--out", "days.doc"), "days.doc"),
    ],
)
def test_what_cannot_be_is_said(home: Path, words: tuple[str, ...], told: str) -> None:
    assert told in refusal(run(home, "report", *words))


def test_a_file_where_none_can_be_is_said(sold: Path) -> None:
    place = sold / "store.db" / "days.csv"
    assert "store.db 不在" in refusal(run(sold, "report", "days", "--out", str(place)))


def test_no_folder_is_made_for_a_file(sold: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nowhere" / "deep"
    done = run(sold, "report", "days", "--out", str(folder / "days.xlsx"))
    assert done.code != 0
    assert f"{Path('nowhere', 'deep')} 不在。什么都没有写到那里；" in done.err
    assert not folder.parent.exists()


def test_a_day_that_is_none_is_refused_before_anything_is_asked(home: Path) -> None:
    done: Done = run(home, "report", "days", "--from", "2026-02-30")
    assert done.code == 2
    assert "--from" in done.err
    assert not (home / "insight.duckdb").exists()


def test_all_of_the_calendar(sold: Path) -> None:
    ends = ("--from", date.min.isoformat(), "--to", date.max.isoformat())
    assert "实收" in said(sold, "days", "--against", *ends)
