"""班次的对话: F12 shows the shift, and leads to everything one does with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from core.actions import report as reporting
from core.actions import shift as shifts
from core.actions.shift import DrawerNow, TakingsNow
from core.sales.report import Report
from core.trust.rights import Approval, Right, may
from ui.devices import sound
from ui.devices.paper import PaperDesk
from ui.till.flow import TillFlow
from ui.till.override_flow import OverrideFlow
from ui.till.report import ReportSheet
from ui.till.shift import ShiftSheet
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
        self._paper = paper
        self._override = override
        self._begins = begins
        self._report: Report | None = None
        sheet.asked.connect(self._on_asked)
        report.printed.connect(self._print)

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
        self._work.act(
            reporting.report_again,
            staff=self._flow.staff,
            approval=approval,
            then=self._show_report,
            failed=partial(self._failed, again=self._z),
        )

    def _show_report(self, report: Report) -> None:
        self._report = report
        self._sheet.shut()
        self._report_sheet.show_report(report, can_print=self._paper.has_printer)

    def _print(self) -> None:
        if self._report is not None:
            self._paper.print(self._report)
            self._report_sheet.say_printed()

    def _failed(self, error: Exception, *, again: Callable[[Approval], object]) -> None:
        if not self._override.mends(error, again):
            sound.play_error()
            self._sheet.shut()
            self._flow.say(error)
