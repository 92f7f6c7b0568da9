"""说一声: on a page, or at the foot of a sheet, what became of the last thing that somebody did."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from ui.look import Look
from ui.widgets import paint
from ui.widgets.words import Words

MARK, MARK_GAP = 18, 8


class Said(Words):
    """In as many lines as it needs, or in one that is cut where it `elides`.

    Without a sentence it takes no room. A problem is red, with a mark before it.
    """

    def __init__(
        self, look: Look, *, style: str = "small", elides: bool = False, name: str
    ) -> None:
        super().__init__(look, "", style, "ink_2", wraps=not elides, elides=elides, name=name)
        self._line = look.line(style)
        self._is_wrong = False
        self.hide()

    def say(self, sentence: str, *, is_wrong: bool = False) -> None:
        """Another sentence; red where it is a problem."""
        self._is_wrong = is_wrong
        self.setContentsMargins(MARK + MARK_GAP if is_wrong else 0, 0, 0, 0)
        self.set_role("danger_text" if is_wrong else "ink_2")
        self.setText(sentence)
        self.setVisible(bool(sentence))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_wrong:
            return
        lines = paint.lines(self.text(), self.font(), self.contentsRect().width())
        high = self.fontMetrics().lineSpacing() if self.wordWrap() else self._line
        top = (self.height() - high * lines) / 2 + (high - MARK) / 2
        square = QRectF(0, max(0.0, top), MARK, MARK)
        paint.icon(QPainter(self), self._look, square, "alert", self.role)
