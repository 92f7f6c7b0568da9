"""活动一览: those ahead and those that were; a row opens its activity."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.activities import Board, Planned, look_at_activities
from core.ports.activities import Counted
from core.trust.rights import Right, may
from ui.manage.activities import state
from ui.manage.room import Room
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.row_table import ListedRows, RowTable
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Words

AHEAD, PAST = "ahead", "past"
ROOMY, TIGHT = 900, 760
HIDDEN = ((ROOMY, ()), (TIGHT, ("kind",)), (0, ("kind", "waiting", "came", "time")))
"""What is left out below so many pixels, so that the title keeps its room."""


class BoardPart(QWidget):
    """`opened` gives the id of an activity."""

    opened = Signal(object)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self.board: Board | None = None
        look = room.look
        self.which = Segments(
            look,
            [Segment(AHEAD, tr("要办的")), Segment(PAST, tr("办过的"))],
            name="activities_which",
            spoken=tr("哪些活动"),
        )
        self.which.chosen.connect(lambda _name: self._show_rows())
        self.plan = Button(look, tr("安排活动"), icon="plus", name="activities_plan")
        self.plan.setEnabled(may(room.staff, Right.PLAN_ACTIVITIES))
        self.plan.clicked.connect(self._plan)
        self.table = RowTable(
            look, state.board_columns(), name="activities_table", spoken=tr("活动")
        )
        self.table.opened.connect(self._open)
        self.table.view.clicked.connect(lambda index: self._open(index.row()))
        self.nothing = Words(look, "", "item", "ink_2", wraps=True, name="activities_nothing")
        head = QHBoxLayout()
        head.setSpacing(look.space[3])
        head.addWidget(self.which)
        head.addStretch(1)
        head.addWidget(self.plan)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        column.addLayout(head)
        column.addWidget(self.nothing)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self.nothing.hide()

    def refresh(self, then: Callable[[], object] | None = None) -> None:
        """Ask for what there is; `then` when it is here."""

        def show(board: Board) -> None:
            self._show(board)
            if then is not None:
                then()

        self._room.work.ask(
            look_at_activities, topic="activities", then=show, failed=self._room.say
        )

    def fit(self, width: int) -> None:
        """Leave out what has no room."""
        self.table.hide_columns(next(names for least, names in HIDDEN if width >= least))

    def _show(self, board: Board) -> None:
        self.board = board
        self.which.show_counts({AHEAD: f"{len(board.ahead):,}", PAST: f"{len(board.past):,}"})
        self._show_rows()

    def _rows(self) -> tuple[Counted, ...]:
        if self.board is None:
            return ()
        return self.board.ahead if self.which.current() == AHEAD else self.board.past

    def _show_rows(self) -> None:
        board, rows = self.board, self._rows()
        if board is None:
            return
        self.table.show_rows(ListedRows([state.board_row(each, board.on) for each in rows]))
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        ahead = tr("没有要办的活动。按“安排活动”写下一场，收银台就能替会员报名。")
        self.nothing.setText(ahead if self.which.current() == AHEAD else tr("还没有办过活动。"))

    def _open(self, at: int) -> None:
        rows = self._rows()
        if 0 <= at < len(rows):
            self.opened.emit(rows[at].activity.id)

    def _plan(self) -> None:
        shop = self._room.work.hands.shop
        if shop is not None and self.board is not None:
            self._open_plan(shop.new_id(), self.board)

    def _open_plan(self, activity_id: UUID, board: Board) -> None:
        from ui.manage.activities.plan import PlanSheet

        sheet = PlanSheet(self._room, self.window(), board, activity_id)
        sheet.planned.connect(self._planned)
        sheet.open(sheet.what.edit)

    def _planned(self, planned: Planned) -> None:
        self.opened.emit(planned.activity.id)
