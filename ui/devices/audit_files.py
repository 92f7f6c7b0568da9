"""审计的文件: rows of the log as a table for programs, CSV or XLSX; no cell is a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from core.actions.proof import AuditPage
from core.errors import BadReportFile
from core.values.table import guarded
from ui.devices.files import table_bytes
from ui.manage.proof.words import cells_of, time_words
from ui.text import tr


def audit_bytes(page: AuditPage, path: Path) -> bytes:
    """The file that a name ends in: .csv or .xlsx. Raises BadReportFile."""
    kind = path.suffix.lower()
    if kind == ".csv":
        return table_bytes(_headings(), _rows(page))
    if kind == ".xlsx":
        return _workbook(page)
    raise BadReportFile(path.name)


def _headings() -> list[str]:
    return [tr("第几条"), tr("时间"), tr("谁"), tr("做了什么"), tr("对象"), tr("细节")]


def _rows(page: AuditPage) -> Iterator[list[str]]:
    for line in page.lines:
        _minute, *rest = cells_of(line, page)
        yield [str(line.row.seq), time_words(line, page.zone), *rest]


def _workbook(page: AuditPage) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(tr("操作记录"))
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEF", (8, 20, 12, 22, 30, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append(_headings())
    for row in _rows(page):
        sheet.append([guarded(cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
