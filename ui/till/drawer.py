"""开钱箱: without a sale it opens for a reason only.

opened_for(Explanation)   answer with `shut` or `show_error`
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from core.sales.explanation import FOR_DRAWER
from ui.look import Look
from ui.text import tr
from ui.till.form import Form
from ui.till.reason_picker import ReasonPicker
from ui.widgets.key_hint import ENTER
from ui.widgets.sheet import Sheet

SIZE = (640, 0)


class DrawerSheet(Sheet):
    """A reason by its digit, then Enter."""

    opened_for = Signal(object)
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("开钱箱"), size=SIZE, name="drawer")
        self.why = ReasonPicker(look, FOR_DRAWER, name="drawer_why")
        self.form = Form(look, tr("开钱箱"), name="drawer")
        self.form.add_row(self.why)
        self.form.set_hint(tr("按数字选原因；每次都记下是谁、为什么。"))
        self.form.done.clicked.connect(self._on_enter)
        self.why.entered.connect(self._on_enter)
        self.why.changed.connect(lambda: self.form.show_problem(""))
        self._is_busy = False
        self.set_body(self.form, self.form.foot)

    def begin(self) -> None:
        """Ask why."""
        self.why.clear()
        self.form.show_problem("")
        self._busy(False)
        self.open()
        self.why.focus()

    def show_error(self, text: str) -> None:
        """One sentence; the reason stays."""
        self._busy(False)
        self.form.show_problem(text)

    def set_waiting(self) -> None:
        """Somebody else is asked to allow it: everything stays as it is."""
        self._busy(False)

    def _on_enter(self) -> None:
        told = self.why.explanation()
        if self._is_busy:
            return
        if told is None:
            self.form.show_problem(tr("请先选一个原因。"))
            self.why.focus()
        else:
            self._busy(True)
            self.opened_for.emit(told)

    def _busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.form.set_busy(is_busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self._on_enter()
            event.accept()
            return
        super().keyPressEvent(event)
