"""到期预览: day by day what expires within 30 or 90 days; a day opens whose points they are."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions import points_desk
from core.actions.points_desk import Ahead
from ui.manage.points import state
from ui.manage.points.part import PointsPart
from ui.manage.room import Room
from ui.manage.section import Section
from ui.text import tr
from ui.widgets.bar_chart import BarChart
from ui.widgets.key_figure import KeyFigure
from ui.widgets.row_table import RowTable
from ui.widgets.scroll import Scroll
from ui.widgets.segments import Segment, Segments

CHART_HEIGHT = 240
SHORT, LONG = "30", "90"


class AheadPart(PointsPart):
    """The days as a chart and as a table."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._ahead: Ahead | None = None
        look = room.look
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[4])
        top = QHBoxLayout()
        self.points = KeyFigure(look, tr("会到期的积分"), name="ahead_points", style="figure")
        self.points.opened.connect(self._open_all)
        top.addWidget(self.points, 1)
        spans = [Segment(SHORT, tr("30 天")), Segment(LONG, tr("90 天"))]
        self.span = Segments(look, spans, name="ahead_span", spoken=tr("多少天"))
        self.span.chosen.connect(lambda _name: self.refresh())
        top.addWidget(self.span)
        column.addLayout(top)
        more = tr("存为图片")
        self.days = Section(look, tr("每天"), name="ahead_days", more=more, icon="export")
        spoken, nothing = tr("每天会到期的积分"), tr("这些天没有积分到期。")
        self.chart = BarChart(look, name="ahead_chart", spoken=spoken, nothing=nothing)
        self.chart.setFixedHeight(CHART_HEIGHT)
        self.days.body.addWidget(self.chart)
        self.days.more.connect(lambda: self.keep_picture(self.chart, tr("会到期的积分")))
        column.addWidget(self.days)
        self.rows = Section(look, tr("有积分到期的日子"), name="ahead_rows")
        columns = state.day_columns()
        self.table = RowTable(look, columns, name="ahead_table", spoken=tr("有积分到期的日子"))
        self.table.opened.connect(self._open_day)
        self.table.view.clicked.connect(lambda index: self._open_day(index.row()))
        self.rows.body.addWidget(self.table)
        column.addWidget(self.rows)
        column.addStretch(1)
        for section in (self.days, self.rows):
            section.hide()  # until it is known what ends
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inner, gap=look.space[3]))

    def refresh(self) -> None:
        """Look ahead from today on."""
        room, days = self.room, int(self.span.current())
        room.work.ask(
            points_desk.expiring_within,
            days,
            staff=room.staff,
            topic="points_ahead",
            then=self._show,
            failed=room.say,
        )

    def _show(self, ahead: Ahead) -> None:
        self._ahead = ahead
        self.points.show_figure(state.points_words(ahead.points), state.worth_words(ahead.fen))
        bars, captions, marks = state.day_bars(ahead)
        self.chart.show_bars(bars, captions=captions, marks=marks)
        span = tr("{first} 到 {last}", first=ahead.first.isoformat(), last=ahead.last.isoformat())
        self.days.count.setText(span)
        self.days.show()
        rows = state.day_rows(ahead)
        self.show_whole(self.table, rows)
        self.rows.count.setText(tr("点一天看名单"))
        self.rows.setVisible(bool(rows))

    def _open_all(self) -> None:
        if self._ahead is not None:
            self._open(tr("会到期的积分"), self._ahead.first, self._ahead.last)

    def _open_day(self, at: int) -> None:
        if self._ahead is not None:
            on = self._ahead.days[at].on
            self._open(tr("{day} 到期", day=on.isoformat()), on, on)

    def _open(self, title: str, first: date, last: date) -> None:
        self.open_rows(
            points_desk.expiring_rows,
            title,
            state.expiring_table,
            tr("这些天没有积分到期。"),
            first=first,
            last=last,
        )
