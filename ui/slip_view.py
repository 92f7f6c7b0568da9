"""单据的样子: the rows of a paper on the screen, as they stand on it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.sales.slip import Slip
from ui.devices.row import Bars, Row, Squares, Stroke, Voice, Words, spoken
from ui.devices.rows import rows_of
from ui.look import Look
from ui.widgets import paint
from ui.widgets.scroll import Scroll
from ui.widgets.words import Rule
from ui.widgets.words import Words as Label

SIDE = 24
INDENT = 20
# style, role, bold, centred
_STYLES: dict[Voice, tuple[str, str, bool, bool]] = {
    Voice.TITLE: ("title", "ink", True, True),
    Voice.COPY: ("item", "ink", True, True),
    Voice.CENTRED: ("small", "ink_2", False, True),
    Voice.PLAIN: ("body", "ink", False, False),
    Voice.ITEM: ("body", "ink", False, False),
    Voice.NOTE: ("small", "ink_2", False, False),
    Voice.PART: ("body", "ink_2", False, False),
    Voice.TOTAL: ("title", "ink", True, False),
    Voice.STRONG: ("body", "ink", True, False),
    Voice.CHEER: ("body", "accent_text", True, True),
}
_INDENTED = {Voice.NOTE, Voice.PART}


class SlipView(Scroll):
    """Everything that the paper says, one row below the other; it scrolls by finger and key."""

    def __init__(self, look: Look, slip: Slip, *, name: str) -> None:
        inner = QWidget()
        super().__init__(inner)
        self.setObjectName(name)
        self._look = look
        column = QVBoxLayout(inner)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(2)
        rows = rows_of(slip)
        for row in rows:
            column.addLayout(self._line(row))
        column.addStretch(1)
        self.setAccessibleName(spoken(rows))

    def scroll_by(self, step: int) -> None:
        """A few rows up (−1) or down (1)."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + step * 4 * self._look.line("body"))

    def _line(self, row: Row) -> QHBoxLayout:
        line = QHBoxLayout()
        match row:
            case Stroke():
                line.setContentsMargins(0, 6, 0, 6)
                line.addWidget(Rule(self._look, strong=True))
            case Bars(code) | Squares(code):
                line.addWidget(Label(self._look, code, "small", align=paint.CENTRE))
            case Words():
                self._words(line, row)
        return line

    def _words(self, line: QHBoxLayout, row: Words) -> None:
        style, role, bold, centred = _STYLES[row.voice]
        if row.style is not None:  # as the shop wants it
            bold, centred = row.style.bold, row.style.centre
            style = "title" if row.style.double else style
        line.setContentsMargins(INDENT if row.voice in _INDENTED else 0, 0, 0, 0)
        align = paint.CENTRE if centred else paint.LEFT
        left = Label(self._look, row.left, style, role, bold=bold, align=align, elides=True)
        line.addWidget(left, 1)
        if row.right:
            right = Label(self._look, row.right, style, role, bold=bold, align=paint.RIGHT)
            line.addWidget(right)
