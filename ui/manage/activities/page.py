"""活动: the page of what the shop invites its members to."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.actions.activities import Attended, Planned
from core.trust.staff import Staff
from ui.look import Look
from ui.manage.activities.activity import ActivityPart
from ui.manage.activities.board import BoardPart
from ui.manage.activities.draw import DrawPart
from ui.manage.activities.draws import DrawsPart
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.work import Work

NARROW, LOW = 900, 560
MARGIN, NARROW_MARGIN = 32, 16
WIDEST = 1440
ACTIVITIES, DRAWS = "activities", "draws"


class ActivitiesPage(Room):
    """Activities or draws: all of them, or one of them."""

    name, icon = "activities", "calendar"

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("活动"))
        self.said = Said(look, style="body", name="activities_said")
        self.board = BoardPart(self)
        self.one = ActivityPart(self)
        self._stack = QStackedWidget()
        self.draws = DrawsPart(self)
        self.draw = DrawPart(self)
        for part in (self.board, self.one, self.draws, self.draw):
            self._stack.addWidget(part)
        self.choice = Segments(
            look,
            [Segment(ACTIVITIES, tr("活动")), Segment(DRAWS, tr("抽奖"))],
            name="activities_parts",
            spoken=tr("活动"),
        )
        self.choice.chosen.connect(lambda _name: self._go_back())
        self._top = QWidget()
        top = QHBoxLayout(self._top)
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self.choice)
        top.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(look.space[3])
        self._column.addWidget(self._top)
        self._column.addWidget(self.said)
        self._column.addWidget(self._stack, 1)
        self.board.opened.connect(self._open)
        self.one.summary.left.connect(self._go_back)
        self.draws.opened.connect(self._open_draw)
        self.draw.left.connect(self._go_back)
        self.one.summary.edited.connect(self._edit)
        self.one.summary.cancelled.connect(self._cancel)

    def refresh(self) -> None:
        """Ask for what shows."""
        self.said.hide()
        self.board.refresh()
        shown = self._stack.currentWidget()
        for part in (self.one, self.draws, self.draw):
            if part is shown:
                part.refresh()

    def go_to(self, name: str) -> None:
        """One of them: "activity-" or "draw-" with its id in hexadecimal."""
        kind, _, ident = name.partition("-")
        self.choice.set_current(DRAWS if kind == "draw" else ACTIVITIES)
        if kind == "draw":
            self._open_draw(UUID(hex=ident))
        else:
            self.board.refresh(lambda: self._open(UUID(hex=ident)))

    def say(self, error: Exception) -> None:
        """One sentence above the part, which stays as it was."""
        self.said.say(sentence(error), is_wrong=True)

    def _open(self, activity_id: UUID, *, words: str = "") -> None:
        self.said.hide()
        if self.board.board is not None:
            self.one.show_board(self.board.board)
            self._show(self.one)
            self.one.open(activity_id, words=words)

    def _go_back(self) -> None:
        self._show(self.board if self.choice.current() == ACTIVITIES else self.draws)
        self.refresh()

    def _open_draw(self, draw_id: UUID) -> None:
        self.said.hide()
        self._show(self.draw)
        self.draw.open(draw_id)

    def _show(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        self._top.setVisible(part in (self.board, self.draws))

    def _edit(self, seen: Attended) -> None:
        from ui.manage.activities.plan import PlanSheet

        if self.board.board is None:
            return
        activity = seen.activity
        sheet = PlanSheet(self, self.window(), self.board.board, activity.id, activity)
        sheet.planned.connect(self._changed)
        sheet.open(sheet.what.edit)

    def _changed(self, planned: Planned) -> None:
        count = len(planned.moved_up)
        self.board.refresh()
        words = tr("改好了。{count} 位候补有位了，请告诉他们。", count=count) if count else ""
        self._open(planned.activity.id, words=words or tr("改好了。"))

    def _cancel(self, seen: Attended) -> None:
        from core.members.activity import Place
        from ui.manage.activities.plan import CancelSheet

        waiting = seen.count(Place.SEAT) + seen.count(Place.WAITING)
        sheet = CancelSheet(self, self.window(), seen.activity, waiting)
        sheet.cancelled.connect(lambda: self._open(seen.activity.id))
        sheet.open(sheet.reason.edit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = NARROW_MARGIN if self.width() < NARROW else MARGIN
        side = max(side, (self.width() - WIDEST) // 2)
        self._column.setContentsMargins(side, self.look.space[3], side, self.look.space[3])
        self.board.fit(self.width() - 2 * side)
        is_low = self.height() < LOW
        self.one.fit(self.width() - 2 * side, is_low=is_low)
        self.draw.fit(self.width() - 2 * side, is_low=is_low)
        self.draws.fit(self.width() - 2 * side)
