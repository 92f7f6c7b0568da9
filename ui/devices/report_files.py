"""报表的文件: a report as a table for programs (CSV, XLSX) and as pages to print (PDF).

Cells that a spreadsheet would take for a formula are guarded; numbers are numbers in XLSX: money
in yuan with two decimals, shares in percent.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from core.actions.reports import Reported
from core.errors import BadReportFile
from core.ports.insight import Heading, Kind, Value
from core.values.table import guarded
from ui.devices.bar_marks import PaperBar, PaperBars
from ui.devices.files import table_bytes
from ui.devices.table_pages import Printed, columns_of, tables_pdf
from ui.report_bars import drawn, drawn_bars, short
from ui.report_words import (
    about,
    before_of,
    heading_of,
    is_compared,
    is_number,
    plain_words,
    span_words,
    table_of,
    title_of,
    value_words,
)
from ui.text import capital, tr

if TYPE_CHECKING:  # loaded by the first workbook
    from openpyxl.worksheet.worksheet import Worksheet

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
        return table_bytes(*table_of(reported, plain_words))
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
        widest = max(map(columns_of, words))
        sheet.column_dimensions[get_column_letter(at)].width = min(widest + 2, _WIDEST)
    sheet.freeze_panes = "A2"


def _columns_of(reported: Reported) -> Iterator[tuple[str, Heading, list[Value]]]:
    """Title, kind and values of each column; after one that is compared comes that of before."""
    found = reported.found
    for at, heading in enumerate(found.headings):
        yield capital(heading_of(heading.name)), heading, [row[at] for row in found.rows]
        if reported.before and is_compared(heading):
            earlier = [None if row is None else row[at] for row in reported.before]
            yield capital(before_of(heading.name)), heading, earlier


def _cell(heading: Heading, value: Value) -> str | float | date | None:
    if isinstance(value, str) or value is None:
        return guarded(value_words(heading, value)) if heading.kind is Kind.WORDS else None
    if not isinstance(value, int):
        return value
    by = {Kind.MONEY: _FEN, Kind.QUANTITY: _MILLI, Kind.SHARE: _MILLI}.get(heading.kind)
    # a spreadsheet has no whole fen: the decimals are for its eyes alone
    return value if by is None else value / by


def pages_bytes(*reports: Reported) -> bytes:
    """Pages of A4: the chart of each report, then its table with the heads on each page."""
    return tables_pdf([_printed(reported) for reported in reports])


def _printed(reported: Reported) -> Printed:
    heads, rows = table_of(reported)
    question = reported.found.question
    at_right = [is_number(heading) for _, heading, _ in _columns_of(reported)]
    words = (title_of(question), span_words(reported), about(question))
    return Printed(*words, heads, rows, at_right, tr("这些天没有。"), _chart(reported))


def _chart(reported: Reported) -> PaperBars | None:
    """What the office draws of it; words are long, days and hours are not."""
    of = drawn(reported)
    if of is None:
        return None
    bars = [
        PaperBar(bar.name, bar.value, short(of, bar.value), bar.before)
        for bar in drawn_bars(reported, of)
    ]
    has_before = any(bar.before for bar in bars)
    before = tr("短线：{before}", before=before_of(of.name)) if has_before else ""
    keys = reported.found.headings[: reported.found.keys]
    lie = not keys or (keys[-1].kind is Kind.WORDS and keys[-1].name != "month")
    what = capital(heading_of(of.name)) if keys else title_of(reported.found.question)
    return PaperBars(what, before, bars, lie)
