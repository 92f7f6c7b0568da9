"""挑一个: one of many, in a sheet that scrolls; a few letters typed go to a row that begins so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (480, 600)


class PickSheet(Sheet):
    """`then` hears the key of what was chosen; gone when it is closed.

    Where there are no rows, `nothing` says what to do instead.
    """

    refuses_scans = True

    def __init__(
        self,
        look: Look,
        window: QWidget,
        title: str,
        rows: Sequence[Choice],
        then: Callable[[object], object],
        *,
        nothing: str = "",
    ) -> None:
        super().__init__(look, window, title, size=SIZE, name="pick")
        self.list = ChoiceList(look, name="pick_list", spoken=title)
        self.list.show_rows(list(rows))
        self._then = then
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.list)
        if not rows and nothing:
            self.list.hide()
            empty = Words(look, nothing, "item", "ink_2", wraps=True, name="pick_nothing")
            empty.setContentsMargins(16, 16, 16, 16)
            column.addWidget(empty)
            column.addStretch(1)
        self.set_body(body)
        self.list.chosen.connect(self._on_chosen)
        self.closed.connect(self.deleteLater)

    def show(self) -> None:
        super().show()
        self.list.setFocus()

    def _on_chosen(self, key: object) -> None:
        self.shut()
        self._then(key)
