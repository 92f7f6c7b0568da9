"""对账单的文件: the paper of a statement as a PDF, in the words that the screen speaks."""

from __future__ import annotations

from core.sales.statement import Statement
from ui.devices.receipt_pdf import rows_pdf
from ui.devices.rows import rows_of

WIDTH_MM = 80


def statement_pdf(made: Statement) -> bytes:
    """As it comes out of a wide printer."""
    return rows_pdf(rows_of(made), made.no, width_mm=WIDTH_MM)
