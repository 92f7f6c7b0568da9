"""挂单: a name for the basket that is laid aside; Enter alone holds it without one.

held(name)   answer with `shut` or `show_error`
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.sales.held import LONGEST_NAME
from ui.look import Look
from ui.text import tr
from ui.till.form import Form
from ui.widgets.field import Field
from ui.widgets.sheet import Sheet

SIZE = (560, 300)


class HoldSheet(Sheet):
    """One field and one button."""

    held = Signal(str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("挂单"), size=SIZE, name="hold")
        self.name = Field(
            look,
            tr("怎么认出这一单（可不写）"),
            placeholder=tr("红衣服、去拿钱包"),
            name="hold_name",
        )
        self.name.edit.setMaxLength(LONGEST_NAME)
        self._form = Form(look, tr("挂起"), name="hold")
        self._form.add_row(self.name)
        self._form.set_hint(tr("商品、会员、价格都留着；F7 取回"))
        self.set_body(self._form, self._form.foot)
        self.name.submitted.connect(self._hold)
        self._form.done.clicked.connect(self._hold)

    def begin(self) -> None:
        """Open, empty."""
        self.name.set_text("")
        self._form.set_busy(False)
        self._form.set_hint(tr("商品、会员、价格都留着；F7 取回"))
        self.open(self.name.edit)

    def show_error(self, sentence: str) -> None:
        """Why it was not held."""
        self._form.set_busy(False)
        self._form.show_problem(sentence)

    def _hold(self) -> None:
        if self._form.done.isEnabled():
            self._form.set_busy(True)
            self.held.emit(self.name.text())
