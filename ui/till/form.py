"""表单: the body of a small sheet, rows of fields, and its foot: a sentence and one button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.low_foot import TINY_WINDOW
from ui.widgets.said import Said

SIDE = 24


class Form(QWidget):
    """Rows at the top; in `foot`, below a rule, the hint or the problem, and `done`."""

    def __init__(self, look: Look, done: str, *, name: str) -> None:
        super().__init__()
        self._look = look
        self._banner: Banner | None = None
        self._hint = ""
        self.done = Button(
            look, done, kind="primary", key="Enter", height=look.sizes.choice, name=f"{name}_done"
        )
        self.done.setMinimumWidth(176)
        self.said = Said(look, name=f"{name}_problem")
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(SIDE, 20, SIDE, 12)
        self._rows.setSpacing(look.space[4])
        self._middle = QVBoxLayout()
        self._middle.setContentsMargins(SIDE, 0, SIDE, 12)
        self.foot = Foot(look, self.done, said=self.said, above=12, gap=look.space[5])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._rows)
        column.addStretch(1)
        column.addLayout(self._middle)

    def add_row(self, *widgets: QWidget) -> None:
        """Fields side by side, each as wide as the other."""
        row = QHBoxLayout()
        row.setSpacing(SIDE)
        for widget in widgets:
            row.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
        self._rows.addLayout(row)

    def set_hint(self, hint: str) -> None:
        """What to press, as long as nothing is wrong."""
        self._hint = hint
        self.show_problem("")

    def show_problem(self, text: str) -> None:
        """A sentence that belongs to no field; "" brings the hint back."""
        self.said.say(text or self._hint, is_wrong=bool(text))

    def show_banner(self, banner: Banner | None) -> None:
        """Something found, above the button, or first where the form is scrolled; None for none."""
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
        self._banner = banner
        if banner is None:
            return
        if self.window().height() < TINY_WINDOW:
            self._rows.insertWidget(0, banner)
        else:
            self._middle.addWidget(banner)

    def set_busy(self, is_busy: bool) -> None:
        """While the answer is on its way nothing can be pressed twice."""
        self.done.setEnabled(not is_busy)
