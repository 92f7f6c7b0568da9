"""购物车: the basket's table with its summary, or the ledger that explains its price."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ui.look import Layout, Look
from ui.text import tr
from ui.till.idle import NextPlease
from ui.till.notices import Notices
from ui.till.state import Figures, TillState
from ui.till.why_panel import WhyPanel
from ui.widgets.button import Button
from ui.widgets.line_table import LineTable
from ui.widgets.panel_row import Figure

# Lower than this, a notice would leave no line of the basket in sight.
TIGHT = 272


class Summary(QWidget):
    """原价 已省 本单积分 件数, and the way to the ledger: `why_asked`."""

    why_asked = Signal()

    def __init__(self, look: Look, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summary")
        self.list = Figure(look, tr("原价"), name="figure_list")
        self.saved = Figure(look, tr("已省"), name="figure_saved")
        self.points = Figure(look, tr("本单积分"), name="figure_points")
        self.pieces = Figure(look, tr("件数"), name="figure_pieces")
        self.why = Button(look, tr("为什么这个价"), icon="why", key="F11", name="why_open")
        self.why.clicked.connect(self.why_asked)
        self._row = QHBoxLayout(self)
        for figure in (self.list, self.saved, self.points, self.pieces):
            self._row.addWidget(figure)
        self._row.addStretch(1)
        self._row.addWidget(self.why)
        self.set_layout(layout)

    def set_layout(self, layout: Layout) -> None:
        """Take the measures for another width of the window."""
        is_roomy = layout.member_rows
        self.setFixedHeight(layout.summary_height)
        self._row.setContentsMargins(layout.left_padding, 0, layout.left_padding, 0)
        self._row.setSpacing(32 if layout.shows_second_clauses else 20)
        self.list.setVisible(is_roomy)
        self.pieces.setVisible(is_roomy)

    def show_figures(self, figures: Figures) -> None:
        """Show the sums of the basket."""
        has_saved = figures.saved != "0.00"
        self.list.set_value(figures.list)
        role = "accent_text" if has_saved else "ink"
        self.saved.set_value(figures.saved, role=role, bold=has_saved)
        self.points.set_value(figures.points)
        self.pieces.set_value(figures.pieces)


class BasketZone(QWidget):
    """The left column below the input. While `is_explaining` the ledger covers the list."""

    why_changed = Signal()

    def __init__(self, look: Look, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.idle = NextPlease(look, layout)
        self.table = LineTable(look, layout, name="basket", spoken=tr("本单商品"))
        self.why = WhyPanel(look, layout)
        self.summary = Summary(look, layout)
        self.notices = Notices(look)
        self.is_explaining = False
        self._is_empty = True
        self._state: TillState | None = None
        self._stack = QStackedLayout()
        for page in (self.idle, self.table, self.why):
            page.setParent(self)  # a stack shows its first page: never as a window of its own
            # what does not fit is scrolled or left out; it never makes the window taller
            page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._stack, 1)
        column.addWidget(self.notices)
        column.addWidget(self.summary)
        self.summary.why_asked.connect(self.toggle_why)
        self.why.closed.connect(self.toggle_why)
        self.table.view.resized.connect(self._keep_current_in_sight)
        self._arrange()

    def set_layout(self, layout: Layout) -> None:
        """Take the measures for another width of the window."""
        for part in (self.idle, self.table, self.why, self.notices, self.summary):
            part.set_layout(layout)

    def show_basket(self, state: TillState) -> None:
        """Show the basket, or what can be done while it is empty."""
        self._is_empty = state.is_empty
        self.table.show_rows(state.rows, state.current)
        self.summary.show_figures(state.figures)
        self.notices.fold()
        self.notices.show_gift(state.gift)
        self.notices.show_exchange(state.exchange)
        self.idle.show_idle(state.idle, state.member.name if state.member else "")
        self._state = state
        self.is_explaining = self.is_explaining and not state.is_empty
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.notices.set_tight(self.height() < TIGHT)

    def toggle_why(self) -> None:
        """Open or fold the ledger; an empty basket has nothing to explain."""
        self.is_explaining = not self.is_explaining and not self._is_empty
        self._arrange()
        self.why_changed.emit()

    def _keep_current_in_sight(self) -> None:
        if self.table.current():
            self.table.set_current(self.table.current())

    def _arrange(self) -> None:
        page = self.idle if self._is_empty else self.why if self.is_explaining else self.table
        if self.is_explaining and self._state is not None:
            self.why.show_why(self._state.why())
        self._stack.setCurrentWidget(page)
        self.notices.set_explaining(self.is_explaining)
        self.summary.setVisible(not self._is_empty and not self.is_explaining)
