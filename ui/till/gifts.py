"""赠品 · 加价购: the sheet of Ctrl+G: what may be chosen, and what is not had so any more.

chosen(offer, code), bought(no), taken_out(no)   answer with `show_rows`, `shut` or `show_error`
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.look import Look
from ui.text import tr
from ui.till.gift_state import Never, Offer, Unmet
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.empty import Empty
from ui.widgets.list_body import ListBody
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet

SIZE = (720, 560)


class GiftSheet(Sheet):
    """A list; Enter chooses the current row, or takes out what is not met: that costs nobody."""

    chosen = Signal(str, str)
    bought = Signal(int)
    taken_out = Signal(int)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("赠品和加价购"), size=SIZE, name="gifts")
        self.list = ChoiceList(look, name="gift_list", spoken=tr("可选的赠品和加价购"))
        self.none = Empty(look, tr("现在没有可选的"), tr("达到条件的赠品和加价购会出现在这里。"))
        self.said = Said(look, name="gift_problem")
        self.buy = Button(look, tr("按售价买"), key="B", name="gift_buy")
        self.take = Button(
            look,
            tr("选这一件"),
            kind="primary",
            key="Enter",
            height=look.sizes.choice,
            name="gift_take",
        )
        self.take.setMinimumWidth(176)
        self._body = ListBody(look, self.list, self.none, (self.buy, self.take), said=self.said)
        self.set_body(self._body)
        self.list.installEventFilter(self)
        self.list.chosen.connect(self._take)
        self.list.moved.connect(self._on_moved)
        self.take.clicked.connect(lambda: self._take(self.list.current_key()))
        self.buy.clicked.connect(self._buy)

    def show_rows(self, rows: Sequence[Choice]) -> None:
        """Show what can be decided now, and open."""
        here = self.list.currentIndex().row() if self.isVisible() else 0
        self.said.say("")
        self.list.show_rows(rows, current=here)
        self._body.show_list(bool(rows))
        is_waiting = any(isinstance(row.key, Unmet) for row in rows)
        what = tr("先决定条件没有满足的，再收款") if is_waiting else tr("顾客要哪一件就选哪一件")
        if all(isinstance(row.key, Never) for row in rows):
            what = tr("现在没有可选的")
        self.set_titles(tr("赠品和加价购"), what if rows else "")
        self._on_moved(self.list.current_key())
        if self.isHidden():
            self.open(self.list if rows else None)

    def take_scan(self, text: str) -> bool:
        """A product of the list is chosen; anything else waits for the basket."""
        for row in self.list.rows():
            if isinstance(row.key, Offer) and row.key.code == text:
                self.chosen.emit(row.key.offer, row.key.code)
                return True
        return False

    def show_error(self, sentence: str) -> None:
        """Why it could not be done."""
        self.said.say(sentence, is_wrong=True)

    def _on_moved(self, key: object) -> None:
        is_unmet = isinstance(key, Unmet)
        self.take.set_label(tr("取下") if is_unmet else tr("选这一件"))
        self.take.setEnabled(isinstance(key, Unmet | Offer))
        self.buy.setVisible(is_unmet)

    def _take(self, key: object) -> None:
        if isinstance(key, Unmet):
            self.taken_out.emit(key.no)
        elif isinstance(key, Offer):
            self.chosen.emit(key.offer, key.code)

    def _buy(self) -> None:
        key = self.list.current_key()
        if isinstance(key, Unmet):
            self.bought.emit(key.no)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The letter is not one that the list looks for."""
        if watched is self.list and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_B:
                self._buy()
                return True
        return super().eventFilter(watched, event)
