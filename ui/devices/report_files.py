"""报表的文件: a report as a table for programs (CSV, XLSX) and as pages to print (PDF).

Cells that a spreadsheet would take for a formula are guarded; numbers are numbers in XLSX: money
in yuan with two decimals, shares in percent.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from core.actions.reports import Reported
from core.errors import BadReportFile
from core.ports.insight import Heading, Kind, Value
from core.values.table import guarded
from ui.devices.faces import LEFT, RIGHT
from ui.devices.files import table_bytes
from ui.devices.fitting import Frame, fitted
from ui.devices.marks import Box, Leaf, Mark, Text, leaves_pdf
from ui.report_words import (
    about,
    before_of,
    heading_of,
    is_compared,
    is_number,
    span_words,
    table_of,
    title_of,
    value_words,
)
from ui.text import tr

if TYPE_CHECKING:  # loaded by the first workbook
    from openpyxl.worksheet.worksheet import Worksheet

PAGE_MM = (210.0, 297.0)
MARGIN_MM = 15.0
HEAD_MM, ROW_MM = 34.0, 7.0
FOOT_MM = 12.0
BODY_PT, TITLE_PT, SMALL_PT = 9.0, 16.0, 8.0
KINDS = (".csv", ".xlsx", ".pdf")
FORMATS = {Kind.MONEY: "#,##0.00", Kind.SHARE: "0.0%", Kind.COUNT: "#,##0", Kind.DAY: "yyyy-mm-dd"}
_FEN, _MILLI = 100, 1000
_WIDEST = 40


def report_bytes(reported: Reported, path: Path, *more: Reported) -> bytes:
    """The file that a name ends in: .csv, .xlsx or .pdf. Raises BadReportFile.

    `more` reports follow on sheets and pages of their own; a CSV has the first alone.
    """
    kind = path.suffix.lower()
    if kind == ".csv":
        return table_bytes(*table_of(reported))
    if kind == ".xlsx":
        return workbook_bytes(reported, *more)
    if kind == ".pdf":
        return pages_bytes(reported, *more)
    raise BadReportFile(path.name)


def workbook_bytes(*reports: Reported) -> bytes:
    """A workbook with a sheet for each, called as the report is."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    _fill(sheet, reports[0])
    for reported in reports[1:]:
        _fill(book.create_sheet(), reported)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, reported: Reported) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.title = title_of(reported.found.question)[:31]
    for at, (title, heading, values) in enumerate(_columns_of(reported), 1):
        sheet.cell(1, at, title).font = Font(bold=True)
        for line, value in enumerate(values, 2):
            cell = sheet.cell(line, at, _cell(heading, value))
            cell.number_format = FORMATS.get(heading.kind, cell.number_format)
        words = [title, *(value_words(heading, value) for value in values)]
        widest = max(map(_columns, words))
        sheet.column_dimensions[get_column_letter(at)].width = min(widest + 2, _WIDEST)
    sheet.freeze_panes = "A2"


def _columns_of(reported: Reported) -> Iterator[tuple[str, Heading, list[Value]]]:
    """Title, kind and values of each column; after one that is compared comes that of before."""
    found = reported.found
    for at, heading in enumerate(found.headings):
        yield heading_of(heading.name), heading, [row[at] for row in found.rows]
        if reported.before and is_compared(heading):
            earlier = [None if row is None else row[at] for row in reported.before]
            yield before_of(heading.name), heading, earlier


def _columns(text: str) -> int:
    """How wide words are in a sheet: a Chinese sign takes two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


def _cell(heading: Heading, value: Value) -> str | float | date | None:
    if isinstance(value, str) or value is None:
        return guarded(value_words(heading, value)) if heading.kind is Kind.WORDS else None
    if not isinstance(value, int):
        return value
    by = {Kind.MONEY: _FEN, Kind.QUANTITY: _MILLI, Kind.SHARE: _MILLI}.get(heading.kind)
    # a spreadsheet has no whole fen: the decimals are for its eyes alone
    return value if by is None else value / by


def pages_bytes(*reports: Reported) -> bytes:
    """Pages of A4 with the tables, each with the heads of its columns and its number."""
    leaves = [leaf for reported in reports for leaf in _leaves(reported)]
    return leaves_pdf(leaves, title_of(reports[0].found.question))


def _leaves(reported: Reported) -> list[Leaf]:
    heads, rows = table_of(reported)
    at_right = [is_number(heading) for _, heading, _ in _columns_of(reported)]
    room = PAGE_MM[1] - 2 * MARGIN_MM - HEAD_MM - FOOT_MM
    each = max(1, int(room / ROW_MM) - 1)
    parts = [rows[at : at + each] for at in range(0, len(rows), each)] or [[]]
    widths = _widths(heads, rows)
    return [
        _leaf(reported, heads, part, widths, at_right, (at, len(parts)))
        for at, part in enumerate(parts, 1)
    ]


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Millimetres of each column, by the longest words in it."""
    longest = [
        min(max([_columns(head), *(_columns(row[at]) for row in rows)]), _WIDEST) + 2
        for at, head in enumerate(heads)
    ]
    room = PAGE_MM[0] - 2 * MARGIN_MM
    return [room * each / sum(longest) for each in longest]


def _leaf(
    reported: Reported,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    at_right: Sequence[bool],
    page: tuple[int, int],
) -> Leaf:
    question, right = reported.found.question, PAGE_MM[0] - MARGIN_MM
    wide = right - MARGIN_MM
    marks: list[Mark] = [
        Text(MARGIN_MM, MARGIN_MM + 6, title_of(question), TITLE_PT, is_bold=True),
        Text(MARGIN_MM, MARGIN_MM + 14, span_words(reported), BODY_PT),
        *fitted(about(question), Frame(MARGIN_MM, MARGIN_MM + 17, wide, 10), SMALL_PT),
    ]
    y = MARGIN_MM + HEAD_MM
    marks += _line(heads, widths, at_right, y, is_bold=True)
    marks.append(Box(MARGIN_MM, y + 2, wide, 0.3))
    for row in rows:
        y += ROW_MM
        marks += _line(row, widths, at_right, y)
        marks.append(Box(MARGIN_MM, y + 2, wide, 0.1, grey=0.7))
    if not rows:
        marks.append(Text(MARGIN_MM, y + ROW_MM, tr("这些天没有。"), BODY_PT))
    at = tr("第 {page} 页，共 {pages} 页", page=page[0], pages=page[1])
    marks.append(Text(right, PAGE_MM[1] - MARGIN_MM, at, SMALL_PT, side=RIGHT))
    return Leaf(*PAGE_MM, tuple(marks))


def _line(
    words: Sequence[str],
    widths: Sequence[float],
    at_right: Sequence[bool],
    y: float,
    *,
    is_bold: bool = False,
) -> list[Mark]:
    x, marks = MARGIN_MM, []
    for text, width, is_right in zip(words, widths, at_right, strict=True):
        frame = Frame(x, y - 4, width - 1, ROW_MM - 2)
        side = RIGHT if is_right else LEFT
        marks += fitted(text, frame, BODY_PT, is_bold=is_bold, side=side)
        x += width
    return list(marks)
