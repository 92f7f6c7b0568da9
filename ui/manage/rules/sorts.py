"""选分类: several of the categories, or of the brands, that the shop's goods have."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.foot import Foot
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (480, 600)


class SortsSheet(Sheet):
    """`chosen` gives those that hold when it is done; gone when it is closed."""

    refuses_scans = True
    chosen = Signal(object)

    def __init__(
        self, look: Look, window: QWidget, title: str, names: Sequence[str], held: Sequence[str]
    ) -> None:
        super().__init__(look, window, title, size=SIZE, name="sorts", leave=tr("不改了"))
        self._names, self._held = names, dict.fromkeys(held)
        self.list = ChoiceList(look, name="sorts_list", spoken=title)
        self.list.chosen.connect(self._toggle)
        nothing = Words(look, tr("店里的商品都没有写。"), "item", "ink_2", wraps=True)
        nothing.setVisible(not names and not held)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(nothing)
        column.addWidget(self.list, 1)
        words, high = tr("选好了"), look.sizes.control
        self.done = Button(look, words, kind="primary", height=high, name="sorts_done")
        self.done.clicked.connect(self._finish)
        self.set_body(body, foot=Foot(look, self.done))
        self.closed.connect(self.deleteLater)
        self._show(0)

    def show(self) -> None:
        super().show()
        self.list.setFocus()

    def _toggle(self, name: object) -> None:
        if name in self._held:
            del self._held[str(name)]
        else:
            self._held[str(name)] = None
        self._show(self.list.currentIndex().row())

    def _show(self, current: int) -> None:
        gone = [name for name in self._held if name not in self._names]
        rows = [Choice(name, name, right=tr("店里没有"), icon="alert") for name in gone]
        rows += [
            Choice(name, name, icon="check" if name in self._held else "plus")
            for name in self._names
        ]
        self.list.show_rows(rows, current=current)

    def _finish(self) -> None:
        self.shut()
        self.chosen.emit(tuple(self._held))
