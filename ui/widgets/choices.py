"""选择: rows to choose from: an icon, words, a second line, something at the right."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.look import Look
from ui.widgets import paint
from ui.widgets.key_hint import ENTER, STEPS

ROW = 56
ICON = 22
TEXT_LEFT = 60
RIGHT = 16
Index = QModelIndex | QPersistentModelIndex


class Choice(Struct, frozen=True):
    """One row; `key` is whatever the page wants back."""

    key: object
    text: str
    sub: str = ""
    right: str = ""
    icon: str = "search"


class ChoiceModel(QAbstractListModel):
    """Rows as a model; the whole row is its user data."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Choice] = []

    def show_rows(self, rows: Sequence[Choice]) -> None:
        """Show these instead."""
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


class ChoiceDelegate(QStyledItemDelegate):
    """Icon, text, a second line below it, an amount at the right; a rail marks the current row."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # Made when it is first asked for, and so rich that a start would wait for it.
        from PySide6.QtWidgets import QStyle

        look, area = self._look, QRectF(option.rect)
        row: Choice = index.data(Qt.ItemDataRole.UserRole)
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
        ink, font = look.colour("ink"), look.font("body" if row.sub else "item")
        if not row.sub and paint.advance(font, row.text) > top.width():
            paint.two_lines(painter, top, row.text, font=look.font("small"), colour=ink)
        else:
            paint.words(painter, top, row.text, font=font, colour=ink)


class ChoiceList(QListView):
    """A list within a sheet: ↑ and ↓ move, Enter or a click chooses.

    `chosen` gives the key of the row, `moved` that of the row that is current now, None for none.
    """

    chosen = Signal(object)
    moved = Signal(object)
    _line: QLineEdit | None = None

    def __init__(
        self, look: Look, *, name: str, spoken: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(ChoiceDelegate(look, self))
        self._rows = ChoiceModel(self)
        self.setModel(self._rows)
        self.clicked.connect(lambda index: self.chosen.emit(self._rows.rows[index.row()].key))

    def step_from(self, edit: QLineEdit) -> None:
        """The caret stays in this line; ↑ and ↓ typed there go through the rows all the same."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._line = edit
        edit.installEventFilter(self)

    def show_rows(self, rows: Sequence[Choice], *, current: int = 0) -> None:
        """Show these, one of them current."""
        self._rows.show_rows(rows)
        if rows:
            self.setCurrentIndex(self._rows.index(min(max(current, 0), len(rows) - 1)))
        else:
            self.moved.emit(None)

    def rows(self) -> tuple[Choice, ...]:
        """What stands in it."""
        return tuple(self._rows.rows)

    def current_key(self) -> object:
        """The key of the current row, None for none."""
        row = self.currentIndex().row()
        return self._rows.rows[row].key if row >= 0 else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.scrollTo(current)
        self.moved.emit(self.current_key())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_press = watched is self._line and event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() in STEPS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in ENTER
        if is_enter and event.isAutoRepeat():
            event.accept()  # a key that is held down chooses nothing more
        elif is_enter and self.current_key() is not None:
            self.chosen.emit(self.current_key())
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)
