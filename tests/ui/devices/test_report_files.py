"""报表的文件: what is read back from a workbook, a table and pages is what was found."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from msgspec.structs import replace

from core.actions.reports import Reported
from core.errors import BadReportFile
from core.ports.insight import Findings, Heading, Kind, Value
from ui.devices.report_files import report_bytes

ON = date(2026, 11, 1)
HEADINGS = (
    Heading("code", Kind.WORDS),
    Heading("name", Kind.WORDS),
    Heading("day", Kind.DAY),
    Heading("quantity_milli", Kind.QUANTITY),
    Heading("taken_fen", Kind.MONEY),
    Heading("tickets", Kind.COUNT),
    Heading("taken_share", Kind.SHARE),
)
ROW = ("0012", "维生素C", ON, 1500, -123456, 12345, 684)
FORMULAS = ("=1+1", "+SUM(A1)", "-2+3", "@x", '=HYPERLINK("http://a")', "\t=1")


def found(*rows: tuple[Value, ...], headings: tuple[Heading, ...] = HEADINGS) -> Findings:
    return Findings("products", ON, ON + timedelta(29), headings, rows)


def reported(*rows: tuple[Value, ...]) -> Reported:
    return Reported(found(*rows))


def compared(*rows: tuple[Value, ...], before: tuple[tuple[Value, ...] | None, ...]) -> Reported:
    return Reported(found(*rows), before)


def sheet_of(made: Reported) -> openpyxl.worksheet.worksheet.Worksheet:
    book = openpyxl.load_workbook(io.BytesIO(report_bytes(made, Path("a.XLSX"))))
    assert book.active is not None
    return book.active


def lines_of(made: Reported) -> list[str]:
    return report_bytes(made, Path("a.csv")).decode("utf-8-sig").splitlines()


def pages_of(made: Reported) -> list[str]:
    pages = pypdfium2.PdfDocument(report_bytes(made, Path("a.pdf")))
    return [page.get_textpage().get_text_bounded() for page in pages]


def test_several_reports_are_sheets_of_one_workbook_and_pages_behind_each_other() -> None:
    first, other = reported(ROW), Reported(replace(found(ROW), question="brands"))
    book = openpyxl.load_workbook(io.BytesIO(report_bytes(first, Path("a.xlsx"), other)))
    assert book.sheetnames == ["商品", "品牌"]
    assert book["品牌"]["B2"].value == "维生素C"
    pages = pypdfium2.PdfDocument(report_bytes(first, Path("a.pdf"), other))
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    assert len(texts) == 2 and texts[1].startswith("品牌")


def test_numbers_are_numbers_in_a_workbook() -> None:
    sheet = sheet_of(reported(ROW))
    assert [cell.value for cell in sheet[1]] == [
        *("条码", "商品", "日期", "数量", "实收", "小票", "实收占比")
    ]
    code, name, day, quantity, money, count, share = sheet[2]
    assert (code.value, name.value) == ("0012", "维生素C"), "a code keeps its zeros"
    assert (day.value.date(), day.number_format) == (ON, "yyyy-mm-dd")
    assert (quantity.value, money.value, count.value) == (1.5, -1234.56, 12345)
    assert (money.number_format, count.number_format) == ("#,##0.00", "#,##0")
    assert (share.value, share.number_format) == (0.684, "0.0%")
    assert sheet.title == "商品"


def test_numbers_of_a_table_are_read_by_programs_and_those_on_pages_by_people() -> None:
    made = reported(ROW, ("0013", "钙片,大", ON, -1500, 124905, 1, -684))
    _, first, second = lines_of(made)
    assert first == "0012,维生素C,2026-11-01,1.5,-1234.56,12345,68.4%"
    assert second == '0013,"钙片,大",2026-11-01,-1.5,1249.05,1,-68.4%'
    assert "1,249.05" in pages_of(made)[0]


def test_the_days_before_stand_beside_in_every_kind_of_file() -> None:
    before = ("0012", "维生素C", ON, 500, 200, 3, 100)
    other = ("0013", "钙片", ON, 500, 200, 3, 100)
    made = compared(ROW, other, before=(before, None))
    sheet = sheet_of(made)
    heads = [cell.value for cell in sheet[1]]
    assert heads[3:9] == ["数量", "上期数量", "实收", "上期实收", "小票", "上期小票"]
    assert [cell.value for cell in sheet[2]][3:9] == [1.5, 0.5, -1234.56, 2, 12345, 3]
    assert sheet.cell(2, 7).number_format == "#,##0.00"
    assert sheet.cell(3, 7).value is None
    head, first, second = lines_of(made)
    assert "上期实收" in head and "2.00" in first and "–" in second
    assert "上期实收" in pages_of(made)[0]


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_is_a_formula(words: str) -> None:
    made = reported((words, words, ON, 1, 1, 1, 1))
    for cell in sheet_of(made)[2][:2]:
        assert cell.data_type == "s"
        assert str(cell.value).startswith("'")
    assert f"'{words[:1]}" in lines_of(made)[1]


def test_what_is_not_known_is_said_and_not_zero() -> None:
    made = reported((None, "", ON, 0, None, 0, None))
    code, name, _, _, money, count, _ = sheet_of(made)[2]
    assert (code.value, name.value, money.value, count.value) == ("没有", "没有", None, 0)


def test_pages_have_their_heads_and_numbers_from_the_first_to_the_last() -> None:
    rows = [(f"{no:04}", f"商品{no}", ON, 1000, no, no, 1) for no in range(200)]
    pages = pages_of(reported(*rows))
    assert len(pages) > 4
    assert "2026-11-01 到 2026-11-30" in pages[0] and "商品0" in pages[0]
    assert "退回的已经减去" in pages[0]
    assert "商品199" in pages[-1] and "商品0\r" not in pages[-1]
    for at, page in enumerate(pages, 1):
        assert f"第 {at} 页，共 {len(pages)} 页" in page
        assert "条码" in page and "实收占比" in page
    every = "".join(pages)
    assert all(f"{no:04}" in every for no in range(200)), "no row is lost between two pages"


def test_an_empty_report_says_so() -> None:
    [page] = pages_of(reported())
    assert "这些天没有" in page
    assert sheet_of(reported()).max_row == 1
    assert len(lines_of(reported())) == 1


@pytest.mark.parametrize("name", ["a.xls", "a", "a.pdf.exe", ".xlsx"])
def test_another_kind_of_file_is_refused(name: str) -> None:
    with pytest.raises(BadReportFile):
        report_bytes(reported(ROW), Path(name))


LONG = "国药连锁静安寺旗舰店专供阿胶固元膏礼盒装一千克家庭分享版"


def test_the_chart_stands_above_the_table_with_names_whole() -> None:
    rows = [(f"{at:04d}", f"{LONG}{at}", ON, 1000, 1000_00 - at, 1, 1) for at in range(60)]
    made = Reported(replace(found(*rows), keys=2), (None, *rows[1:]))
    first, *later = (text.replace("\r", "").replace("\n", "") for text in pages_of(made))
    assert first.index("短线：上期实收") < first.index("条码")
    drawn, listed = first.split("条码")
    assert [f"{LONG}{at}" in drawn for at in range(13)] == [True] * 12 + [False]
    assert all(f"{LONG}{at}" in listed + "".join(later) for at in range(60))
    assert not any("短线" in text for text in later)


@pytest.mark.parametrize("days", [1, 30, 400])
def test_days_are_bars_that_stand_with_the_highest_told(days: int) -> None:
    headings = (Heading("day", Kind.DAY), Heading("taken_fen", Kind.MONEY))
    rows = [(ON + timedelta(at), (-1) ** at * 1000_00) for at in range(days)]
    rows[-1] = (rows[-1][0], 4321_00)
    last = ON + timedelta(days - 1)
    [text, *_] = pages_of(Reported(Findings("days", ON, last, headings, tuple(rows))))
    assert "4,321" in text.split("日期")[0]
    assert "11-1" in text.split("日期")[0]


def test_where_there_is_nothing_there_is_no_chart_either() -> None:
    [text] = pages_of(reported())
    assert "实收" not in text.split("条码")[0] and "这些天没有。" in text
