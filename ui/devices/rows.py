"""单据的字: the typed lines of a paper as rows of words; every paper lays out the same rows."""

from __future__ import annotations

from core.sales.slip import Slip
from ui.devices.receipt_rows import receipt_rows
from ui.devices.report_rows import OwnLine, report_rows
from ui.devices.row import Row


def rows_of(slip: Slip) -> tuple[Row, ...]:
    """All rows from top to bottom."""
    return tuple(
        row
        for line in slip.lines
        for row in (report_rows(line) if isinstance(line, OwnLine) else receipt_rows(line))
    )
