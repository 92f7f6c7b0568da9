"""券的文件: each coupon as a PDF of its own, all on pages to be cut, or as a table of codes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from core.errors import BadReportFile
from core.sales.coupon_slip import CouponSlip
from core.values.table import guarded
from ui.devices.designs import Designs
from ui.devices.files import table_bytes, write_file
from ui.devices.receipt_pdf import rows_pdf
from ui.devices.rows import rows_of

WIDTH = 20


def write_coupons(slips: Sequence[CouponSlip], designs: Designs, folder: Path) -> int:
    """Into a folder, named by their codes; how many. Raises ReadOnly, DiskFull …"""
    for slip in slips:
        write_file(folder / f"{slip.no}.pdf", rows_pdf(rows_of(slip, designs), slip.no))
    return len(slips)


def codes_bytes(headings: Sequence[str], rows: Sequence[Sequence[str]], path: Path) -> bytes:
    """The file that a name ends in: .csv or .xlsx; no cell is a formula. Raises BadReportFile."""
    kind = path.suffix.lower()
    if kind == ".csv":
        return table_bytes(headings, rows)
    if kind != ".xlsx":
        raise BadReportFile(path.name)
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for at in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDTH
    for row in (headings, *rows):
        sheet.append([guarded(cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
