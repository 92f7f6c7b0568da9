"""流水: every transfer of points, the newest first; what is typed narrows it, a row opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from core.actions.points_ledger import PAGE, Moved, moved_one, moved_points
from core.ports.points_desk import Key, MovedPage, MovedRow, Sought
from ui.manage.points import ledger_state as state
from ui.manage.points.moved import MovedSheet
from ui.manage.points.part import PointsPart
from ui.manage.room import Room
from ui.text import tr
from ui.widgets.day_span import (
    ANY,
    DAYS_90,
    LAST_MONTH,
    MONTH,
    OTHER,
    TODAY,
    WEEK,
    DaySpan,
    bad_day_words,
)
from ui.widgets.field import Field
from ui.widgets.row_table import Cell, RowTable
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Words

AFTER_TYPING_MS = 250
KINDS_OF_DAYS = (ANY, TODAY, WEEK, MONTH, LAST_MONTH, DAYS_90, OTHER)
AHEAD = 60
"""Rows below those in sight, when the next are asked for."""
TOPIC = "points_ledger"
T = TypeVar("T")


class FoundRows:
    """Rows as far as they were asked for."""

    def __init__(self) -> None:
        self.rows: list[MovedRow] = []

    def __len__(self) -> int:
        return len(self.rows)

    def cells(self, at: int) -> tuple[Cell, ...]:
        """Those of one row."""
        return state.moved_row(self.rows[at])


class LedgerPart(PointsPart):
    """What is looked for, and the table."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._found = FoundRows()
        self._rest: Key | None = None
        self._sought = Sought()
        self._is_asking = False
        self._is_anew = False
        look = room.look
        segments = [Segment(name, words) for name, words, _ in state.groups()]
        self.causes = Segments(look, segments, name="ledger_causes", spoken=tr("事由"))
        self.causes.chosen.connect(lambda _name: self.refresh())
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(AFTER_TYPING_MS)
        self._typing.timeout.connect(self.refresh)
        self.span = DaySpan(look, name="ledger", kinds=KINDS_OF_DAYS, hides=True)
        self.span.setEnabled(False)
        self.span.picked.connect(self.refresh)
        self.span.submitted.connect(self.refresh)
        self.span.typed.connect(lambda: self._typing.start())
        self.text = Field(
            look,
            tr("会员或小票"),
            placeholder=tr("卡号、手机、姓名、小票号"),
            name="ledger_text",
        )
        self.amount = Field(
            look, tr("多少分"), placeholder=tr("500 或 500-800"), name="ledger_amount"
        )
        self.count = Words(look, "", "body", "ink_2", elides=True, name="ledger_count")
        self.table = RowTable(
            look, state.moved_columns(), name="ledger_table", spoken=tr("积分流水")
        )
        self.table.seen_changed.connect(self._on_seen)
        self.table.opened.connect(self._open)
        self.table.view.clicked.connect(lambda index: self._open(index.row()))
        self._arrange()

    def _arrange(self) -> None:
        look, line, column = self.room.look, QHBoxLayout(), QVBoxLayout(self)
        line.setSpacing(look.space[3])
        for field in (self.text, self.amount):
            field.changed.connect(lambda _text: self._typing.start())
            field.submitted.connect(self.refresh)
        # other days stand in the line of the other fields: a low window has no room for two
        for part, share in ((self.text, 4), (self.span.days_row, 4), (self.amount, 2)):
            line.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[2])
        column.addWidget(self.causes, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.span)
        column.addLayout(line)
        column.addWidget(self.count)
        column.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Look from the newest on for what stands in the fields."""
        self._typing.stop()
        if not self.span.isEnabled():
            self._ask_day()
        sought = self._read()
        if sought is None:
            return
        # what stands there stays until there is an answer
        self._sought, self._rest, self._is_anew = sought, None, True
        self._ask()

    def _ask_day(self) -> None:
        """Until it is known no usual span can be chosen; any day needs none."""

        def begin(today: date) -> None:
            self.span.be_on(today)
            self.span.setEnabled(True)

        self.room.work.ask(
            lambda shop: shop.now().business_on,
            topic="points_day",
            then=begin,
            failed=self.room.say,
        )

    def _read(self) -> Sought | None:
        """What is sought; None while a day or a number is none, which its field says."""
        causes = {name: meant for name, _, meant in state.groups()}
        since, until, bad_day = self.span.since, self.span.until, bad_day_words()
        first = self._part(since, bad_day, lambda text: state.read_day(text, date.min))
        last = self._part(until, bad_day, lambda text: state.read_day(text, date.max))
        bad_amount = tr("写整数，像 500 或 500-800。")
        points = self._part(self.amount, bad_amount, state.read_amount)
        if first is None or last is None or points is None:
            return None
        return Sought(first, last, causes[self.causes.current()], least=points[0], most=points[1])

    def _part(self, field: Field, problem: str, read: Callable[[str], T]) -> T | None:
        """What a field means; None, and the problem said in it, where it means nothing."""
        try:
            meant = read(field.text())
        except ValueError:
            field.set_problem(problem)
            return None
        field.set_problem("")
        return meant

    def _ask(self) -> None:
        self._is_asking = True
        self.room.work.ask(
            moved_points,
            self._sought,
            text=self.text.text(),
            behind=self._rest,
            staff=self.room.staff,
            topic=TOPIC,
            then=self._arrived,
            failed=self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self._is_asking = False
        self.room.say(error)

    def _arrived(self, page: MovedPage) -> None:
        self._is_asking, self._rest = False, page.rest
        if self._is_anew:
            self._found, self._is_anew = FoundRows(), False
            self.table.show_rows(self._found)
        self._found.rows.extend(page.rows)
        if page.rows:
            self.table.show_rows(self._found, keeps_place=True)
        goes_on = page.rest is not None and len(page.rows) < PAGE and self.isVisible()
        self._say_count(goes_on=goes_on)
        if goes_on:
            self._ask()

    def _say_count(self, *, goes_on: bool) -> None:
        count = f"{len(self._found):,}"
        if goes_on and self._rest is not None:
            words = tr("找到 {count} 条，正在找 {day} 以前的", count=count, day=self._rest.on)
        elif self._rest is not None:
            words = tr("最新的 {count} 条，往下拉还有", count=count)
        elif len(self._found):
            words = tr("{count} 条", count=count)
        else:
            words = ""
        self.count.setText(words)
        self.table.say_nothing("" if goes_on else tr("没有这样的流水。"))

    def _on_seen(self, _first: int, last: int) -> None:
        if self._rest is not None and not self._is_asking and last >= len(self._found) - AHEAD:
            self._ask()

    def _open(self, at: int) -> None:
        self.room.work.ask(
            moved_one,
            self._found.rows[at].id,
            staff=self.room.staff,
            topic="listed",
            then=self._show,
            failed=self.room.say,
        )

    def _show(self, found: Moved | None) -> None:
        if found is not None:
            MovedSheet(self.room.look, self.window(), found).open()
