"""定时报表: which reports write themselves into a folder, how far they are, and a new one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.actions.keep_running import Running, change_routine, look_at_running
from core.actions.order_reports import Written
from core.actions.reports import questions
from core.errors import RoutineElsewhere
from core.values.routine import ReportOrder
from ui.labour import Labour
from ui.manage.room import Room
from ui.manage.running import state
from ui.manage.running.order_sheet import OrderSheet
from ui.manage.running.part import RunningPart
from ui.manage.section import Section
from ui.routine import write_reports
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.row_table import ListedRows, RowTable
from ui.widgets.words import Words


class OrdersPart(RunningPart):
    """The table of orders; one is chosen to be dropped."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, "orders")
        self._held: Running | None = None
        self._labour = Labour(self)
        look = self.look
        self.orders = Section(look, tr("定时报表"), name="running_orders")
        self.table = RowTable(
            look, state.order_columns(), name="orders_table", spoken=tr("定时报表")
        )
        self.table.current_changed.connect(lambda _at: self._fit_deeds())
        self.nothing = Words(look, "", "body", "ink_2", wraps=True, name="orders_nothing")
        self.nothing.setContentsMargins(0, look.space[3], 0, 0)
        self.orders.body.insertWidget(0, self.table)
        self.orders.body.insertWidget(1, self.nothing)
        self.column.addWidget(self._build_deeds())
        self.column.addWidget(self.orders)
        self.column.addStretch(1)
        self.table.hide()
        self._fit_deeds()

    def _build_deeds(self) -> QWidget:
        look, whole = self.look, QWidget()
        self.more = Button(look, tr("加一份"), icon="plus", name="orders_add")
        self.less = Button(look, tr("去掉选中的"), icon="minus", name="orders_drop")
        self.write = Button(look, tr("把该写的现在写"), icon="export", name="orders_write")
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space[3])
        for button, deed in (
            (self.more, self._add),
            (self.less, self._drop),
            (self.write, self._write),
        ):
            button.clicked.connect(deed)
            row.addWidget(button)
        row.addStretch(1)
        return whole

    def refresh(self) -> None:
        """How far each is."""
        ask, failed = self.room.work.ask, self.room.say
        staff = self.room.staff
        ask(look_at_running, staff=staff, topic="running", then=self._show, failed=failed)

    def end(self) -> None:
        """Files that were begun come to their end."""
        self._labour.wait()

    def _show(self, found: Running) -> None:
        self._held = found
        rows = state.order_rows(found)
        self.table.setVisible(bool(rows))
        self.table.show_rows(ListedRows(rows))
        sizes = self.look.sizes
        self.table.setFixedHeight(sizes.office_head + max(1, len(rows)) * sizes.office_row + 2)
        nothing = tr("还没有。加一份，日子一过就自己写进文件夹；错过的，打开就补。")
        self.nothing.setText("" if rows else nothing)
        self.nothing.setVisible(not rows)
        if found.broken is not None:
            self.fail(found.broken)
        self._fit_deeds()

    def _fit_deeds(self) -> None:
        has_any = self._held is not None and bool(self._held.routine.reports)
        self.less.setEnabled(has_any and self.table.view.current >= 0)
        self.write.setEnabled(has_any and not self._labour.is_busy)

    # Deeds

    def _add(self) -> None:
        self.room.work.ask(
            questions, topic="order_names", then=self._open_sheet, failed=self.room.say
        )

    def _open_sheet(self, names: tuple[str, ...]) -> None:
        sheet = OrderSheet(self.look, self.window(), names, self._keep)
        sheet.open(sheet.list)

    def _keep(self, order: ReportOrder) -> None:
        if self._held is not None:
            others = tuple(each for each in self._held.routine.reports if each != order)
            self._change((*others, order), self._write)

    def _drop(self) -> None:
        at = self.table.view.current
        if self._held is not None and 0 <= at < len(self._held.routine.reports):
            reports = list(self._held.routine.reports)
            del reports[at]
            self._change(tuple(reports), lambda: self.said.say(tr("去掉了。写好的文件还在。")))

    def _change(self, reports: tuple[ReportOrder, ...], then: Callable[[], object]) -> None:
        assert self._held is not None
        before = self._held.routine
        self.room.work.act(
            change_routine,
            before,
            replace(before, reports=reports),
            staff=self.room.staff,
            then=lambda _: self._changed(then),
            failed=self._refused,
        )

    def _changed(self, then: Callable[[], object]) -> None:
        then()
        self.refresh()

    def _refused(self, error: Exception) -> None:
        self.fail(error)
        if isinstance(error, RoutineElsewhere):
            self.refresh()

    def _write(self) -> None:
        shop = self.shop
        if shop is None or self._labour.is_busy:
            return
        self.said.say(tr("正在写……"))
        self._labour.begin(partial(write_reports, shop), then=self._written, failed=self._refused)
        self._fit_deeds()

    def _written(self, found: Written) -> None:
        names = tr("、").join(Path(path).name for path in found.paths)
        if found.troubles:
            self.said.say(found.troubles[0], is_wrong=True)
        elif names:
            self.said.say(tr("写好了：{names}", names=names))
        else:
            self.said.say(tr("都写好了，没有该写的。"))
        self.refresh()
