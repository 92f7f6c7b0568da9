"""表格的页: a table as pages of A4, each with its heads and number; and as a workbook's sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence

from msgspec import Struct

from core.values.table import guarded
from ui.devices.bar_marks import PaperBars
from ui.devices.faces import LEFT, RIGHT
from ui.devices.fitting import Frame, fitted
from ui.devices.marks import Box, Leaf, Mark, Text, leaves_pdf
from ui.text import tr

PAGE_MM = (210.0, 297.0)
MARGIN_MM = 15.0
HEAD_MM, ROW_MM = 34.0, 7.0
FOOT_MM = 12.0
GAP_MM = 4.0
BODY_PT, TITLE_PT, SMALL_PT = 9.0, 16.0, 8.0
_WIDEST = 40


class Printed(Struct, frozen=True):
    """表: a title, a line of facts, a small line below it, a chart where there is one, the table.

    `at_right`: which of its columns are figures; `nothing` stands where there are no rows.
    """

    title: str
    facts: str
    note: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    at_right: Sequence[bool]
    nothing: str
    chart: PaperBars | None = None


def tables_pdf(tables: Sequence[Printed]) -> bytes:
    """Pages of A4, one table after the other; the first names them all."""
    return leaves_pdf(table_leaves(tables), tables[0].title)


def table_leaves(tables: Sequence[Printed], *, before: int = 0) -> list[Leaf]:
    """The pages of one table after the other, numbered through, behind so many other pages."""
    pieces = [
        (printed, piece, not at) for printed in tables for at, piece in enumerate(_pieces(printed))
    ]
    whole = before + len(pieces)
    return [
        _leaf(printed, piece, page_mark(at, whole), is_first=is_first)
        for at, (printed, piece, is_first) in enumerate(pieces, before + 1)
    ]


def page_mark(at: int, whole: int) -> Text:
    """Which page it is, at its foot."""
    words = tr("第 {page} 页，共 {pages} 页", page=at, pages=whole)
    return Text(PAGE_MM[0] - MARGIN_MM, PAGE_MM[1] - MARGIN_MM, words, SMALL_PT, side=RIGHT)


def _pieces(printed: Printed) -> list[Sequence[Sequence[str]]]:
    """The rows, page by page."""
    rows = printed.rows
    room = PAGE_MM[1] - 2 * MARGIN_MM - HEAD_MM - FOOT_MM
    each = max(1, int(room / ROW_MM) - 1)
    first = max(1, int((room - _chart_mm(printed)) / ROW_MM) - 1)
    return [rows[:first], *(rows[at : at + each] for at in range(first, len(rows), each))]


def columns_of(text: str) -> int:
    """How wide words are in a sheet: a Chinese sign takes two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


def table_workbook(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of one sheet of words; no cell is a formula."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for at, head in enumerate(heads, 1):
        widest = max(columns_of(head), *(columns_of(row[at - 1]) for row in rows), 4)
        sheet.column_dimensions[get_column_letter(at)].width = min(widest + 2, _WIDEST)
    sheet.append(list(heads))
    for row in rows:
        sheet.append([guarded(cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Millimetres of each column, by the longest words in it."""
    longest = [
        min(max([columns_of(head), *(columns_of(row[at]) for row in rows)]), _WIDEST) + 2
        for at, head in enumerate(heads)
    ]
    room = PAGE_MM[0] - 2 * MARGIN_MM
    return [room * each / sum(longest) for each in longest]


def _leaf(
    printed: Printed,
    rows: Sequence[Sequence[str]],
    number: Text,
    *,
    is_first: bool,
) -> Leaf:
    wide = PAGE_MM[0] - 2 * MARGIN_MM
    widths = _widths(printed.heads, printed.rows)
    marks: list[Mark] = [
        Text(MARGIN_MM, MARGIN_MM + 6, printed.title, TITLE_PT, is_bold=True),
        Text(MARGIN_MM, MARGIN_MM + 14, printed.facts, BODY_PT),
        *fitted(printed.note, Frame(MARGIN_MM, MARGIN_MM + 17, wide, 10), SMALL_PT),
    ]
    y = MARGIN_MM + HEAD_MM
    if printed.chart is not None and is_first:
        marks += printed.chart.marks(MARGIN_MM, y - ROW_MM + 1, wide)
        y += _chart_mm(printed)
    marks += _line(printed.heads, widths, printed.at_right, y, is_bold=True)
    marks.append(Box(MARGIN_MM, y + 2, wide, 0.3))
    for row in rows:
        y += ROW_MM
        marks += _line(row, widths, printed.at_right, y)
        marks.append(Box(MARGIN_MM, y + 2, wide, 0.1, grey=0.7))
    if not rows:
        marks.append(Text(MARGIN_MM, y + ROW_MM, printed.nothing, BODY_PT))
    return Leaf(*PAGE_MM, (*marks, number))


def _chart_mm(printed: Printed) -> float:
    return 0.0 if printed.chart is None else printed.chart.height_mm


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
        frame = Frame(x, y - 4, width - (GAP_MM if is_right else 1), ROW_MM - 2)
        side = RIGHT if is_right else LEFT
        marks += fitted(text, frame, BODY_PT, is_bold=is_bold, side=side)
        x += width
    return list(marks)
