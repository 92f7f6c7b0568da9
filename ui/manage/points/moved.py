"""一笔: a transfer in a sheet: who, why, who approved, and the receipt of its sale."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions.points_ledger import Moved
from ui.look import Look
from ui.manage.points.ledger_state import moved_facts, why_words
from ui.slip_view import SlipView
from ui.widgets.panel_row import FactRow
from ui.widgets.sheet import Sheet

SIZE = (560, 640)
PLAIN = (560, 0)


class MovedSheet(Sheet):
    """Made for one transfer, gone when it is closed."""

    refuses_scans = True

    def __init__(self, look: Look, window: QWidget, found: Moved) -> None:
        receipt = found.receipt
        size = SIZE if receipt is not None else PLAIN
        super().__init__(look, window, why_words(found.row), size=size, name="moved")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(0)
        for label, value in moved_facts(found):
            column.addWidget(FactRow(look, label, value))
        if receipt is not None:
            column.addWidget(SlipView(look, receipt, name="moved_receipt"), 1)
        self.set_body(body)
        self.closed.connect(self.deleteLater)
