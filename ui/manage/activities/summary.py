"""一场活动的概要: what it is, what may be done with it, and its figures."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.activities import Attended, Board
from core.members.activity import Place
from core.trust.rights import Right, may
from ui.manage.activities import state
from ui.manage.room import Room
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.key_figure import KeyFigure
from ui.widgets.words import Words


class Summary(QWidget):
    """`left` where somebody goes back to all activities; `edited`, `cancelled`, `exported` ask.

    `chosen` gives the group whose figure was pressed.
    """

    left = Signal()
    edited = Signal(object)
    cancelled = Signal(object)
    exported = Signal()
    chosen = Signal(str)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._seen: Attended | None = None
        self.about = Words(room.look, "", "body", "ink_2", elides=True, name="activity_about")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(room.look.space[3])
        column.addLayout(self._build_head())
        column.addWidget(self.about)
        self.figures = QWidget()
        self.figures.setLayout(self._build_figures())
        column.addWidget(self.figures)

    def _build_head(self) -> QHBoxLayout:
        look = self._room.look
        back = Button(look, tr("全部活动"), kind="text", icon="return", name="activity_back")
        back.clicked.connect(self.left)
        self.title = Words(look, "", "title", bold=True, elides=True, name="activity_title")
        self.chip = Chip(look, name="activity_kind", parent=self)
        self.off = Chip(look, kind="danger", name="activity_off", parent=self)
        self.edit = Button(look, tr("改"), name="activity_edit")
        self.edit.clicked.connect(lambda: self.edited.emit(self._seen))
        self.cancel = Button(look, tr("取消活动"), name="activity_cancel")
        self.cancel.clicked.connect(lambda: self.cancelled.emit(self._seen))
        self.paper = Button(look, tr("名单"), icon="export", name="activity_export")
        self.paper.clicked.connect(self.exported)
        row = QHBoxLayout()
        row.setSpacing(look.space[2])
        row.addWidget(back)
        row.addWidget(self.chip)
        row.addWidget(self.title, 1)
        row.addWidget(self.off)
        for button in (self.edit, self.cancel, self.paper):
            row.addWidget(button)
        return row

    def _build_figures(self) -> QHBoxLayout:
        look, row = self._room.look, QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space[4])
        self.signed = KeyFigure(look, tr("报名人数"), name="activity_signed")
        self.waiting = KeyFigure(look, tr("候补"), name="activity_waiting")
        self.came = KeyFigure(look, tr("到场"), name="activity_came")
        self.missed = KeyFigure(look, tr("没来"), name="activity_missed")
        self.bought = KeyFigure(look, tr("到场的人之后 30 天消费"), name="activity_bought")
        opens = (
            (self.signed, state.EVERYBODY),
            (self.waiting, Place.WAITING.value),
            (self.came, Place.CAME.value),
            (self.missed, state.MISSED),
            (self.bought, Place.CAME.value),
        )
        for figure, group in opens:
            figure.opened.connect(partial(self.chosen.emit, group))
            row.addWidget(figure, 1)
        return row

    def show_activity(self, seen: Attended, board: Board) -> None:
        """Another one, or the same as it is now."""
        self._seen = seen
        activity = seen.activity
        self.title.setText(activity.title)
        self.chip.set_text(state.kind_words(activity.kind))
        self.off.set_text(tr("已取消") if activity.is_cancelled else "")
        about = state.about_words(activity, board)
        if activity.cancelled_for:
            about = tr("取消：{reason}　{about}", reason=activity.cancelled_for, about=about)
        self.about.setText(about)
        self._show_figures(seen)
        may_plan = may(self._room.staff, Right.PLAN_ACTIVITIES)
        may_change = may_plan and not activity.is_cancelled and activity.on >= seen.on
        self.edit.setVisible(may_change)
        self.cancel.setVisible(may_change)
        self.paper.setVisible(may_plan)

    def _show_figures(self, seen: Attended) -> None:
        activity, found = seen.activity, state.groups(seen)
        came, missed = len(found[Place.CAME.value]), len(found[state.MISSED])
        taken = seen.count(Place.SEAT) + came
        self.signed.show_figure(f"{taken:,}", self._seats_words(seen, taken))
        self.waiting.show_figure(f"{seen.count(Place.WAITING):,}", "")
        share = tr("{share}% 的报名", share=came * 100 // taken) if taken and came else ""
        self.came.show_figure(f"{came:,}", share)
        is_over = activity.on < seen.on and not activity.is_cancelled
        self.missed.show_figure(f"{missed:,}" if is_over else "—", opens=is_over)
        self.bought.show_figure(*state.bought_words(seen), opens=seen.bought is not None)

    @staticmethod
    def _seats_words(seen: Attended, taken: int) -> str:
        seats = seen.activity.seats
        if not seats:
            return tr("不限名额")
        return tr("{seats} 个名额，还有 {left}", seats=f"{seats:,}", left=max(0, seats - taken))
