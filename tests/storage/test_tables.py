"""表格: what people bring, read or refused with a reason."""

from __future__ import annotations

import codecs
import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import FileUnreadable, NotATable
from core.values.table import TableFault
from storage.tables import open_table

FAST = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
HEADINGS = ["条码", "名称", "售价"]
CELLS = st.text(
    st.characters(codec="gb18030", exclude_categories=("Cs", "Cc")) | st.sampled_from('",;\n\t'),
    max_size=12,
)


def written(tmp_path: Path, content: bytes, name: str = "table.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def read(path: Path) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    with open_table(path) as table:
        return table.headings, list(table.rows())


def fault_of(path: Path) -> tuple[str, int]:
    with pytest.raises(NotATable) as refused:
        read(path)
    return refused.value.reason, refused.value.line


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_csv_is_read_in_each_encoding_that_shops_have(tmp_path, encoding, delimiter, ending):
    lines = [HEADINGS, ["6901", "枸杞子（散装）", "96.00"], ["6902", "山楂丸", "18.50"]]
    text = ending.join(delimiter.join(line) for line in lines)
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    content = mark.get(encoding, b"") + text.encode(encoding)
    headings, rows = read(written(tmp_path, content))
    assert headings == tuple(HEADINGS)
    assert rows == [(2, lines[1]), (3, lines[2])]


def test_lines_are_those_that_a_person_sees(tmp_path):
    text = '条码,名称\n1,甲\n\n , \n2,"乙\n丙"\n3,丁'
    _, rows = read(written(tmp_path, text.encode()))
    assert rows == [(2, ["1", "甲"]), (5, ["2", "乙\n丙"]), (7, ["3", "丁"])]


def test_a_title_may_stand_above_the_headings(tmp_path):
    headings, rows = read(written(tmp_path, "会员名单\n\n卡号, 姓  名 \n1,甲\n".encode()))
    assert headings == ("卡号", "姓 名")
    assert rows == [(4, ["1", "甲"])]


def test_the_delimiter_is_not_looked_for_inside_of_quotes(tmp_path):
    headings, _ = read(written(tmp_path, '"名称; 规格; 产地",售价\n甲,1\n'.encode()))
    assert headings == ("名称; 规格; 产地", "售价")


def test_chinese_may_begin_after_megabytes_of_plain_digits(tmp_path):
    plain = b"code,name\n" + b"6901,plain\n" * 300_000
    for encoding in ("utf-8", "gb18030"):
        path = written(tmp_path, plain + "6902,山楂丸\n".encode(encoding))
        with open_table(path) as table:
            *_, last = table.rows()
        assert last == (300_002, ["6902", "山楂丸"])


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", TableFault.EMPTY),
        (b"\n\r\n \n", TableFault.EMPTY),
        (codecs.BOM_UTF8, TableFault.EMPTY),
        (b"a,b\n1,\x002\n", TableFault.BINARY),
        (b"a\x07b,c\n1,2\n", TableFault.BINARY),
        (b"x" * (2 << 20), TableFault.BINARY),
        ("甲\0,乙\n".encode("utf-16"), TableFault.BINARY),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", TableFault.BINARY),
        (b"Dear shop,\x00\x01\x02", TableFault.BINARY),
        ("只有一列\n甲\n乙\n".encode(), TableFault.ONE_COLUMN),
        (b"one word", TableFault.ONE_COLUMN),
        (b"<html><table><tr><td>a,b</td></tr></table></html>", TableFault.MARKUP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), TableFault.OLD_EXCEL),
        (b"PK\x03\x04 and nothing else", TableFault.WORKBOOK),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path, content, fault):
    assert fault_of(written(tmp_path, content))[0] == fault


def test_a_utf8_file_that_changes_its_mind_is_refused_with_the_line(tmp_path):
    content = "条码,名称\n".encode() + "1,维生素C咀嚼片\n".encode() * 200_000 + b"2,\xff\xfe\n"
    assert fault_of(written(tmp_path, content)) == (TableFault.ENCODING, 200_002)


