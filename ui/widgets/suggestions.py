"""候选: the list below the input, driven by the input's own keys; it never takes the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QListView, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets import paint
from ui.widgets.big_input import BigInput
from ui.widgets.choices import ROW, Choice, ChoiceDelegate, ChoiceModel
from ui.widgets.key_hint import ENTER

MOST_ROWS = 8


class Suggestions(QFrame):
    """The list under a BigInput: `chosen` gives the key of what was meant, `left` that Esc hid it.

    Up, Down, PageUp, PageDown, Enter and Esc of the input drive it while it is visible; all other
    keys go on to the input. With `preselect` Enter takes the first row at once.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(
        self, look: Look, below: BigInput, window: QWidget, *, name: str = "suggestions"
    ) -> None:
        super().__init__(window)
        self._look = look
        self._below = below
        self._window = window
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = ChoiceModel(self)
        self.view = QListView(self)
        self.view.setObjectName(f"{name}_list")
        self.view.setAccessibleName(below.edit.accessibleName())
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setItemDelegate(ChoiceDelegate(look, self.view))
        self.view.setModel(self._model)
        self.view.clicked.connect(lambda index: self._choose(index.row()))
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 8, 2, 8)
        column.addWidget(self.view)
        below.edit.installEventFilter(self)
        below.installEventFilter(self)
        self._elsewhere = _Elsewhere(self, below)
        self.hide()

    def show_rows(self, rows: Sequence[Choice], *, preselect: bool = True) -> None:
        """Show these below the input; none hides the list."""
        self._model.show_rows(rows)
        if not rows:
            self.hide()
            return
        self.set_current(0 if preselect else -1)
        self._place()
        self.show()
        self.raise_()

    def shut(self) -> None:
        """Hide the list and forget what it showed."""
        self.show_rows(())

    def current(self) -> int:
        """The row that Enter would take, −1 for none."""
        return self.view.currentIndex().row()

    def set_current(self, row: int) -> None:
        """Move to a row; −1 for none."""
        self.view.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())
        if row < 0:
            self.view.clearSelection()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._elsewhere.watch(is_on=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._elsewhere.watch(is_on=False)

    def _choose(self, row: int) -> None:
        key = self._model.rows[row].key
        self.shut()
        self.chosen.emit(key)

    def _place(self) -> None:
        window = self._window
        corner = self._below.mapTo(window, QPoint(0, self._below.height() + 4))
        wanted = min(len(self._model.rows), MOST_ROWS) * ROW + 16
        height = min(wanted, max(window.height() - corner.y() - 8, ROW + 16))
        self.setGeometry(corner.x(), corner.y(), self._below.width(), height)

    def _drive(self, event: QKeyEvent) -> bool:
        """Whether the key was ours."""
        last = len(self._model.rows) - 1
        here = self.current()
        moves = {
            Qt.Key.Key_Down: 0 if here >= last else here + 1,
            Qt.Key.Key_Up: last if here <= 0 else here - 1,
            Qt.Key.Key_PageDown: min(here + MOST_ROWS, last),
            Qt.Key.Key_PageUp: max(here - MOST_ROWS, 0),
        }
        key = Qt.Key(event.key())
        if key in moves:
            self.set_current(moves[key])
        elif key in ENTER and here >= 0:
            self._choose(here)
        elif key == Qt.Key.Key_Escape:
            self.shut()
            self.left.emit()
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and self.isVisible():
            return (
                watched is self._below.edit and isinstance(event, QKeyEvent) and self._drive(event)
            )
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        paint.box(
            QPainter(self),
            self.rect(),
            radius=look.radii.big_control,
            fill=look.colour("surface"),
            border=look.colour("line_strong"),
            width=look.borders.control,
        )


class _Elsewhere(QObject):
    """Shuts the list when somebody presses the mouse beside it; what was typed stays.

    A filter of its own, since one of the whole application would be asked before the input's.
    """

    def __init__(self, shown: Suggestions, below: BigInput) -> None:
        super().__init__(shown)
        self._shown = shown
        self._below = below

    def watch(self, *, is_on: bool) -> None:
        """Look at every press, or at none."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
            if is_on:
                app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            own = (self._shown, self._below)
            if not any(part is watched or part.isAncestorOf(watched) for part in own):
                self._shown.shut()
        return False
