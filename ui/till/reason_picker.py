"""原因: a short list of reasons, each with its digit, and a line for words of one's own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.sales.explanation import LONGEST_WORDS, CounterReason, Explanation
from ui.drawer_text import reason_name
from ui.look import Look
from ui.text import tr
from ui.widgets.field import Field
from ui.widgets.key_hint import ENTER, STEPS
from ui.widgets.tile import Tile

COLUMNS = 2
NARROW = 400


class ReasonPicker(QWidget):
    """`changed` with each choice and each stroke; `entered` when the person is done with it."""

    changed = Signal()
    entered = Signal()

    def __init__(self, look: Look, reasons: Sequence[CounterReason], *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(tr("原因"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tiles: dict[CounterReason, Tile] = {}
        self._look = look
        self._grid = QGridLayout()
        self._grid.setSpacing(look.space[2])
        self._columns = 0
        for at, reason in enumerate(reasons):
            tile = Tile(
                look,
                reason_name(reason),
                key=str(at + 1),
                height=look.sizes.choice,
                name=f"{name}_{reason.value}",
            )
            tile.installEventFilter(self)
            tile.clicked.connect(lambda _on=True, chosen=reason: self._choose(chosen))
            self._tiles[reason] = tile
        self.words = Field(
            look,
            tr("补充说明"),
            hint=tr("不写顾客的姓名和电话"),
            name=f"{name}_words",
        )
        self.words.edit.setMaxLength(LONGEST_WORDS)
        self.words.changed.connect(lambda _text: self.changed.emit())
        self.words.submitted.connect(self.entered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        column.addLayout(self._grid)
        column.addWidget(self.words)
        self._place(COLUMNS)

    def explanation(self) -> Explanation | None:
        """What was chosen and written; None as long as nothing is chosen."""
        chosen = next((reason for reason, tile in self._tiles.items() if tile.isChecked()), None)
        return None if chosen is None else Explanation(chosen, self.words.text())

    def clear(self) -> None:
        """Nothing chosen, nothing written."""
        self._mark(None)
        self.words.set_text("")

    def focus(self) -> None:
        """Let digits and arrows choose; as long as nothing is chosen no reason has the focus."""
        chosen = next((tile for tile in self._tiles.values() if tile.isChecked()), self)
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """Say that one of them has to be chosen."""
        self.words.set_problem(tr("先选一个原因：按它的数字，或用 ↑ ↓。"))
        self.focus()

    def refuse_scan(self) -> None:
        """A scan is no reason: say what to do with it."""
        self.words.set_problem(tr("刚才扫的没有用上。先选原因；要改别的，按 Esc 退回再扫。"))

    def _place(self, columns: int) -> None:
        """Where two do not fit beside each other, one below the other, and lower."""
        if columns == self._columns:
            return
        self._columns, sizes = columns, self._look.sizes
        for at, tile in enumerate(self._tiles.values()):
            self._grid.addWidget(tile, at // columns, at % columns)
            tile.setFixedHeight(sizes.choice if columns > 1 else sizes.control)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, int(column < columns))

    def _choose(self, reason: CounterReason) -> None:
        """Other says nothing by itself: it wants words."""
        self._mark(reason)
        if reason is CounterReason.OTHER:
            self.words.focus()
        else:
            self.focus()
        self.changed.emit()

    def _mark(self, reason: CounterReason | None) -> None:
        self.words.set_problem("")
        for each, tile in self._tiles.items():
            tile.set_chosen(each is reason)

    def _step(self, step: int) -> None:
        reasons, explanation = list(self._tiles), self.explanation()
        at = reasons.index(explanation.reason) if explanation else -1
        self._choose(reasons[max(0, at + step) % len(reasons)])

    def _on_enter(self, is_held: bool) -> None:
        focused = next((r for r, tile in self._tiles.items() if tile.hasFocus()), None)
        if self.explanation() is None and focused is not None:
            self._choose(focused)
        elif is_held:
            return
        elif self.explanation() is None:
            self.ask()
        else:
            self.entered.emit()

    # Of Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(1 if self.width() < NARROW else COLUMNS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows choose; left to itself a tile would only pass the focus on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._step(step)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose; Enter is done once something is chosen."""
        reasons = list(self._tiles)
        text, step = event.text(), STEPS.get(Qt.Key(event.key()))
        if event.key() in ENTER:
            self._on_enter(event.isAutoRepeat())
        elif step is not None:
            self._step(step)
        elif text.isascii() and text.isdigit() and 0 < int(text) <= len(reasons):
            self._choose(reasons[int(text) - 1])
        else:
            super().keyPressEvent(event)
            return
        event.accept()
