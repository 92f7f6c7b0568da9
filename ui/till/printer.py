"""打印机: the printing test as a sheet; what it finds is used at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.equipment.printer_ladder import PrinterLadder
from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import Sheet

SIZE = (640, 620)
SIDE = 24


class PrinterSheet(Sheet):
    """`again`: the same step once more."""

    again = Signal()
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("小票打印机"), size=SIZE, name="printer")
        self.ladder = PrinterLadder(look)
        self.repeat = Button(
            look, tr("再打一次"), kind="text", height=look.sizes.control, name="printer_again"
        )
        self.deed = Button(look, "", kind="primary", height=look.sizes.choice, name="printer_go")
        self.repeat.clicked.connect(self.again)
        self.deed.clicked.connect(self.ladder.go)
        self.ladder.turned.connect(self._turn)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SIDE, 20, SIDE, 16)
        column.addWidget(self.ladder)
        self.set_body(Scroll(page), Foot(look, self.deed, left=[self.repeat], above=12))

    def begin(self) -> None:
        """Show the sheet; the ladder is on its first page."""
        self.open(self.ladder.place.field.edit)

    def _turn(self) -> None:
        self.deed.set_label(self.ladder.deed)
        self.deed.setAccessibleName(self.ladder.deed)
        self.deed.setVisible(bool(self.ladder.deed))
        self.repeat.setVisible(self.ladder.is_asking)
        if self.ladder.is_over:
            self.deed.setFocus(Qt.FocusReason.OtherFocusReason)
