"""未兑积分: what all members still have, month by month of expiry, and what it is worth."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions import points_desk
from core.actions.points_desk import Owed
from core.errors import Shortfall
from core.values.money import format_money
from ui.manage.points import state
from ui.manage.points.part import PointsPart
from ui.manage.room import Room
from ui.manage.section import Section
from ui.text import tr
from ui.widgets.bar_chart import BarChart
from ui.widgets.key_figure import KeyFigure
from ui.widgets.row_table import RowTable
from ui.widgets.scroll import Scroll
from ui.widgets.words import Rule

CHART_HEIGHT = 240


class OwedPart(PointsPart):
    """Figures, the chart of the months, and the table of it."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._found: Owed | None = None
        look = room.look
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[4])
        column.addLayout(self._build_figures())
        self.months = Section(
            look, tr("按到期月份"), name="owed_months", more=tr("存为图片"), icon="export"
        )
        nothing = tr("没有会到期的积分。")
        self.chart = BarChart(look, name="owed_chart", spoken=tr("按到期月份"), nothing=nothing)
        self.chart.setFixedHeight(CHART_HEIGHT)
        self.months.body.addWidget(self.chart)
        self.months.more.connect(lambda: self.keep_picture(self.chart, tr("未兑积分")))
        column.addWidget(self.months)
        self.rows = Section(
            look, tr("每个月"), name="owed_rows", more=tr("存为表格"), icon="export"
        )
        self.rows.more.connect(self._keep_table)
        columns = state.month_columns()
        self.table = RowTable(look, columns, name="owed_table", spoken=tr("每个月"))
        self.rows.body.addWidget(self.table)
        column.addWidget(self.rows)
        column.addStretch(1)
        for section in (self.months, self.rows):
            section.hide()  # until it is known what is owed
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inner, gap=look.space[3]))

    def _build_figures(self) -> QHBoxLayout:
        look, row = self.room.look, QHBoxLayout()
        row.setSpacing(look.space[4])
        self.points = KeyFigure(look, tr("未兑积分"), name="owed_points", style="figure")
        self.members = KeyFigure(look, tr("有积分的会员"), name="owed_members", style="figure")
        self.never = KeyFigure(look, tr("永不过期的"), name="owed_never", style="figure")
        self.debt = KeyFigure(look, tr("会员欠分"), name="owed_debt", style="figure")
        for figure in (self.points, self.members, self.never, self.debt):
            if figure is not self.points:
                row.addWidget(Rule(look, upright=True))
            row.addWidget(figure, 3 if figure is self.points else 2)
        for figure in (self.points, self.members):
            figure.opened.connect(self._open_holders)
        self.never.opened.connect(self._open_never)
        self.debt.opened.connect(self._open_debtors)
        return row

    def refresh(self) -> None:
        """Count anew."""
        room, topic = self.room, "points_owed"
        ask, failed = room.work.ask, room.say
        ask(points_desk.owed, staff=room.staff, topic=topic, then=self._show, failed=failed)

    def _show(self, found: Owed) -> None:
        self._found, owed = found, found.owed
        self.points.show_figure(state.points_words(owed.points), state.worth_words(owed.fen))
        self.members.show_figure(f"{owed.members:,}", state.rate_line(owed))
        never = state.never(owed)
        self.never.show_figure(state.points_words(never.points), state.worth_words(never.fen))
        role = "danger_text" if owed.debt else "ink_2"
        debt_fen = state.worth_words(owed.debt_fen)
        self.debt.show_figure(state.points_words(owed.debt), debt_fen, role=role)
        bars, captions, marks = state.month_bars(owed)
        self.chart.show_bars(bars, captions=captions, marks=marks)
        self.months.count.setText(tr("分，永不过期的不在图里"))
        self.months.show()
        rows = state.month_rows(owed)
        self.show_whole(self.table, rows)
        total = tr("合计 {money} 元", money=format_money(owed.fen))
        self.rows.count.setText(total)
        self.rows.setVisible(bool(rows))

    # Rows behind figures, and files

    def _open_holders(self) -> None:
        title, nothing = tr("积分最多的会员"), tr("还没有会员有积分。")
        self.open_rows(points_desk.holders, title, state.holders_table, nothing)

    def _open_never(self) -> None:
        title, nothing = tr("永不过期的"), tr("没有永不过期的积分。")
        self.open_rows(points_desk.never_expiring_rows, title, state.expiring_table, nothing)

    def _open_debtors(self) -> None:
        title, nothing = tr("会员欠分"), tr("没有会员欠分。")
        self.open_rows(points_desk.debtors, title, state.holders_table, nothing)

    def _keep_table(self) -> None:
        from ui.file_dialog import ask_where

        if self._found is not None:
            ask_where(self, tr("未兑积分") + ".xlsx", self._write, others=(".csv", ".pdf"))

    def _write(self, chosen: str) -> None:
        from ui.devices.files import write_file
        from ui.devices.report_files import report_bytes

        if self._found is None:
            return
        path = Path(chosen)
        reported = state.owed_report(self._found)
        try:
            write_file(path, report_bytes(reported, path))
        except Shortfall as error:
            self.room.say(error)
