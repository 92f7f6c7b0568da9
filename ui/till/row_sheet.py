"""一行一样: a sheet of rows, each with its state and what can be done, as of devices.

asked(row, action)   a button of a row was pressed
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets import paint
from ui.widgets.banner import Action
from ui.widgets.button import Button
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (760, 520)
SIDE = 24
ICON = 24
TEXT_LEFT = 44
ROW = 84


class Row(Struct, frozen=True):
    """One thing: what it is, how it is (`role` is a colour of the words), what can be done."""

    name: str
    icon: str
    title: str
    state: str
    role: str = "ink_2"
    actions: tuple[Action, ...] = ()


class RowDeeds(Struct, frozen=True):
    """`row` is asked anew whenever the sheet is shown; `acts` are its buttons by their names."""

    row: Callable[[], Row]
    acts: dict[str, Callable[[], None]] = {}


class _Line(QWidget):
    """Icon, title, the state below it in one or two lines, buttons at the right, a rule below."""

    def __init__(self, look: Look, kind: str, row: Row) -> None:
        super().__init__()
        self._look = look
        self._icon = row.icon
        self.setObjectName(f"{kind}_{row.name}")
        self.setAccessibleName(f"{row.title} {row.state}")
        self.setFixedHeight(ROW)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(Words(look, row.title, "body", bold=True))
        state = Words(look, row.state, "small", row.role, wraps=True)
        state.setObjectName(f"{kind}_{row.name}_state")
        words.addWidget(state)
        words.addStretch(1)
        self._column = QHBoxLayout(self)
        self._column.setContentsMargins(TEXT_LEFT, 0, 0, look.borders.rule)
        self._column.setSpacing(look.space[2])
        self._column.addLayout(words, 1)

    def add(self, button: Button) -> None:
        """Another button, at the right of those before."""
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, rule = QPainter(self), self._look, self._look.borders.rule
        square = QRectF(0, (self.height() - rule - ICON) / 2, ICON, ICON)
        paint.icon(painter, look, square, self._icon, "ink")
        line = QRectF(0, self.height() - rule, self.width(), rule)
        painter.fillRect(line, look.colour("line"))


class RowSheet(Sheet):
    """Rows of one `kind`; what is done with one opens a sheet of its own."""

    asked = Signal(str, str)
    refuses_scans = True

    def __init__(
        self,
        look: Look,
        window: QWidget,
        title: str,
        *,
        kind: str,
        name: str,
        size: tuple[int, int] = SIZE,
    ) -> None:
        super().__init__(look, window, title, size=size, name=name, leave=tr("好"))
        self._kind = kind

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show how everything is now."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SIDE, 8, SIDE, 16)
        column.setSpacing(0)
        first: QWidget | None = None
        for row in rows:
            line = _Line(self._look, self._kind, row)
            for action in row.actions:
                button = self._button(row.name, action.name, action.label)
                first = first or button
                line.add(button)
            column.addWidget(line)
        column.addStretch(1)
        self.set_body(Scroll(page))
        if self.isHidden():
            self.open(first)
        elif first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, row: str, action: str, label: str) -> Button:
        button = Button(self._look, label, name=f"{self._kind}_{row}_{action}")
        button.clicked.connect(lambda: self.asked.emit(row, action))
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
            event.accept()
        else:
            super().keyPressEvent(event)
