"""单据: the paper of a piece of evidence, in a sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.sales.receipt import Receipt
from ui.look import Look
from ui.slip_view import SlipView
from ui.widgets.sheet import Sheet

SIZE = (560, 640)


class PaperSheet(Sheet):
    """Made for one paper, gone when it is closed."""

    refuses_scans = True

    def __init__(self, look: Look, window: QWidget, title: str, paper: Receipt) -> None:
        super().__init__(look, window, title, size=SIZE, name="case_paper")
        self.set_body(SlipView(look, paper, name="case_receipt"))
        self.closed.connect(self.deleteLater)
