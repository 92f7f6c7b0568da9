"""大表: rows of many, painted by one delegate; rows are asked for only while they are in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from ui.look import Look
from ui.text import capital
from ui.widgets import paint
from ui.widgets.key_hint import ENTER

PADDING = 12
FIRST_LEFT = 16
LEAST_GROWN = 96
DOWN, UP = " ↓", " ↑"
Index = QModelIndex | QPersistentModelIndex


class Column(Struct, frozen=True):
    """A column: name for the program, head, least width; one that `grows` shares what is left.

    `is_number`: at the right. `sorts`: its head may be pressed. `is_strong`: bold.
    """

    name: str
    title: str
    width: int
    grows: bool = False
    is_number: bool = False
    sorts: bool = False
    is_strong: bool = False


class Cell(Struct, frozen=True):
    """What stands in one place, and in the colour of which role."""

    text: str
    role: str = "ink"


class Rows(Protocol):
    """Cells of a row by its place; asking is cheap, or the row is empty until it is there."""

    def __len__(self) -> int: ...

    def cells(self, at: int) -> Sequence[Cell]: ...


class ListedRows:
    """Rows that are all there."""

    def __init__(self, rows: Sequence[Sequence[Cell]] = ()) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def cells(self, at: int) -> Sequence[Cell]:
        """Those of one row."""
        return self._rows[at]


class _Model(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns
        self.rows: Rows = ListedRows()

    def take(self, rows: Rows) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def tell_changed(self, first: int, last: int) -> None:
        last_column = len(self._columns) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, last_column))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cells = self.rows.cells(index.row())
        return cells[index.column()].text if index.column() < len(cells) else ""


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Look, columns: Sequence[Column], view: RowView) -> None:
        super().__init__(view)
        self._look = look
        self._columns = columns
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, area = self._look, QRectF(option.rect)
        column = self._columns[index.column()]
        is_current = index.row() == self._view.current
        if is_current or index.row() == self._view.hovered:
            painter.fillRect(area, look.colour("selected" if is_current else "hover"))
        rule = look.borders.rule
        painter.fillRect(
            QRectF(area.left(), area.bottom() - rule, area.width(), rule), look.colour("line")
        )
        if is_current and index.column() == 0:
            rail = QRectF(area.left(), area.top(), look.borders.rail, area.height())
            painter.fillRect(rail, look.colour("accent"))
        cells = self._view.rows.cells(index.row())
        if index.column() >= len(cells):
            return
        cell = cells[index.column()]
        font = look.font("body", column.is_strong)
        align = paint.RIGHT if column.is_number else paint.LEFT
        colour = look.colour(cell.role)
        place = inner(area, is_first=index.column() == 0)
        paint.words(painter, place, cell.text, font=font, colour=colour, align=align)


def inner(area: QRectF, *, is_first: bool) -> QRectF:
    """Where the words of a cell have room."""
    return area.adjusted(FIRST_LEFT if is_first else PADDING, 0, -PADDING, 0)


class _Head(QHeaderView):
    def __init__(self, look: Look, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._columns = columns
        self.sorted_by = ""
        self.is_down = True
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(look.sizes.office_head)
        self.setSectionsClickable(any(column.sorts for column in columns))
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)

    def needs(self, at: int) -> int:
        """How wide a column is at least, with its head, sorted or not."""
        column, look = self._columns[at], self._look
        width = min(column.width, LEAST_GROWN) if column.grows else column.width
        head = capital(column.title) + (DOWN if column.sorts else "")
        words = paint.advance(look.font("small", column.sorts), head) + 1
        return max(width, words + PADDING + (PADDING if at else FIRST_LEFT))

    def paintSection(self, painter: QPainter, rect: Any, at: int) -> None:
        look, column, area = self._look, self._columns[at], QRectF(rect)
        painter.fillRect(area, look.colour("surface"))
        is_sorted = bool(column.name) and column.name == self.sorted_by
        mark = (DOWN if self.is_down else UP) if is_sorted else ""
        align = paint.RIGHT if column.is_number else paint.LEFT
        font, ink = look.font("small", is_sorted), look.colour("ink" if is_sorted else "ink_3")
        place = inner(area, is_first=at == 0)
        head = capital(column.title) + mark
        paint.words(painter, place, head, font=font, colour=ink, align=align)
        rule = look.borders.rule
        line = QRectF(area.left(), area.bottom() - rule, area.width(), rule)
        painter.fillRect(line, look.colour("line_strong"))


class RowView(QTableView):
    """The view of a `RowTable`; it knows which row is current and which is below the pointer.

    What is cut in a cell is told whole where the pointer rests on it; without a row `nothing`
    stands in the place of the first.
    """

    entered_row = Signal(int)

    def __init__(self, look: Look, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._columns = columns
        self.nothing = ""
        self.setViewport(QWidget())  # one of our own: see `ui.widgets.scroll`
        self.current = -1
        self.hovered = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()

    @property
    def rows(self) -> Rows:
        """What is shown."""
        model = self.model()
        assert isinstance(model, _Model)
        return model.rows

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._whole(self.indexAt(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def _whole(self, index: QModelIndex) -> str:
        """What stands in this cell, where it is cut."""
        if not index.isValid():
            return ""
        text, at = str(index.data()), index.column()
        place = inner(QRectF(self.visualRect(index)), is_first=at == 0)
        font = self._look.font("body", self._columns[at].is_strong)
        return text if paint.advance(font, text) > place.width() else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.nothing or len(self.rows):
            return
        look, view = self._look, self.viewport()
        place = QRectF(0, 0, view.width(), look.sizes.office_row)
        ink = look.colour("ink_2")
        painter = QPainter(view)
        place = inner(place, is_first=True)
        paint.words(painter, place, self.nothing, font=look.font("body"), colour=ink)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.pos().y()))

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: self._page(),
            Qt.Key.Key_PageUp: -self._page(),
            Qt.Key.Key_Home: -len(self.rows),
            Qt.Key.Key_End: len(self.rows),
        }
        key = Qt.Key(event.key())
        if key in steps and len(self.rows):
            at = min(max(self.current + steps[key], 0), len(self.rows) - 1)
            self.entered_row.emit(at)
        elif key in ENTER and self.current >= 0:
            self.activated.emit(self.model().index(self.current, 0))
        else:
            event.ignore()

    def _page(self) -> int:
        return max(1, self.viewport().height() // max(1, self.rowHeight(0)) - 1)


class RowTable(QWidget):
    """The table. `current_changed` gives the place of a row, `opened` where it is to be opened.

    `sort_asked` gives the name of a column whose head was pressed; whoever owns the rows sorts.
    """

    current_changed = Signal(int)
    opened = Signal(int)
    sort_asked = Signal(str)
    seen_changed = Signal(int, int)

    def __init__(self, look: Look, columns: Sequence[Column], *, name: str, spoken: str) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self.setObjectName(name)
        self.view = RowView(look, self._columns, self)
        self.view.setObjectName(f"{name}_view")
        self.view.setAccessibleName(spoken)
        self.model = _Model(self._columns, self.view)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(look, self._columns, self.view))
        self._head = _Head(look, self._columns, self.view)
        self.view.setHorizontalHeader(self._head)
        self._head.setObjectName(f"{name}_head")
        self._head.setAccessibleName(spoken)
        down = self.view.verticalHeader()
        down.setDefaultSectionSize(look.sizes.office_row)
        down.setMinimumSectionSize(1)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.view)
        self.view.clicked.connect(lambda index: self.choose(index.row()))
        self.view.activated.connect(lambda index: self.opened.emit(index.row()))
        self.view.entered_row.connect(self.choose)
        self._head.sectionClicked.connect(self._on_head)
        self.view.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_rows(self, rows: Rows, *, keeps_place: bool = False) -> None:
        """Other rows; nothing is chosen, and the first is in sight, unless the place is kept."""
        at = self.view.verticalScrollBar().value() if keeps_place else 0
        self.view.current = min(self.view.current, len(rows) - 1) if keeps_place else -1
        self.view.hovered = -1
        self.model.take(rows)
        self.view.verticalScrollBar().setValue(at)
        self._on_scrolled()

    def say_nothing(self, sentence: str) -> None:
        """What stands there where there is no row; "" for nothing."""
        self.view.nothing = sentence
        self.view.setAccessibleDescription("" if len(self.view.rows) else sentence)
        self.view.viewport().update()

    def rows_arrived(self, first: int, last: int) -> None:
        """These rows, both inclusive, have their cells now."""
        self.model.tell_changed(first, last)

    def choose(self, at: int) -> None:
        """Make a row the current one."""
        if at != self.view.current:
            self.view.current = at
            self.view.scrollTo(self.model.index(at, 0))
            self.view.viewport().update()
        self.current_changed.emit(at)

    def show_sorted(self, name: str, *, is_down: bool) -> None:
        """Which column the rows are sorted by."""
        self._head.sorted_by, self._head.is_down = name, is_down
        self._head.viewport().update()

    def hide_columns(self, names: Sequence[str]) -> None:
        """Leave out what has no room."""
        for at, column in enumerate(self._columns):
            self.view.setColumnHidden(at, column.name in names)
        self._fit()

    def _fit(self) -> None:
        """Those that grow share what the others leave; where that is too little all scroll."""
        needs = [self._head.needs(at) for at in range(len(self._columns))]
        shown = [at for at in range(len(self._columns)) if not self.view.isColumnHidden(at)]
        is_tight = sum(needs[at] for at in shown) > self.width()
        modes = QHeaderView.ResizeMode
        for at, column in enumerate(self._columns):
            grows = column.grows and not is_tight
            self._head.setSectionResizeMode(at, modes.Stretch if grows else modes.Fixed)
            if not grows:
                self._head.resizeSection(at, needs[at])

    def seen(self) -> tuple[int, int]:
        """The first and the last row in sight; (0, -1) where there is none."""
        if not len(self.view.rows):
            return 0, -1
        first = max(0, self.view.rowAt(0))
        last = self.view.rowAt(self.view.viewport().height() - 1)
        return first, last if last >= 0 else len(self.view.rows) - 1

    def _on_scrolled(self) -> None:
        self.seen_changed.emit(*self.seen())

    def _on_head(self, at: int) -> None:
        if self._columns[at].sorts:
            self.sort_asked.emit(self._columns[at].name)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit()
        self._on_scrolled()
