"""问一次: one question with a few answers, each with its digit; Enter takes the first.

A reason is chosen by a person: where reasons are asked for, Enter takes none that nobody chose.

answered(key)   the person chose; `left` where they turned back
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets.choices import ROW, Choice, ChoiceList
from ui.widgets.key_hint import ENTER, STEPS
from ui.widgets.sheet import HEAD, Sheet
from ui.widgets.words import Words

WIDTH, AIR = 560, 48
Then = Callable[[object], object]


class _Question(Struct, frozen=True):
    title: str
    line: str
    rows: list[Choice]
    then: Then
    left: Callable[[], None]
    has_first: bool


class AskSheet(Sheet):
    """↑ ↓ and Enter, a digit, or a tap."""

    answered = Signal(object)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("选一个"), size=(WIDTH, 0), name="ask")
        self.line = Words(look, "", "body", "ink_2", wraps=True, name="ask_line")
        self.list = ChoiceList(look, name="ask_list", spoken=tr("选一个"))
        self._question: _Question | None = None
        self._waiting: deque[_Question] = deque()
        self.closed.connect(self._on_closed)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(look.space[3])
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.set_body(body)
        self.list.chosen.connect(self._answer)
        self.list.installEventFilter(self)

    def ask(
        self,
        title: str,
        line: str,
        rows: Sequence[Choice],
        then: Then,
        *,
        left: Callable[[], None] = lambda: None,
        has_first: bool = True,
    ) -> None:
        """Ask once, behind the question that stands; `then` hears the key of what was chosen.

        `left` is called where the person turned back. `has_first`: Enter takes the first.
        """
        numbered = [replace(row, right=str(at)) for at, row in enumerate(rows, 1)]
        self._waiting.append(_Question(title, line, numbered, then, left, has_first))
        if self._question is None:
            self._ask_next()

    def _ask_next(self) -> None:
        if not self._waiting:
            return
        self._question = question = self._waiting.popleft()
        self.set_titles(question.title)
        self.line.setText(question.line)
        self.list.show_rows(question.rows)
        self.line.setVisible(bool(question.line))
        self.list.setFixedHeight(ROW * len(question.rows))
        line = self.line.heightForWidth(WIDTH - AIR) + self._look.space[3] if question.line else 0
        self._wanted = (WIDTH, HEAD + AIR + self.list.height() + line)
        self.open(self.list)
        if not question.has_first:
            self.list.clearSelection()

    def _answer(self, key: object) -> None:
        question, self._question = self._question, None
        self.shut()
        self.answered.emit(key)
        if question is not None:
            question.then(key)
        if self._question is None:
            self._ask_next()

    def _on_closed(self) -> None:
        """Nobody answered; whoever does has taken the question away before."""
        question, self._question = self._question, None
        if question is not None:
            question.left()
            self._ask_next()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits choose; left to itself a list looks for rows that begin with them."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if not self.list.selectedIndexes() and event.key() in (*ENTER, *STEPS):
                if event.key() in STEPS:
                    self.list.setCurrentIndex(self.list.currentIndex())
                return True
            text, rows = event.text(), self._question.rows if self._question else []
            if text.isascii() and text.isdigit() and 0 < int(text) <= len(rows):
                self._answer(rows[int(text) - 1].key)
                return True
        return super().eventFilter(watched, event)
