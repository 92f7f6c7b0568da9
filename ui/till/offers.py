"""关优惠: the sheet behind F4: the offers of this basket, one switched off for a reason, or on.

switched_off(offer, reason), switched_on(offer)   answer with `show_state`, `shut` or `show_error`
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.till.by_hand_choices import LETTERS
from ui.till.offer_state import OfferState, Switch
from ui.widgets.button import Button
from ui.widgets.choices import ChoiceList
from ui.widgets.empty import Empty
from ui.widgets.list_body import ListBody
from ui.widgets.sheet import Sheet
from ui.widgets.tile import Tile
from ui.widgets.words import Rule, Words

SIZE = (720, 560)
SIDE = 24
COLUMNS = 3


class OfferSheet(Sheet):
    """A list above, the reasons below it with their letters; Enter switches the current row."""

    switched_off = Signal(str, str)
    switched_on = Signal(str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("关优惠"), size=SIZE, name="offers")
        self.list = ChoiceList(look, name="offer_list", spoken=tr("本单的优惠"))
        self.none = Empty(look, tr("本单没有用上优惠"), tr("用上了的优惠才能关。"))
        self.said = Words(look, "", "small", "danger_text", wraps=True, name="offer_problem")
        self.done = Button(
            look,
            tr("关掉"),
            kind="primary",
            key="Enter",
            height=look.sizes.choice,
            name="offer_done",
        )
        self.done.setMinimumWidth(176)
        self.reasons: dict[str, Tile] = {}
        self._reason = ""
        self._build_body()
        self.list.installEventFilter(self)
        self.list.chosen.connect(lambda _key: self._switch())
        self.list.moved.connect(self._on_moved)
        self.done.clicked.connect(self._switch)

    def _build_body(self) -> None:
        self._body, below = ListBody(self._look, self.list, self.none), QWidget()
        self._why = QWidget()
        self._grid = QGridLayout(self._why)
        self._grid.setContentsMargins(SIDE, 12, SIDE, 0)
        self._grid.setSpacing(self._look.space[2])
        edge = QVBoxLayout(below)
        edge.setContentsMargins(0, 0, 0, 0)
        edge.setSpacing(0)
        edge.addWidget(Rule(self._look))
        edge.addWidget(self._why)
        foot = QHBoxLayout()
        foot.setContentsMargins(SIDE, 12, SIDE, 12)
        foot.setSpacing(12)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.done)
        edge.addLayout(foot)
        self.set_body(self._body, below)

    def show_state(self, state: OfferState) -> None:
        """Show the offers as they stand now, and open; a reason is chosen anew each time."""
        here = self.list.currentIndex().row() if self.isVisible() else 0
        if tuple(self.reasons) != state.reasons:
            self._make_reasons(state.reasons)
        self._choose("")
        self.list.show_rows(state.rows, current=here)
        self._body.show_list(bool(state.rows))
        self._on_moved(self.list.current_key())
        if self.isHidden():
            self.open(self.list if state.rows else None)

    def show_error(self, sentence: str) -> None:
        """Why it could not be done."""
        self.said.setText(sentence)

    def _make_reasons(self, reasons: tuple[str, ...]) -> None:
        for tile in self.reasons.values():
            self._grid.removeWidget(tile)
            tile.deleteLater()
        self.reasons = {}
        for at, (letter, reason) in enumerate(zip(LETTERS, reasons, strict=False)):
            height = self._look.sizes.control
            tile = Tile(self._look, reason, key=letter, height=height, name=f"offer_reason_{at}")
            tile.clicked.connect(lambda _on=True, reason=reason: self._choose(reason))
            self.reasons[reason] = tile
            self._grid.addWidget(tile, at // COLUMNS, at % COLUMNS)

    def _choose(self, reason: str) -> None:
        self._reason = reason
        self.said.setText("")
        for name, tile in self.reasons.items():
            tile.set_chosen(name == reason)
        self.list.setFocus()

    def _on_moved(self, key: object) -> None:
        is_on = isinstance(key, Switch) and key.is_on
        self.said.setText("")
        self._why.setVisible(is_on)
        self.done.setEnabled(key is not None)
        self.done.set_label(tr("关掉") if is_on or key is None else tr("再打开"))
        what = tr("选一个优惠和理由，本单就不用它") if is_on else ""
        self.set_titles(tr("关优惠"), what)

    def _switch(self) -> None:
        key = self.list.current_key()
        if not isinstance(key, Switch):
            return
        if not key.is_on:
            self.switched_on.emit(key.offer)
        elif self._reason:
            self.switched_off.emit(key.offer, self._reason)
        else:
            self.show_error(tr("还差一个理由。请按它的字母，或点一下。"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A letter is a reason, and not one that the list looks for."""
        if watched is self.list and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            letter, reasons = event.text().upper(), list(self.reasons)
            if letter and letter in LETTERS[: len(reasons)] and self._why.isVisible():
                self._choose(reasons[LETTERS.index(letter)])
                return True
        return super().eventFilter(watched, event)
