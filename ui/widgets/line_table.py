"""明细表: the basket's table, painted by one delegate; the stepper floats over the current row.

Fast by construction: rows are diffed, never reset; heights come from the header, not from a
delegate; only rows in sight are painted.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScrollBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.look import Layout, Look
from ui.text import tr
from ui.widgets import paint
from ui.widgets.line_delegate import Columns, LineDelegate
from ui.widgets.line_model import LineModel
from ui.widgets.line_row import LineRow
from ui.widgets.stepper import Stepper
from ui.widgets.words import Rule


class LineHead(QWidget):
    """The 28 px heads of the columns."""

    def __init__(self, look: Look, layout: Layout, titles: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.layout_in_use = layout
        self._titles = tuple(titles)
        self.setFixedHeight(look.sizes.table_head)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        columns = Columns.of(self.layout_in_use, self.width())
        font, ink = look.font("caption"), look.colour("ink_3")
        places = (columns.number, columns.name, columns.quantity, columns.list, columns.net)
        for at, (title, place) in enumerate(zip(self._titles, places, strict=True)):
            if at == 3 and not self.layout_in_use.shows_list_column:
                continue
            align = paint.LEFT if at < 2 else paint.RIGHT
            area = QRectF(place[0], 0, place[1] - place[0], self.height() - 1)
            paint.words(painter, area, title, font=font, colour=ink, align=align)
        rule = look.borders.rule
        painter.fillRect(0, self.height() - rule, self.width(), rule, look.colour("line"))


class _View(QTableView):
    """A table of one column, as wide as it is, whose rows know their height by their kind."""

    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # One of our own: for one of Qt's, PySide6 looks through all classes of widgets there are.
        self.setViewport(QWidget())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class LineTable(QWidget):
    """The table. `show_rows` shows rows and makes one current; the page owns all of the data.

    Signals carry the identity (`key`) of a row: `current_changed`, `step_asked(key, ±1)`,
    `quantity_asked` (the number was pressed), `remove_asked` (Delete, when the table has focus).
    """

    current_changed = Signal(str)
    step_asked = Signal(str, int)
    quantity_asked = Signal(str)
    remove_asked = Signal(str)

    def __init__(
        self,
        look: Look,
        layout: Layout,
        *,
        titles: Sequence[str] = (),
        name: str = "lines",
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._current = ""
        self.setObjectName(name)
        titles = titles or ("#", tr("商品"), tr("数量 × 单价"), tr("原价"), tr("小计"))
        self.head = LineHead(look, layout, titles, self)
        self.model = LineModel(self)
        self.view = _View(self)
        self.view.setObjectName(f"{name}_view")
        self.view.setAccessibleName(spoken or titles[1])
        self.view.setModel(self.model)
        self._delegate = LineDelegate(look, layout, self.view)
        self.view.setItemDelegate(self._delegate)
        self.stepper = Stepper(look, name=f"{name}_stepper", parent=self.view.viewport())
        self.stepper.hide()
        self._floor = Rule(look, strong=True, parent=self)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.view, 1)
        self._connect()
        self.set_layout(layout)

    def _connect(self) -> None:
        self.view.clicked.connect(self._on_clicked)
        self.view.resized.connect(self._place_parts)
        own = self.view.verticalScrollBar()
        own.valueChanged.connect(self._place_parts)
        own.rangeChanged.connect(self._place_parts)
        self._bar.valueChanged.connect(own.setValue)
        self.view.installEventFilter(self)
        self.stepper.stepped.connect(lambda step: self.step_asked.emit(self._current, step))
        self.stepper.asked.connect(lambda: self.quantity_asked.emit(self._current))

    def set_layout(self, layout: Layout) -> None:
        """Take the measures for another width of the window."""
        self.head.layout_in_use = layout
        self._delegate.layout = layout
        self.view.verticalHeader().setDefaultSectionSize(layout.row_height)
        self._set_heights(0, self.model.rowCount())
        self.head.update()
        self.view.viewport().update()
        self._place_parts()

    def show_rows(self, rows: Sequence[LineRow], current: str | None = None) -> None:
        """Show these rows; `current` names the row to select and scroll to, None keeps it."""
        before = [row.kind for row in self.model.rows]
        self.model.show_rows(rows)
        kinds = [row.kind for row in self.model.rows]
        if kinds != before:
            self._set_heights(0, len(kinds))
        wanted = self._current if current is None else current
        self._select(wanted, must_show=current is not None or wanted != self._current)

    def current(self) -> str:
        """The identity of the current row, "" where there is none."""
        return self._current

    def set_current(self, identity: str) -> None:
        """Select a row and scroll to it; "" selects none."""
        self._select(identity, must_show=True)

    def move_current(self, step: int) -> None:
        """Go up (−1) or down (+1) among the lines, for the arrow keys of the page."""
        lines = [row.identity for row in self.model.rows if row.kind == "line"]
        if not lines:
            return
        at = lines.index(self._current) + step if self._current in lines else len(lines) - 1
        self.set_current(lines[max(0, min(at, len(lines) - 1))])

    def _set_heights(self, start: int, stop: int) -> None:
        layout, header = self._delegate.layout, self.view.verticalHeader()
        for at in range(start, stop):
            is_offer = self.model.rows[at].kind == "offer"
            height = layout.offer_height if is_offer else layout.row_height
            if header.sectionSize(at) != height:
                header.resizeSection(at, height)

    def _select(self, identity: str, *, must_show: bool) -> None:
        row = self.model.row_of(identity)
        if row >= 0 and self.model.rows[row].kind != "line":
            row = -1
        before, self._current = self._current, identity if row >= 0 else ""
        self._move_rail(row)
        if must_show and row >= 0:
            self._scroll_to(row)
        self._place_parts()
        if before != self._current:
            self.current_changed.emit(self._current)

    def _move_rail(self, row: int) -> None:
        old, self._delegate.current = self._delegate.current, row
        for at in {old, row}:
            if 0 <= at < self.model.rowCount():
                self.view.update(self.model.index(at, 0))

    def _scroll_to(self, row: int) -> None:
        """Bring a row into sight, the last line with what follows it."""
        lines_below = any(other.kind == "line" for other in self.model.rows[row + 1 :])
        last = row if lines_below else self.model.rowCount() - 1
        self.view.scrollTo(self.model.index(last, 0))
        self.view.scrollTo(self.model.index(row, 0))

    def _place_parts(self) -> None:
        """What floats over the rows: stepper, scroll bar, and the rule below the last row."""
        self._place_stepper()
        own, area = self.view.verticalScrollBar(), self.view.geometry()
        self._bar.setRange(own.minimum(), own.maximum())
        self._bar.setPageStep(own.pageStep())
        self._bar.setValue(own.value())
        self._bar.setVisible(own.maximum() > 0)
        width = self._bar.sizeHint().width()
        self._bar.setGeometry(area.right() - width - 1, area.top() + 4, width, area.height() - 8)
        end = min(self.view.verticalHeader().length() - own.value(), area.height())
        self._floor.setGeometry(0, area.top() + end - 1, self.width(), 1)
        self._floor.setVisible(bool(self.model.rows))

    def _place_stepper(self) -> None:
        row = self._delegate.current
        line = self.model.rows[row] if 0 <= row < self.model.rowCount() else None
        if line is None or not line.count:
            self.stepper.hide()
            return
        area: QRect = self.view.visualRect(self.model.index(row, 0))
        columns = Columns.of(self._delegate.layout, area.width())
        left = round(columns.quantity[1]) - self.stepper.width()
        top = area.top() + (area.height() - 1 - self.stepper.height()) // 2
        self.stepper.set_number(line.count)
        self.stepper.move(left, top)
        self.stepper.show()

    def _on_clicked(self, index: QModelIndex) -> None:
        row = self.model.rows[index.row()]
        if row.kind == "line":
            self._select(row.identity, must_show=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self._current:
            self.remove_asked.emit(self._current)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_current(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and isinstance(event, QKeyEvent):
            self.keyPressEvent(event)
            return event.isAccepted()
        return False