def test_a_gb18030_file_that_changes_its_mind_is_refused_with_the_line(tmp_path):
    line = "1,维生素C咀嚼片\n".encode("gb18030")
    content = "条码,名称\n".encode("gb18030") + line * 100_000 + b"2,\xff\xff\n" + line
    assert fault_of(written(tmp_path, content)) == (TableFault.ENCODING, 100_002)


def test_a_file_that_ends_within_a_sign_is_refused_with_the_line(tmp_path):
    content = ("条码,名称\n" + "1,维生素C咀嚼片\n" * 9).encode() + "2,山".encode()[:-1]
    assert fault_of(written(tmp_path, content)) == (TableFault.ENCODING, 11)


def test_a_quote_that_nothing_closes_is_refused_with_its_line(tmp_path):
    content = '条码,名称\n1,甲\n2,"乙\n3,丙\n4,丁\n'
    assert fault_of(written(tmp_path, content.encode())) == (TableFault.QUOTE, 3)
    endless = '条码,名称\n1,甲\n2,"乙\n' + "3,丙\n" * 100_000
    assert fault_of(written(tmp_path, endless.encode())) == (TableFault.QUOTE, 3)


def test_a_file_that_somebody_spoils_while_it_is_read_is_refused(tmp_path):
    path = written(tmp_path, "条码,名称\n".encode() + "1,山楂丸\n".encode() * 20_000)
    with open_table(path) as table, path.open("r+b") as other:
        rows = table.rows()
        next(rows)
        other.seek(200_000)
        other.write(b"\xff" * 100)
        other.flush()
        with pytest.raises(NotATable) as refused:
            list(rows)
    assert refused.value.reason == TableFault.ENCODING
    assert 1 < refused.value.line < 20_000


def test_what_cannot_be_read_says_where(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path, Path("a\0b")):
        with pytest.raises(FileUnreadable) as missing:
            open_table(path)
        assert missing.value.path == str(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are not known here")
def test_a_pipe_is_no_file_and_nobody_waits_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(FileUnreadable):
        open_table(tmp_path / "pipe.csv")


def test_progress_counts_the_bytes_of_a_csv(tmp_path):
    path = written(tmp_path, "条码,名称\n".encode() + b"1,abcdefgh\n" * 100_000)
    with open_table(path) as table:
        total = path.stat().st_size
        seen = [table.progress[0] for line, _ in table.rows() if line % 10_000 == 0]
        assert table.progress == (total, total)
    assert table.progress == (total, total)
    assert seen == sorted(seen)
    assert seen[4] == pytest.approx(total / 2, abs=total / 10)


def test_a_closed_table_lets_its_file_go(tmp_path):
    path = written(tmp_path, b"a,b\n1,2\n")
    with open_table(path) as table:
        pass
    table.close()
    with pytest.raises(ValueError, match="closed"):
        list(table.rows())


@FAST
@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=5), max_size=12), data=st.data())
def test_what_the_csv_module_writes_is_read_back(tmp_path, rows, data):
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
    delimiter = data.draw(st.sampled_from(",;\t"))
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([HEADINGS, *rows])
    content = text.getvalue()
    # Few signs of GB18030 can read as UTF-8 by accident: that is nobody's fault.
    try:
        is_ambiguous = encoding == "gb18030" and content.encode(encoding).decode("utf-8")
    except UnicodeDecodeError:
        is_ambiguous = False
    headings, found = read(written(tmp_path, content.encode(encoding)))
    if not is_ambiguous:
        assert headings == tuple(HEADINGS)
        assert [cells for _, cells in found] == [row for row in rows if any(map(str.strip, row))]


@FAST
@given(
    content=st.binary(max_size=400)
    | st.text(st.sampled_from('a,;\t"\n\r条 \x00\x1d<'), max_size=60).map(str.encode)
    | st.binary(max_size=300).map(lambda tail: b"PK\x03\x04" + tail)
    | st.binary(max_size=300).map(lambda tail: "条码,名称\n1,山楂丸\n".encode() + tail)
)
def test_any_bytes_are_a_table_or_refused(tmp_path, content):
    try:
        headings, rows = read(written(tmp_path, content))
    except NotATable:
        return
    assert sum(map(bool, headings)) >= 2
    assert all(any(map(str.strip, cells)) for _, cells in rows)
    assert [line for line, _ in rows] == sorted({line for line, _ in rows})
