"""问一次: one question with a few answers, each with its digit; Enter takes the first.

answered(key)   the person chose; `left` where they turned back
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets.choices import ROW, Choice, ChoiceList
from ui.widgets.sheet import HEAD, Sheet
from ui.widgets.words import Words

WIDTH, AIR, LINE = 560, 48, 44
Then = Callable[[object], object]


class AskSheet(Sheet):
    """↑ ↓ and Enter, a digit, or a tap."""

    answered = Signal(object)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("选一个"), size=(WIDTH, 0), name="ask")
        self.line = Words(look, "", "body", "ink_2", wraps=True, name="ask_line")
        self.list = ChoiceList(look, name="ask_list", spoken=tr("选一个"))
        self._rows: list[Choice] = []
        self._then: Then | None = None
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(look.space[3])
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.set_body(body)
        self.list.chosen.connect(self._answer)
        self.list.installEventFilter(self)

    def ask(self, title: str, line: str, rows: Sequence[Choice], then: Then) -> None:
        """Ask once; `then` hears the key of what was chosen."""
        self._rows = [replace(row, right=str(at)) for at, row in enumerate(rows, 1)]
        self._then = then
        self.set_titles(title)
        self.line.setText(line)
        self.list.show_rows(self._rows)
        self.line.setVisible(bool(line))
        self.list.setFixedHeight(ROW * len(self._rows))
        self._wanted = (WIDTH, HEAD + AIR + self.list.height() + bool(line) * LINE)
        if self.isHidden():
            self.open(self.list)

    def take_scan(self, _text: str) -> bool:
        """A question is answered by a hand; what is scanned meanwhile is not lost: it is next."""
        return False

    def _answer(self, key: object) -> None:
        then, self._then = self._then, None
        self.shut()
        self.answered.emit(key)
        if then is not None:
            then(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits choose; left to itself a list looks for rows that begin with them."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            text = event.text()
            if text.isascii() and text.isdigit() and 0 < int(text) <= len(self._rows):
                self._answer(self._rows[int(text) - 1].key)
                return True
        return super().eventFilter(watched, event)
