"""扫码框: the one input with its suggestions, and the moment when it takes a quantity instead.

A person's typing is looked up at once. The signs of a scanner follow each other faster than any
hand, so nothing is looked up before the burst is over, and nothing moves while a code comes in.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core.pricing.basket import BasketLine
from core.values.quantity import format_quantity
from ui.look import Layout, Look
from ui.text import tr
from ui.till.keys import ENTER, key_name
from ui.widgets.big_input import BigInput
from ui.widgets.choices import Choice
from ui.widgets.suggestions import Suggestions

BURST_GAP_MS = 30
BURST_OVER_MS = 60
SHORTEST = 2
LONGEST_LOOKED_UP = 40
LONGEST_COUNT = 4


class ScanBox(QWidget):
    """`scanned` a code or a text; `looked_for` what is being typed; `counted` a quantity.

    It comes with the line that it was asked for, "" for whichever is selected.
    """

    scanned = Signal(str)
    looked_for = Signal(str)
    counted = Signal(str, str)

    def __init__(self, look: Look, layout: Layout, window: QWidget) -> None:
        super().__init__(window)
        self._rows_for = ""
        self._is_counting, self._line = False, ""
        self._is_burst = False
        self._since = QElapsedTimer()
        self._since.start()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(BURST_OVER_MS)
        self._later.timeout.connect(self._look_up)
        self.input = BigInput(look, _words(), name="scan", spoken=_words())
        self.setFocusProxy(self.input)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.input)
        self.suggestions = Suggestions(look, self.input, window)
        self.suggestions.chosen.connect(self._on_chosen)
        self.suggestions.left.connect(self.clear)
        # after the suggestions' own, so that this filter is asked first
        self.input.edit.installEventFilter(self)
        self.input.submitted.connect(self._on_submitted)
        self.input.edited.connect(self._on_edited)
        self.set_layout(layout)

    @property
    def is_counting(self) -> bool:
        """Whether the next number is a quantity."""
        return self._is_counting

    @property
    def counted_line(self) -> str:
        """The line whose quantity is asked for, "" where it is whichever is selected."""
        return self._line

    @property
    def asks_for_selected(self) -> bool:
        """Whether the quantity of the selected line is asked for, and nothing was typed yet."""
        return self._is_counting and not self._line and self.input.edit.hasSelectedText()

    def set_layout(self, layout: Layout) -> None:
        """Take the measures for another width of the window."""
        self.input.setFixedHeight(layout.input_height)
        side, top = layout.left_padding, layout.input_margin
        self._column.setContentsMargins(side, top, side, top if layout.member_rows else 4)

    @property
    def edit(self) -> QLineEdit:
        """The line itself."""
        return self.input.edit

    def put_back(self, text: str, cursor: int) -> None:
        """What stood here before a scanner typed into it."""
        self._later.stop()
        self.suggestions.shut()
        self.input.set_text(text)
        self.edit.setCursorPosition(cursor)

    def text(self) -> str:
        """What stands in the input."""
        return self.input.text()

    def show_suggestions(self, text: str, rows: Sequence[Choice]) -> None:
        """Show what a text could mean, if that is still what stands here."""
        if text != self.input.text() or self._is_counting:
            return
        self._rows_for = text
        self.suggestions.show_rows(rows)

    def offer(self, text: str, rows: Sequence[Choice]) -> None:
        """Ask which of several was meant by a text that was entered already."""
        self.input.set_text(text)
        self.input.edit.selectAll()
        self.show_suggestions(text, rows)

    def count(self, line: BasketLine, asked_for: str = "") -> None:
        """Take a quantity next in place of the line's own, which is marked."""
        self.clear()
        self._is_counting, self._line = True, asked_for
        product = line.product
        words = tr("{name}的数量：输入数字，回车；Esc 不改", name=product.name)
        if product.is_weighed:
            said = "重量（{unit}）· {name}：输入数字，回车；Esc 不改"
            words = tr(said, name=product.name, unit=product.unit)
        if line.is_unweighed:
            said = "重量（{unit}）· {name}：输入数字，回车；Esc 先不输"
            words = tr(said, name=product.name, unit=product.unit)
        now = "" if line.is_unweighed else format_quantity(line.quantity_milli)
        self.input.ask(words, now)

    def clear(self) -> None:
        """Empty the input; the next text is a code again."""
        self._later.stop()
        self.input.clear()
        self.suggestions.shut()
        self._rows_for = ""
        if self._is_counting:
            self._is_counting, self._line = False, ""
            self.input.ask_nothing(_words())

    def _on_edited(self, text: str) -> None:
        self._is_burst = self._since.restart() < BURST_GAP_MS
        if self._is_counting:
            return
        if not SHORTEST <= len(text.strip()) <= LONGEST_LOOKED_UP:
            self._later.stop()
            self.suggestions.shut()
        elif self._is_burst:
            self._later.start()
        else:
            self._look_up()

    def _look_up(self) -> None:
        self._later.stop()
        text = self.input.text()
        if len(text) >= SHORTEST and not self._is_counting:
            self.looked_for.emit(text)

    def _on_submitted(self, text: str) -> None:
        counts = self._is_counting and not (self._is_burst and _is_code(text))
        line = self._line
        self.clear()
        if counts:
            self.counted.emit(text, line)
        elif text:
            self.scanned.emit(text)

    def _on_chosen(self, key: object) -> None:
        self.clear()
        self.scanned.emit(str(key))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter never takes a suggestion that was made for an earlier, shorter text."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_stale = self._rows_for != self.input.text()
            if key_name(event) == ENTER and is_stale and self.suggestions.isVisible():
                self.suggestions.shut()
        return False


def _is_code(text: str) -> bool:
    """A code has more digits than the four that a quantity has at most before its point."""
    return text.isdigit() and len(text) > LONGEST_COUNT


def _words() -> str:
    return tr("扫码，或输入手机、姓名拼音、商品")
