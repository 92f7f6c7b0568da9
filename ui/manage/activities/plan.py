"""安排活动: what it is, where and when, for how many and whom; and why it is cancelled."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.activities import Board, Planned, cancel_activity, plan_activity
from core.errors import BadActivity
from core.members.activity import LONGEST, MOST_SEATS, Activity, ActivityKind, minutes_of
from ui.manage.activities.state import about_words, kind_words, minute_words
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.day_span import bad_day_words
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.panel_row import PanelRow
from ui.widgets.said import Said
from ui.widgets.scroll import Scroll
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (680, 704)
CANCEL_WIDTH = 520
NO_POINTS = ""


class PlanSheet(Sheet):
    """A new activity, or a known one as it is to be; `planned` gives what it is then.

    Where somebody else has changed it meanwhile that is said, and what was typed stays.
    """

    refuses_scans = True
    planned = Signal(object)

    def __init__(
        self,
        room: Room,
        window: QWidget,
        board: Board,
        activity_id: UUID,
        activity: Activity | None = None,
    ) -> None:
        title = tr("安排活动") if activity is None else tr("改活动")
        super().__init__(room.look, window, title, size=SIZE, name="plan")
        self._room, self._board, self._id = room, board, activity_id
        self._seen = activity
        look = room.look
        self.what = Field(look, tr("名称"), placeholder=tr("像 秋季养生沙龙"), name="plan_title")
        self.kinds = Segments(
            look,
            [Segment(kind.value, kind_words(kind)) for kind in ActivityKind],
            name="plan_kind",
            spoken=tr("种类"),
        )
        self.day = Field(look, tr("哪天"), placeholder=tr("例如 2026-11-01"), name="plan_day")
        self.time = Field(look, tr("几点到几点"), placeholder="14:00-16:00", name="plan_time")
        self.where = Field(look, tr("地点"), placeholder=tr("可以不写"), name="plan_where")
        self.seats = Field(look, tr("名额"), placeholder=tr("不写就不限"), name="plan_seats")
        tiers = [Segment(tier.code, tier.name) for tier in board.tiers]
        self.tiers = Segments(look, tiers, name="plan_tiers", spoken=tr("对谁开放"), many=True)
        points = [Segment(NO_POINTS, tr("不送"))]
        points += [
            Segment(each.code, tr("{name} +{points}", name=each.name, points=f"{each.points:,}"))
            for each in board.behaviours
        ]
        self.points = Segments(look, points, name="plan_points", spoken=tr("到场送积分"))
        self.said = Said(look, name="plan_said")
        words = tr("安排") if activity is None else tr("改好了")
        high = look.sizes.control
        self.done = Button(look, words, kind="primary", height=high, name="plan_done")
        self.done.clicked.connect(self._on_done)
        for field in (self.what, self.day, self.time, self.where, self.seats):
            field.submitted.connect(self._on_done)
        self._lay_out()
        self._fill(activity)
        self.closed.connect(self.deleteLater)

    def _lay_out(self) -> None:
        look, body = self._look, QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(look.space[3])
        column.addWidget(self.what)
        self._row(column, tr("种类"), self.kinds)
        for pair in ((self.day, self.time), (self.where, self.seats)):
            line = QHBoxLayout()
            line.setSpacing(look.space[3])
            for field in pair:
                line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(line)
        self._row(column, tr("对谁开放（都不选就是所有会员）"), self.tiers)
        if self._board.behaviours:
            self._row(column, tr("到场送积分"), self.points)
        else:
            column.addWidget(self._no_points())
        column.addStretch(1)
        self.set_body(Scroll(body), Foot(look, self.done, said=self.said))

    def _no_points(self) -> PanelRow:
        row = PanelRow(
            self._look,
            tr("到场送积分"),
            line=tr("规则册里还没有行为积分"),
            action=tr("去写规则"),
            name="plan_no_points",
        )
        row.acted.connect(self._go_to_rules)
        return row

    def _go_to_rules(self) -> None:
        self.shut()
        self._room.went.emit("rules")

    def _row(self, column: QVBoxLayout, label: str, choice: Segments) -> None:
        below, line = QVBoxLayout(), QHBoxLayout()
        below.setSpacing(self._look.space[1])
        below.addWidget(Words(self._look, label, "small", "ink_2"))
        line.addWidget(choice)
        line.addStretch(1)
        below.addLayout(line)
        column.addLayout(below)

    def _fill(self, activity: Activity | None) -> None:
        if activity is None:
            self.day.set_text(self._board.on.isoformat())
            return
        self.what.set_text(activity.title)
        self.kinds.set_current(activity.kind.value)
        self.day.set_text(activity.on.isoformat())
        begins, ends = minute_words(activity.from_minute), minute_words(activity.to_minute)
        self.time.set_text(f"{begins}-{ends}")
        self.where.set_text(activity.where)
        self.seats.set_text(str(activity.seats) if activity.seats else "")
        for code in activity.tiers:
            self.tiers.set_current(code)
        self.points.set_current(activity.behaviour)

    def _on_done(self) -> None:
        activity = self._read()
        if activity is None:
            return
        self.done.setEnabled(False)
        self._room.work.act(
            plan_activity,
            activity,
            seen=self._seen,
            staff=self._room.staff,
            then=self._planned,
            failed=self._failed,
        )

    def _read(self) -> Activity | None:
        """As it is filled in; None where a field means nothing, which it says."""
        problems: list[tuple[Field, str]] = []
        on, minutes, seats = date.min, (0, 0), 0
        too_long = tr("最多 {count} 个字。", count=LONGEST)
        if not self.what.text():
            problems.append((self.what, tr("写一个名称。")))
        if len(self.what.text()) > LONGEST:
            problems.append((self.what, too_long))
        try:
            on = date.fromisoformat(self.day.text())
            is_moved = self._seen is None or self._seen.on != on
            if is_moved and on < self._board.on:
                problems.append((self.day, tr("写今天或以后的日子。")))
        except ValueError:
            problems.append((self.day, bad_day_words()))
        try:
            minutes = minutes_of(self.time.text())
            if minutes[0] >= minutes[1]:
                raise BadActivity()
        except BadActivity:
            problems.append((self.time, tr("写成 14:00-16:00 这样。")))
        if len(self.where.text()) > LONGEST:
            problems.append((self.where, too_long))
        if text := self.seats.text():
            if text.isascii() and text.isdigit() and int(text[:9]) > 0 and len(text) <= 9:
                seats = int(text)
                if seats > MOST_SEATS:
                    most = tr("最多 {count} 个名额。", count=f"{MOST_SEATS:,}")
                    problems.append((self.seats, most))
            else:
                problems.append((self.seats, tr("写一个整数，不限就空着。")))
        for field, problem in problems:
            field.set_problem(problem)
        if problems:
            problems[0][0].focus()
            return None
        return Activity(
            self._id,
            ActivityKind(self.kinds.current()),
            self.what.text(),
            self.where.text(),
            on,
            *minutes,
            seats,
            self.tiers.all_chosen(),
            self.points.current(),
        )

    def _planned(self, planned: Planned) -> None:
        if planned.is_other:
            self._tell_other(planned.activity)
            return
        self.shut()
        self.planned.emit(planned)

    def _tell_other(self, now: Activity) -> None:
        """How somebody else has left it; the next press writes what stands here over that."""
        self._seen = now
        self.done.setEnabled(True)
        seats = tr("{count} 个名额", count=f"{now.seats:,}") if now.seats else tr("不限名额")
        how = "　".join((now.title, about_words(now, self._board), seats))
        words = tr("别人刚改过：{how}。还没有保存，再按一次就照您写的。", how=how)
        self.said.say(words, is_wrong=True)

    def _failed(self, error: Exception) -> None:
        self.done.setEnabled(True)
        self.said.say(sentence(error), is_wrong=True)


class CancelSheet(Sheet):
    """取消活动: with a reason; `cancelled` when it stands."""

    refuses_scans = True
    cancelled = Signal()

    def __init__(self, room: Room, window: QWidget, activity: Activity, waiting: int) -> None:
        look = room.look
        super().__init__(
            look,
            window,
            tr("取消活动"),
            subtitle=activity.title,
            size=(CANCEL_WIDTH, 0),
            name="cancel",
            leave=tr("不取消"),
        )
        self._room, self._activity = room, activity
        told = tr("取消以后不能恢复。名单留着，{count} 位要一个个通知到。", count=waiting)
        self.reason = Field(look, tr("为什么取消"), name="cancel_reason")
        self.said = Said(look, name="cancel_said")
        high = look.sizes.control
        self.done = Button(look, tr("取消这场"), kind="danger", height=high, name="cancel_done")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(look.space[3])
        column.addWidget(Words(look, told, "body", "ink_2", wraps=True))
        column.addWidget(self.reason)
        column.addWidget(self.said)
        self.set_body(body, Foot(look, self.done))
        self.done.clicked.connect(self._on_done)
        self.reason.submitted.connect(self._on_done)
        self.closed.connect(self.deleteLater)

    def _on_done(self) -> None:
        self._room.work.act(
            cancel_activity,
            self._activity.id,
            reason=self.reason.text(),
            staff=self._room.staff,
            then=self._done,
            failed=lambda error: self.said.say(sentence(error), is_wrong=True),
        )

    def _done(self, _planned: Planned) -> None:
        self.shut()
        self.cancelled.emit()
