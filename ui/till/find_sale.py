"""找单: a sale of any day is found at the left; at the right its receipt and what can be done.

looked_at(no)                           answer with `show_sale` or `show_error`
reprinted(no), gifted(no), voided(no)   the sheet stays for the first, `shut` for the others
returned(no, has_receipt)
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.actions.find_sales import SaleShown
from ui.look import Look
from ui.slip_view import SlipView
from ui.text import tr
from ui.till import keys
from ui.till.sale_finder import SaleFinder
from ui.widgets.button import Button
from ui.widgets.sheet import LOW_WINDOW, Sheet
from ui.widgets.words import Rule, Words

NARROW_WINDOW, ROOM_FOR_KEYS = 800, 1000


class FindSaleSheet(Sheet):
    """Nothing is done by Enter: it only finds."""

    looked_at = Signal(str)
    reprinted = Signal(str)
    returned = Signal(str, bool)
    gifted = Signal(str)
    voided = Signal(str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("找单"), size=look.dialog_refund, name="find_sale")
        self._no = ""
        self._due: Button | None = None
        self.finder = SaleFinder(look, name="find_sale")
        self.said = Words(look, "", "small", "ink_2", wraps=True, name="find_sale_said")
        self.reprint = self._button(tr("补打"), "receipt", keys.REPRINT, "reprint")
        self.back = self._button(tr("退货"), "return", keys.RETURN, "return")
        self.gift = self._button(tr("礼品小票"), "receipt", keys.GIFTS, "gift")
        self.void = self._button(tr("整单作废"), "close", "", "void")
        self._buttons = (self.reprint, self.back, self.gift, self.void)
        self.reprint.clicked.connect(lambda: self.reprinted.emit(self._no))
        self.back.clicked.connect(self._return)
        self.gift.clicked.connect(lambda: self.gifted.emit(self._no))
        self.void.clicked.connect(lambda: self.voided.emit(self._no))
        self.finder.moved.connect(self._on_moved)
        self.finder.search.edit.textEdited.connect(self._on_typed)
        self.set_body(self._body_of(look))

    def _button(self, label: str, icon: str, key: str, name: str) -> Button:
        look = self._look
        return Button(
            look, label, icon=icon, key=key, height=look.sizes.choice, name=f"find_sale_{name}"
        )

    def begin(self) -> None:
        """Today's sales, newest first."""
        self._on_moved(None)
        if self.isHidden():
            self.open(self.finder.search.edit)
        self.finder.search.focus()
        self.finder.begin()

    def show_sale(self, shown: SaleShown) -> None:
        """The receipt of the current row, and what may be done with it."""
        self._no = shown.sale.no
        self._show_slip(SlipView(self._look, shown.sale.receipt, name="find_sale_slip"))
        self.reprint.setEnabled(True)
        self.back.setEnabled(shown.can_return)
        self.gift.setEnabled(shown.can_return)
        self.void.setEnabled(shown.can_void)
        self.say(tr("已作废：只能补打。") if shown.sale.is_voided else "")
        due, self._due = self._due, None
        if due is not None:
            due.click()

    def show_error(self, text: str) -> None:
        """Why it cannot be shown."""
        self._on_moved(None)
        self.say(text)

    def say(self, text: str) -> None:
        """One sentence above the buttons."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def take_scan(self, text: str) -> bool:
        """A receipt, a card, one of the goods or one single pack."""
        self.finder.look_for(text)
        self.finder.search.focus()
        return True

    def _body_of(self, look: Look) -> QWidget:
        self._slip: QWidget = QWidget()
        self._right = QVBoxLayout()
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(0)
        self._right.addWidget(self._slip, 1)
        self._right.addWidget(Rule(look))
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 12, 16, 16)
        foot.setSpacing(look.space[2])
        foot.addWidget(self.said)
        self._grid = QGridLayout()
        self._grid.setSpacing(look.space[2])
        foot.addLayout(self._grid)
        self._right.addLayout(foot)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.finder, 3)
        row.addWidget(Rule(look, upright=True))
        row.addLayout(self._right, 2)
        return body

    def _show_slip(self, slip: QWidget) -> None:
        self._right.replaceWidget(self._slip, slip)
        self._slip.hide()
        self._slip.deleteLater()
        self._slip = slip

    def _on_moved(self, no: object) -> None:
        """Nothing can be done with a sale before it is shown."""
        self._no = ""
        for button in self._buttons:
            button.setEnabled(False)
        self.say("")
        if no is None:
            self._due = None
            self._show_slip(QWidget())
        else:
            self.looked_at.emit(str(no))

    def _on_typed(self, _text: str) -> None:
        self._due = None

    def _press(self, button: Button) -> None:
        """What is pressed right behind a scan is meant for what was scanned: it waits for it."""
        if self._no and not self.finder.is_looking:
            button.click()
        elif self.finder.is_looking or self.finder.list.current_key() is not None:
            self._due = button

    def _return(self) -> None:
        self.returned.emit(self._no, self.finder.is_whole_number(self._no))

    def _fit(self) -> None:
        sizes, window = self._look.sizes, self.parentWidget()
        columns = 1 if window.width() < NARROW_WINDOW else 2
        for at, button in enumerate(self._buttons):
            is_low = window.height() < LOW_WINDOW
            button.setFixedHeight(sizes.control if is_low else sizes.choice)
            button.set_key_shown(window.width() >= ROOM_FOR_KEYS)
            self._grid.addWidget(button, at // columns, at % columns)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the counter do here what they do there, with the sale that was found."""
        buttons = {keys.REPRINT: self.reprint, keys.RETURN: self.back, keys.GIFTS: self.gift}
        button = buttons.get(keys.key_name(event))
        if button is not None:
            self._press(button)
            event.accept()
        else:
            super().keyPressEvent(event)
