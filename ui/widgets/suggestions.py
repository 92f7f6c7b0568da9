"""候选: the list below the input, driven by the input's own keys; it never takes the focus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.look import Look
from ui.widgets import paint
from ui.widgets.big_input import BigInput

ROW = 56
MOST_ROWS = 8
ICON = 22
TEXT_LEFT = 60
RIGHT = 16
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that was perhaps meant; `key` is whatever the page wants back."""

    key: object
    text: str
    sub: str = ""
    right: str = ""
    icon: str = "search"


class _Model(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Suggestion] = []

    def show_rows(self, rows: Sequence[Suggestion]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(text for text in (row.text, row.sub, row.right) if text)
        return row if role == Qt.ItemDataRole.UserRole else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, area = self._look, QRectF(option.rect)
        row: Suggestion = index.data(Qt.ItemDataRole.UserRole)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if is_current or is_under:
            painter.fillRect(area, look.colour("selected" if is_current else "hover"))
        if is_current:
            rail = QRectF(area.left(), area.top(), look.borders.rail, area.height())
            painter.fillRect(rail, look.colour("accent"))
        square = QRectF(area.left() + 21, area.center().y() - ICON / 2, ICON, ICON)
        paint.icon(painter, look, square, row.icon, "accent" if is_current else "ink_2")
        right = area.right() - RIGHT
        if row.right:
            font = look.font("body", True)
            width = paint.advance(font, row.right)
            place = QRectF(right - width, area.top(), width, area.height())
            paint.words(painter, place, row.right, font=font, colour=look.colour("ink"))
            right -= width + 16
        top = QRectF(area.left() + TEXT_LEFT, area.top(), right - TEXT_LEFT, area.height())
        if row.sub:
            top.setHeight(look.line("body"))
            top.translate(0, 6)
            low = QRectF(top.left(), top.bottom() - 1, top.width(), look.line("small"))
            ink = look.colour("ink_2")
            paint.words(painter, low, row.sub, font=look.font("small"), colour=ink)
        paint.words(
            painter,
            top,
            row.text,
            font=look.font("item" if not row.sub else "body"),
            colour=look.colour("ink"),
        )


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
        self._model = _Model(self)
        self.view = QListView(self)
        self.view.setObjectName(f"{name}_list")
        self.view.setAccessibleName(below.edit.accessibleName())
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setItemDelegate(_Delegate(look, self.view))
        self.view.setModel(self._model)
        self.view.clicked.connect(lambda index: self._choose(index.row()))
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 8, 2, 8)
        column.addWidget(self.view)
        below.edit.installEventFilter(self)
        below.installEventFilter(self)
        self.hide()

    def show_rows(self, rows: Sequence[Suggestion], *, preselect: bool = True) -> None:
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
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here >= 0:
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
