"""班次的对话: F12 shows the shift, and leads to everything one does with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from core.actions import report as reporting
from core.actions import shift as shifts
from core.actions.report import ReportRow
from core.actions.shift import DrawerNow, TakingsNow
from core.sales.report import Report
from core.trust.rights import Approval, Right, may
from ui.devices import sound
from ui.devices.paper import PaperDesk
from ui.drawer_text import report_row_words
from ui.filing import Filing
from ui.login.override_flow import OverrideFlow
from ui.text import tr
from ui.till.ask import AskSheet
from ui.till.flow import TillFlow
from ui.till.report import ReportSheet
from ui.till.shift import ShiftSheet
from ui.widgets.choices import Choice
from ui.work import Work

Begin = Callable[[], None]


class ShiftFlow(QObject):
    """`begins` says what leads away from the sheet, by the name that it asks for."""

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        *,
        sheet: ShiftSheet,
        report: ReportSheet,
        ask: AskSheet,
        paper: PaperDesk,
        override: OverrideFlow,
        begins: dict[str, Begin],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheet = sheet
        self._report_sheet = report
        self._ask = ask
        self._paper = paper
        self._override = override
        self._begins = begins
        self._report: Report | None = None
        sheet.asked.connect(self._on_asked)
        self._filing = Filing(report, report.said, self)
        report.printed.connect(self._print)
        report.filed.connect(self._file)

    def begin(self) -> None:
        """Show whose turn it is, with figures for those who may see them."""
        staff = self._flow.staff
        if may(staff, Right.LOOK_AT_TAKINGS):
            self._look(None)
        else:
            self._work.ask(shifts.drawer_now, topic="shift", then=self._show, failed=self._flow.say)

    def _look(self, approval: Approval | None) -> None:
        self._work.ask(
            shifts.takings_now,
            topic="shift",
            staff=self._flow.staff,
            approval=approval,
            then=self._show,
            failed=partial(self._failed, again=self._look),
        )

    def _show(self, now: DrawerNow | TakingsNow) -> None:
        counter = self._flow.counter
        can_close = counter is None or counter.basket.is_empty
        self._sheet.show_shift(now, can_close=can_close)

    def _on_asked(self, name: str) -> None:
        if name == "takings":
            self._look(None)
        elif name == "x":
            self._x(None)
        elif name == "z":
            self._z(None)
        else:
            self._sheet.shut()
            self._begins[name]()

    def _x(self, approval: Approval | None) -> None:
        self._work.act(
            reporting.x_report,
            staff=self._flow.staff,
            approval=approval,
            then=self._show_report,
            failed=partial(self._failed, again=self._x),
        )

    def _z(self, approval: Approval | None) -> None:
        """Which one is asked, where there are several: a date may have two."""
        self._work.ask(
            reporting.recent_reports,
            topic="reports",
            staff=self._flow.staff,
            approval=approval,
            then=partial(self._ask_which, approval),
            failed=partial(self._failed, again=self._z),
        )

    def _ask_which(self, approval: Approval | None, found: tuple[ReportRow, ...]) -> None:
        if len(found) == 1:
            self._z_again(found[0].no, approval)
            return
        rows = [Choice(row.no, row.no, report_row_words(row), icon="receipt") for row in found]
        self._ask.ask(tr("哪一张日结单？"), "", rows, lambda no: self._z_again(str(no), approval))

    def _z_again(self, no: str, approval: Approval | None) -> None:
        self._work.act(
            reporting.report_again,
            no,
            staff=self._flow.staff,
            approval=approval,
            then=self._show_report,
            failed=partial(self._failed, again=partial(self._z_again, no)),
        )

    def _show_report(self, report: Report) -> None:
        self._report = report
        self._sheet.shut()
        self._report_sheet.show_report(report, can_print=self._paper.has_printer)

    def _print(self) -> None:
        if self._report is not None:
            self._paper.print(self._report)
            self._report_sheet.said.say(tr("已送去打印。"))

    def _file(self) -> None:
        if (report := self._report) is not None:
            self._filing.keep(f"{report.no}.pdf", partial(self._paper.pdf, report))

    def _failed(self, error: Exception, *, again: Callable[[Approval], object]) -> None:
        if not self._override.mends(error, again):
            sound.play_error()
            self._sheet.shut()
            self._flow.say(error)
