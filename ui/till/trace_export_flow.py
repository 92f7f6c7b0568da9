"""追溯码导出的对话: the rows are counted at once, and taken out of the shop by whoever may."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from core.actions.trace import export_traces, trace_rows
from core.sales.trace import TraceRow
from core.shop import Shop
from core.trust.rights import Approval
from core.trust.staff import Staff
from ui.devices.files import table_bytes
from ui.file_dialog import ask_where
from ui.filing import Filing
from ui.login.allowed import Allowed
from ui.till.trace_export import TraceExportSheet
from ui.trace_table import trace_cells, trace_headings
from ui.work import Work


def _today(shop: Shop) -> date:
    return shop.now().business_on


def _count(shop: Shop, since: date, until: date) -> int:
    return len(trace_rows(shop, since, until))


def exported(
    shop: Shop, since: date, until: date, *, staff: Staff, approval: Approval | None = None
) -> tuple[Sequence[TraceRow], tzinfo]:
    """The rows, and the zone that their times are in."""
    rows = export_traces(shop, since, until, staff=staff, approval=approval)
    with shop.store.read() as reading:
        return rows, reading.till.zone


def _table(rows: Sequence[TraceRow], zone: tzinfo) -> bytes:
    return table_bytes(trace_headings(), trace_cells(rows, zone))


class TraceExportFlow(QObject):
    """Begun from the shop's chores."""

    def __init__(
        self, work: Work, sheet: TraceExportSheet, allowed: Allowed, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._sheet = sheet
        self._allowed = allowed
        self._filing = Filing(sheet, sheet.said, self)
        sheet.asked.connect(self._ask)
        sheet.filed.connect(self._file)

    def begin(self) -> None:
        """Ask which days."""
        self._work.ask(_today, topic="traces", then=self._sheet.begin, failed=self._filing.fail)

    def _ask(self, since: date, until: date) -> None:
        self._work.ask(
            _count,
            since,
            until,
            topic="traces",
            then=self._sheet.show_count,
            failed=self._filing.fail,
        )

    def _file(self, since: date, until: date) -> None:
        """The place is chosen first: who turns back there has taken nothing out of the shop."""

        def take_out(chosen: str) -> None:
            def write(found: tuple[Sequence[TraceRow], tzinfo]) -> None:
                self._filing.write(Path(chosen), partial(_table, *found))

            self._allowed.act(exported, since, until, then=write, failed=self._filing.fail)

        name = f"traces-{since.isoformat()}-{until.isoformat()}.csv"
        ask_where(self._sheet, name, take_out)
