"""XLSX: workbooks, and bombs that pretend to be some."""

from __future__ import annotations

import os
import zipfile
import zlib
from contextlib import suppress
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NotATable, TableTooLarge
from core.values.table import TableFault
from storage.tables import open_table
from storage.workbook import MOST_MIB, text_of
from tests.storage.test_tables import FAST, fault_of, read, written


def book(tmp_path: Path, rows: list[list[object]]) -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    path = tmp_path / "book.xlsx"
    made.save(path)
    return path


@cache
def members_book() -> bytes:
    """One workbook of members; made again it would differ, because it tells when it was made."""
    rows = [["卡号", "姓名", "生日"], ["1", "甲", date(1988, 3, 5)], [2, "乙", None]]
    with TemporaryDirectory() as folder:
        return book(Path(folder), rows).read_bytes()


def changed(path: Path, part: str, content: bytes) -> Path:
    """The same workbook with one part replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, old in parts.items():
            archive.writestr(name, content if name == part else old)
    return path


def test_a_workbook_is_known_by_its_content_and_not_by_its_name(tmp_path):
    path = book(tmp_path, [["条码", "名称"], ["6901", "山楂丸"]])
    content = path.read_bytes()
    assert read(written(tmp_path, content, "table.csv")) == (
        ("条码", "名称"),
        [(2, ["6901", "山楂丸"])],
    )
    text = "条码,名称\n6901,山楂丸\n".encode()
    assert read(written(tmp_path, text, "table.xlsx")) == (
        ("条码", "名称"),
        [(2, ["6901", "山楂丸"])],
    )


def test_rows_of_a_workbook_have_their_own_lines(tmp_path):
    path = book(tmp_path, [["会员名单"], [], ["卡号", "姓名"], ["1", "甲"], [], [" ", None], ["2"]])
    headings, rows = read(path)
    assert headings == ("卡号", "姓名")
    assert [(line, cells[0]) for line, cells in rows] == [(4, "1"), (7, "2")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (39, "39"),
        (39.0, "39"),
        (15.8, "15.8"),
        (0.1 + 0.2, "0.3"),
        (13800135678.0, "13800135678"),
        (6901234567892, "6901234567892"),
        (1e20, "100000000000000000000"),
        (1e-7, "0.0000001"),
        (-4.5, "-4.5"),
        (datetime.combine(date(1988, 3, 5), time()), "1988-03-05"),
        (datetime.combine(date(1988, 3, 5), time(14, 30)), "1988-03-05 14:30:00"),
        (date(1988, 3, 5), "1988-03-05"),
        (time(14, 30), "14:30:00"),
        (True, "True"),
        ("007", "007"),
    ],
)
def test_a_cell_reads_as_a_person_would_write_it(tmp_path, value, text):
    assert text_of(value) == text
    _, rows = read(book(tmp_path, [["a", "b"], ["x", value]]))
    assert [cell for _, cells in rows for cell in cells[1:]] in ([text], [])


def test_only_the_first_sheet_that_is_seen_counts(tmp_path):
    made = openpyxl.Workbook()
    made.active.append(["hidden", "sheet"])
    made.active.sheet_state = "hidden"
    made.create_sheet("会员").append(["卡号", "姓名"])
    made.create_sheet("说明").append(["别的", "东西"])
    made.save(tmp_path / "book.xlsx")
    assert read(tmp_path / "book.xlsx")[0] == ("卡号", "姓名")


def test_progress_counts_the_rows_of_a_workbook(tmp_path):
    path = book(tmp_path, [["a", "b"], *([str(n), "x"] for n in range(99))])
    with open_table(path) as table:
        assert table.progress == (1, 100)
        list(table.rows())
        assert table.progress == (100, 100)


@pytest.mark.parametrize("said", [b"A1", b"A1:XFD1048576", b"nonsense"])
def test_the_sheet_is_not_believed_about_its_own_size(tmp_path, said):
    path = book(tmp_path, [["a", "b"], ["1", "2"], ["3", "4"]])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    path = changed(path, "xl/worksheets/sheet1.xml", sheet.replace(b"A1:B3", said))
    assert said == b"nonsense" or [line for line, _ in read(path)[1]] == [2, 3]
    assert said != b"nonsense" or fault_of(path)[0] == TableFault.WORKBOOK


def test_rows_beyond_the_millionth_are_refused_instead_of_counted_for_ever(tmp_path):
    path = book(tmp_path, [["a", "b"], ["1", "2"]])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = sheet.replace(b'<row r="2"', b'<row r="99999999999"').replace(b'"A2"', b'"A99999999999"')
    assert far != sheet
    assert fault_of(changed(path, "xl/worksheets/sheet1.xml", far))[0] == TableFault.WORKBOOK


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("holiday.txt", "sun")
    assert fault_of(tmp_path / "photos.zip") == (TableFault.WORKBOOK, 0)


def test_a_workbook_without_rows_is_refused(tmp_path):
    assert fault_of(book(tmp_path, []))[0] == TableFault.ONE_COLUMN


def test_a_bomb_that_tells_its_size_is_refused(tmp_path):
    path = book(tmp_path, [["a", "b"], ["1", "2"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", bytes(40 << 20))
    with pytest.raises(TableTooLarge):
        open_table(path)


def test_many_parts_that_are_too_much_together_are_refused(tmp_path):
    path = book(tmp_path, [["a", "b"], ["1", "2"]])
    part = os.urandom(1 << 20) + bytes(63 << 20)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for n in range(9):
            archive.writestr(f"xl/media/{n}.bin", part)
    with pytest.raises(TableTooLarge) as refused:
        open_table(path)
    assert refused.value.limit_mib == MOST_MIB


def test_a_bomb_that_lies_about_its_size_never_unpacks_more_than_it_says(tmp_path):
    path = book(tmp_path, [["a", "b"], ["1", "2"]])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    spaces = b" " * (40 << 20)
    bomb = sheet.replace(b"</sheetData>", spaces + b"</sheetData>")
    content = changed(path, "xl/worksheets/sheet1.xml", bomb).read_bytes()
    path.write_bytes(content.replace(len(bomb).to_bytes(4, "little"), (9000).to_bytes(4, "little")))
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo("xl/worksheets/sheet1.xml").file_size == 9000
    assert fault_of(path)[0] == TableFault.WORKBOOK


def test_entities_that_grow_are_refused(tmp_path):
    laughs = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE worksheet [{laughs}]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>'
    )
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
        path = changed(book(tmp_path, [["a", "b"]]), part, sheet.encode())
        assert fault_of(path)[0] == TableFault.WORKBOOK


def test_an_external_entity_is_not_fetched(tmp_path):
    secret = written(tmp_path, b"secret", "secret.txt")
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&s;</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>b</t></is></c></row></sheetData></worksheet>'
    )
    path = changed(book(tmp_path, [["a", "b"]]), "xl/worksheets/sheet1.xml", sheet.encode())
    assert fault_of(path)[0] == TableFault.WORKBOOK


@FAST
@given(data=st.data())
def test_a_workbook_with_a_spoilt_part_is_a_table_or_refused(tmp_path, data):
    path = written(tmp_path, members_book(), "book.xlsx")
    with zipfile.ZipFile(path) as archive:
        part = data.draw(st.sampled_from(sorted(archive.namelist())))
        content = bytearray(archive.read(part))
    for _ in range(data.draw(st.integers(1, 4))):
        begin = data.draw(st.integers(0, len(content) - 1))
        end = begin + data.draw(st.integers(0, 12))
        content[begin:end] = data.draw(st.binary(max_size=12))
    with suppress(NotATable, TableTooLarge):
        read(changed(path, part, bytes(content)))


@FAST
@given(data=st.data())
def test_a_workbook_with_spoilt_bytes_is_a_table_or_refused(tmp_path, data):
    content = bytearray(members_book())
    begin = data.draw(st.integers(4, len(content) - 1))
    content[begin : begin + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    with suppress(NotATable, TableTooLarge):
        read(written(tmp_path, bytes(content), "book.xlsx"))


def test_a_workbook_that_somebody_cut_short_is_refused(tmp_path):
    content = book(tmp_path, [["a", "b"], *([str(n), "x"] for n in range(2_000))]).read_bytes()
    for share in range(1, 10):
        cut = written(tmp_path, content[: len(content) * share // 10], "cut.xlsx")
        assert fault_of(cut) == (TableFault.WORKBOOK, 0)


def test_a_compression_that_breaks_midway_is_refused_with_the_line(tmp_path):
    path = book(
        tmp_path, [["a", "b"], *([str(n), str(zlib.crc32(b"%d" % n))] for n in range(20_000))]
    )
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    middle = entry.header_offset + entry.compress_size // 2
    content[middle : middle + 200] = bytes(200)
    path.write_bytes(content)
    reason, line = fault_of(path)
    assert reason == TableFault.WORKBOOK
    assert line > 1
