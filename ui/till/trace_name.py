"""认码: which product a trace code belongs to; asked once, its first digits are remembered.

looked_for(text)   answer with `show_rows`
scanned(text)      answer with `propose` or `show_error`: what is scanned is not taken unseen
named(code)        the product; answer with `shut` or `show_error`
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.field import Field
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (640, 520)
SHORTEST = 2


class TraceNameSheet(Sheet):
    """A field and what it finds; before anything is typed, what is in the basket."""

    shows_scans = True
    looked_for = Signal(str)
    scanned = Signal(str)
    named = Signal(str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("这个追溯码是哪种商品？"), size=SIZE, name="trace_name")
        self.line = Words(look, "", "body", "ink_2", wraps=True, name="trace_name_line")
        self.product = Field(look, tr("扫商品条码，或输品名、拼音"), name="trace_name_product")
        self.list = ChoiceList(look, name="trace_name_list", spoken=tr("可能的商品"))
        self._first: list[Choice] = []
        self._rows_of = ""
        self.list.chosen.connect(lambda key: self.named.emit(str(key)))
        self.product.changed.connect(self._on_typed)
        self.product.submitted.connect(self._on_enter)
        self.list.step_from(self.product.edit)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(look.space[3])
        column.addWidget(self.line)
        column.addWidget(self.product)
        column.addWidget(self.list, 1)
        self.set_body(body)

    def begin(self, code: str, rows: Sequence[Choice]) -> None:
        """Ask for a code; `rows` are the likely ones."""
        self._first = list(rows)
        self.line.setText(tr("{code}。认过一次，以后同样开头的都认得。", code=code))
        self._show("", self._first)
        if self.isHidden():
            self.open(self.product.edit)
        self.product.focus()

    def propose(self, row: Choice) -> None:
        """What was scanned, to be looked at; Enter says that it is the one."""
        self.line.setText(tr("扫到的是这个。是它就按 Enter；不是就再扫，或输品名。"))
        self._show("", [row])
        self.product.focus()

    def show_rows(self, text: str, rows: Sequence[Choice]) -> None:
        """What a typed text could mean, while it still stands there."""
        if text == self.product.text():
            self._rows_of = text
            self.list.show_rows(rows)

    def show_error(self, text: str) -> None:
        """One sentence; nothing was remembered."""
        self.product.set_problem(text)
        self.product.edit.selectAll()

    def take_scan(self, text: str) -> bool:
        """The barcode of the product; it is shown before it is taken."""
        self.scanned.emit(text)
        return True

    def _on_typed(self, text: str) -> None:
        if len(text.strip()) < SHORTEST:
            self._rows_of = text
            self.list.show_rows(self._first)
        else:
            self.looked_for.emit(text)

    def _on_enter(self) -> None:
        """The chosen row; where what was typed is not yet looked for, that itself."""
        text = self.product.text()
        key = self.list.current_key() if text == self._rows_of else None
        if key is not None or text:
            self.named.emit(str(key) if key is not None else text)

    def _show(self, text: str, rows: Sequence[Choice]) -> None:
        self._rows_of = text
        self.product.set_text(text)
        self.list.show_rows(rows)
