"""今天: the page that a manager opens first. Every figure opens the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.actions import today as todays
from core.actions.today import Birthdays, Expiring, Today, Waiting
from core.trust.staff import Staff
from core.values.money import format_money
from ui.filing import Filing
from ui.look import Look
from ui.manage.room import Room
from ui.manage.section import Section
from ui.manage.today import state
from ui.manage.today.behind import Behind, Wants
from ui.manage.today.person_row import PersonLine, PersonRow
from ui.manage.today.standing import Standing
from ui.manage.today.state import WaitingLine
from ui.text import capital, sentence, tr
from ui.widgets.bar_chart import BarChart
from ui.widgets.button import Button
from ui.widgets.key_figure import KeyFigure, Number
from ui.widgets.panel_row import PanelRow
from ui.widgets.said import Said
from ui.widgets.scroll import Scroll
from ui.widgets.words import Rule, Words
from ui.work import Work

BEAT_MS = 30_000
NARROW = 900
WIDEST = 1440
MARGIN, NARROW_MARGIN = 32, 16
CHART_HEIGHT = 240


class TodayPage(Room):
    """Asks anew when it is opened and every half a minute while it shows."""

    name, icon = "today", "today"

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("今天").capitalize())
        self._shown: Today | None = None
        self._waits: Waiting | None = None
        self._births: Birthdays | None = None
        self._ends: Expiring | None = None
        self._behind = Behind(self)
        self._build()
        self._filing = Filing(self, self.said, self)
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._look_again)
        self._beat.start()

    def refresh(self) -> None:
        """Ask each part by itself: what is there shows, whatever the others need."""
        ask, failed = self.work.ask, self.say
        ask(todays.today, staff=self.staff, topic="today", then=self._show, failed=failed)
        ask(todays.waiting, topic="waiting", then=self._show_waiting, failed=failed)
        births, ends = self._show_birthdays, self._show_expiring
        ask(todays.birthdays, staff=self.staff, topic="birthdays", then=births, failed=failed)
        ask(todays.expiring, staff=self.staff, topic="expiring", then=ends, failed=failed)

    # Parts

    def _build(self) -> None:
        look = self.look
        self._inner = QWidget()
        self._inner.setMaximumWidth(WIDEST)
        self._column = QVBoxLayout(self._inner)
        self._column.setSpacing(look.space[4])
        self.said = Said(look, style="body", name="today_said")
        self._column.addWidget(self.said)
        self._column.addLayout(self._build_head())
        self._column.addLayout(self._build_figures())
        self.standing = Standing(look)
        self.standing.opened.connect(self._open_standing)
        self._column.addWidget(Rule(look))
        self._column.addWidget(self.standing)
        self.hours = Section(
            look, tr("每小时实收"), name="hours", more=tr("存为图片"), icon="export"
        )
        self.hours.count.setText(tr("元，横线是上周同一天"))
        self.hours.more.connect(self._keep_picture)
        self.hours.button.hide()  # until there is something to keep
        nothing = tr("今天还没有实收。")
        self.chart = BarChart(look, name="hours_chart", spoken=tr("每小时实收"), nothing=nothing)
        self.chart.setFixedHeight(CHART_HEIGHT)
        self.hours.body.insertWidget(0, self.chart)
        self.waits = Section(look, tr("等您处理"), name="waits")
        more = tr("30 天名单")
        self.births = Section(look, tr("会员生日"), name="births", more=more)
        self.births.more.connect(self._behind.birthdays)
        self.ends = Section(look, tr("积分快到期"), name="ends", more=more)
        self.ends.more.connect(self._behind.expiring)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.space[5])
        self._grid.setVerticalSpacing(look.space[4])
        self._column.addLayout(self._grid, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(self._inner))
        self._arrange(is_narrow=False)

    def _build_head(self) -> QHBoxLayout:
        look, head = self.look, QHBoxLayout()
        self.day = Words(look, "", "body", "ink_2", elides=True, name="today_day")
        self.paper = Button(look, tr("存为 PDF"), kind="text", icon="export", name="today_pdf")
        self.paper.clicked.connect(self._keep_paper)
        self.paper.setEnabled(False)
        head.addWidget(self.day, 1)
        head.addWidget(self.paper)
        return head

    def _build_figures(self) -> QHBoxLayout:
        look = self.look
        self.taken = Number(look, "change", name="today_taken", spoken=tr("实收"))
        self.taken.clicked.connect(partial(self._open_sold, tr("今天的小票"), lambda row: True))
        self.compared = Words(look, "", "body", elides=True, name="today_compared")
        left = QVBoxLayout()
        left.setSpacing(look.space[0])
        left.addWidget(Words(look, tr("实收"), "small", "ink_2"))
        left.addWidget(self.taken)
        left.addWidget(self.compared)
        row = QHBoxLayout()
        row.setSpacing(look.space[4])
        row.addLayout(left, 4)
        self.tickets = self._figure("tickets", tr("{all:小票|小票}", all=""))
        self.members = self._figure("members", tr("会员单"))
        self.points = self._figure("points", tr("送出积分"))
        self.joined = self._figure("joined", tr("{all:新会员|新会员}", all=""))
        for figure in (self.tickets, self.members, self.points, self.joined):
            row.addWidget(Rule(look, upright=True))
            row.addWidget(figure, 2)
        all_rows = partial(self._open_sold, tr("今天的小票"), lambda row: True)
        self.tickets.opened.connect(all_rows)
        of_members = partial(self._open_sold, tr("今天会员的小票"), lambda row: bool(row.member))
        self.members.opened.connect(of_members)
        with_points = partial(self._open_sold, tr("今天送出的积分"), lambda row: bool(row.points))
        self.points.opened.connect(with_points)
        self.joined.opened.connect(self._open_joined)
        return row

    def _figure(self, name: str, label: str) -> KeyFigure:
        return KeyFigure(self.look, label, name=f"today_{name}", style="figure")

    def _arrange(self, *, is_narrow: bool) -> None:
        side = NARROW_MARGIN if is_narrow else MARGIN
        self._column.setContentsMargins(side, self.look.space[2], side, self.look.space[4])
        parts = (self.hours, self.waits, self.births, self.ends)
        for part in parts:
            self._grid.removeWidget(part)
        if is_narrow:
            for at, part in enumerate(parts):
                self._grid.addWidget(part, at, 0, 1, 6)
            return
        self._grid.addWidget(self.hours, 0, 0, 1, 4)
        self._grid.addWidget(self.waits, 0, 4, 1, 2)
        self._grid.addWidget(self.births, 1, 0, 1, 3)
        self._grid.addWidget(self.ends, 1, 3, 1, 3)
        self._grid.setRowStretch(1, 1)
        for at in range(6):
            self._grid.setColumnStretch(at, 1)

    # What arrived

    def _show(self, found: Today) -> None:
        self._shown = found
        self.said.say("")
        self.standing.show_today(found)
        now = found.now
        self.day.setText(state.date_words(found))
        self.taken.set_number(format_money(now.taken_fen))
        words, role = state.compared_words(found)
        self.compared.set_role(role)
        self.compared.setText(capital(words))
        self.tickets.show_figure(f"{now.tickets:,}", state.ticket_line(found))
        self.members.show_figure(f"{now.member_tickets:,}", state.share_line(found))
        self.members.setToolTip(state.member_line(found))
        used = tr("抵扣 {points} 分", points=f"{found.points_used:,}")
        self.points.show_figure(f"{now.points_given:,}".replace("-", "−"), used)
        month = tr("本月 {count}", count=f"{found.joined_this_month:,}")
        self.joined.show_figure(f"{found.joined:,}", month)
        bars, captions, marks = state.hour_bars(found)
        self.chart.show_bars(bars, captions=captions, marks=marks)
        self.hours.button.show()

    def _show_waiting(self, found: Waiting) -> None:
        self._waits = found
        self.standing.show_waiting(found)
        self._fit_paper()
        lines = state.waiting_lines(found)
        rows = [self._waiting_row(line) for line in lines]
        self.waits.count.setText(tr("{count} 件事", count=len(lines)) if lines else "")
        self.waits.show_rows(rows, tr("没有等着的事。"))

    def _waiting_row(self, line: WaitingLine) -> PanelRow:
        """One that waits; where it is seen to on another page, a press leads there."""
        row = PanelRow(
            self.look,
            line.title,
            icon=line.icon,
            line=line.line,
            action=line.action,
            grows=True,
            name=f"waits_{line.icon}",
        )
        row.acted.connect(lambda: self.went.emit(line.page))
        return row

    def _show_birthdays(self, found: Birthdays) -> None:
        self._births = found
        self._fit_paper()
        counts = tr(
            "今天 {now} 位，明天 {morrow} 位，30 天内 {ahead} 位",
            now=f"{found.now:,}",
            morrow=f"{found.tomorrow:,}",
            ahead=f"{found.ahead:,}",
        )
        self.births.count.setText(counts)
        self.births.show_rows(
            self._people(state.birthday_lines(found)), tr("今天和明天没有会员过生日。")
        )

    def _show_expiring(self, found: Expiring) -> None:
        self._ends = found
        self._fit_paper()
        counts = tr(
            "7 天内 {members} 位，{points} 分",
            members=f"{found.members:,}",
            points=f"{found.points:,}",
        )
        self.ends.count.setText(counts)
        self.ends.show_rows(
            self._people(state.expiring_lines(found)), tr("7 天内没有会员的积分到期。")
        )

    def _people(self, lines: Iterable[PersonLine]) -> list[PersonRow]:
        return [PersonRow(self.look, line) for line in lines]

    def say(self, error: Exception) -> None:
        """One sentence above the figures, which stay as they were."""
        self.said.say(sentence(error), is_wrong=True)

    # Rows behind figures

    def _open_sold(self, title: str, wanted: Wants) -> None:
        if self._shown is not None:
            self._behind.sold(self._shown, title, wanted)

    def _open_joined(self) -> None:
        if self._shown is not None:
            self._behind.joined(self._shown)

    def _open_standing(self, name: str) -> None:
        if name == "sync":
            self.went.emit("running/place")
        elif name == "backup":
            self.went.emit("running/backups")
        elif name == "ticket":
            self._open_sold(tr("今天会员的小票"), lambda row: bool(row.member))
        elif self._waits is not None:
            self._behind.gifts(self._waits)

    def _fit_paper(self) -> None:
        is_whole = None not in (self._shown, self._waits, self._births, self._ends)
        self.paper.setEnabled(is_whole)

    def _keep_paper(self) -> None:
        """The whole page as a paper, where a person chooses."""
        shown, waits, births, ends = self._shown, self._waits, self._births, self._ends
        shop = self.work.hands.shop
        if shop is None or shown is None or waits is None or births is None or ends is None:
            return

        def make() -> bytes:
            from ui.here import here
            from ui.manage.today.paper import today_pdf

            return today_pdf(here(shop).store, shown, waits, births, ends)

        self._filing.keep(f"{tr('今天')} {shown.now.business_on}.pdf", make)

    def _keep_picture(self) -> None:
        from ui.file_dialog import ask_where
        from ui.manage.pictures import keep_picture

        picture = self.chart.picture()
        ask_where(
            self,
            tr("每小时实收") + ".png",
            lambda chosen: keep_picture(picture, chosen, self.say),
        )

    # Of Qt

    def _look_again(self) -> None:
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._beat.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(is_narrow=self.width() < NARROW)
