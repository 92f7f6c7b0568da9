"""查价: scan after scan, what each costs now; the basket behind stays as it is.

looked_for(text)   answer with `show_price` or `show_error`
tagged(code)       a price tag of the product that is shown
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.till.price_state import PriceState
from ui.widgets.amount import Amount
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.panel_row import FactRow
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words

SIZE = (720, 600)
EDGE = 24


class PriceSheet(Sheet):
    """One field, the price in its slot, and what it comes from below."""

    shows_scans = True
    looked_for = Signal(str)
    tagged = Signal(str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("查价"), size=SIZE, name="price")
        self.code = Field(look, tr("扫商品，或输条码"), name="price_code")
        self.product = Words(look, "", "title", bold=True, elides=True, name="price_product")
        self.amount = Amount(look, tr("现价"), size=48, slot=64, name="price_now")
        self.said = Words(look, "", "body", "danger_text", wraps=True, name="price_problem")
        self._shown = ""
        self.tag = Button(look, tr("标价签"), icon="printer", name="price_tag")
        self.tag.clicked.connect(lambda: self.tagged.emit(self._shown))
        inner = QWidget()
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(0)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(EDGE, 16, EDGE, 16)
        column.setSpacing(look.space[2])
        column.addWidget(self.code)
        column.addWidget(self.said)
        column.addWidget(self.product)
        column.addWidget(self.amount)
        column.addWidget(Rule(look, strong=True))
        column.addWidget(Scroll(inner), 1)
        self._foot = Foot(look, self.tag)
        self.set_body(body, self._foot)
        self.code.submitted.connect(self._look_for)

    def begin(self) -> None:
        """Open, empty."""
        self._clear("")
        self.product.setText(tr("还没有扫"))
        self.open(self.code.edit)

    def show_price(self, state: PriceState) -> None:
        """What the product costs; the next scan takes its place."""
        self._clear("")
        self.product.setText(state.name)
        self.amount.setVisible(True)
        self._shown = state.code
        self._foot.show()
        self.amount.set_amount(state.price)
        for no, (label, value) in enumerate(state.facts, 1):
            row = FactRow(self._look, label, value, height=44, name=f"price_fact_{no}")
            self._rows.addWidget(row)
        self._rows.addStretch(1)

    def show_error(self, sentence: str) -> None:
        """Why nothing was found."""
        self._clear(sentence)
        self.product.setText("")

    def take_scan(self, text: str) -> bool:
        """Every scan here asks for a price."""
        self.looked_for.emit(text)
        return True

    def _look_for(self) -> None:
        if self.code.text():
            self.looked_for.emit(self.code.text())

    def _clear(self, problem: str) -> None:
        self.code.set_text("")
        self.said.setText(problem)
        self.said.setVisible(bool(problem))
        self.amount.hide()
        self._foot.hide()
        while (item := self._rows.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        self.code.focus()
