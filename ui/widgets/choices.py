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
from PySide6.QtGui import QFont, QKeyEvent, QPainter
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
GAP = 16
LEAST_SUB, LITTLE = 56, 24
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
        words = QRectF(area).adjusted(TEXT_LEFT, 0, -RIGHT, 0)
        if self._has_room(row, words.width()):
            self._paint_right(painter, words, row.right, look.font("body", True))
            self._paint_words(painter, words, row)
        else:
            self._paint_stacked(painter, words, row)

    def _has_room(self, row: Choice, room: float) -> bool:
        """Whether what is at the right leaves the words whole, or could give them little more."""
        look, text = self._look, paint.advance(self._font(row), row.text)
        right = paint.advance(look.font("body", True), row.right)
        return right <= LITTLE or text + right + GAP <= room

    def _font(self, row: Choice) -> QFont:
        return self._look.font("body" if row.sub else "item")

    def _paint_right(self, painter: QPainter, words: QRectF, text: str, font: QFont) -> None:
        """At the right edge; the room for the words ends before it."""
        if text:
            ink, right = self._look.colour("ink"), paint.RIGHT
            taken = paint.words(painter, words, text, font=font, colour=ink, align=right)
            words.setRight(words.right() - taken - GAP)

    def _paint_words(self, painter: QPainter, place: QRectF, row: Choice) -> None:
        look, top, font = self._look, QRectF(place), self._font(row)
        ink, small = look.colour("ink"), look.font("small")
        if row.sub:
            top, low = self._two_rows(place)
            paint.words(painter, low, row.sub, font=small, colour=look.colour("ink_2"))
        elif paint.advance(font, row.text) > top.width():
            paint.two_lines(painter, top, row.text, font=small, colour=ink)
            return
        paint.words(painter, top, row.text, font=font, colour=ink)

    def _paint_stacked(self, painter: QPainter, place: QRectF, row: Choice) -> None:
        """The words have the first line for themselves, what is at the right goes below."""
        look = self._look
        top, low = self._two_rows(place)
        paint.words(painter, top, row.text, font=look.font("body"), colour=look.colour("ink"))
        self._paint_right(painter, low, row.right, look.font("small", True))
        if low.width() >= LEAST_SUB:
            ink, font = look.colour("ink_2"), look.font("small")
            paint.words(painter, low, row.sub, font=font, colour=ink)

    def _two_rows(self, place: QRectF) -> tuple[QRectF, QRectF]:
        look, top = self._look, QRectF(place)
        top.setHeight(look.line("body"))
        top.translate(0, 6)
        return top, QRectF(top.left(), top.bottom() - 1, top.width(), look.line("small"))


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

    def show_rows(self, rows: Sequence[Choice], *, current: int | None = 0) -> None:
        """Show these, one of them current; None: none until somebody steps or presses."""
        self._rows.show_rows(rows)
        if rows and current is not None:
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
