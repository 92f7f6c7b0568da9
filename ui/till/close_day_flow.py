"""日结的对话: the day's figures, the count, and what follows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from core.actions import day as days
from core.actions.day import DayClosed
from core.sales.day import Day, DayFigures
from core.values.money import parse_money
from ui.text import sentence
from ui.till.close_day import CloseDaySheet
from ui.till.flow import TillFlow
from ui.work import Work


class CloseDayFlow(QObject):
    """`ended`: the day is closed, and whoever closed it has seen the outcome."""

    ended = Signal()

    def __init__(
        self, work: Work, flow: TillFlow, sheet: CloseDaySheet, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheet = sheet
        self._is_closed = False
        sheet.counted.connect(self._close)
        sheet.closed.connect(self._on_sheet_gone)

    def begin(self) -> None:
        """Show what the day took."""
        self._work.ask(
            days.day_figures, topic="figures", then=self._show_figures, failed=self._flow.say
        )

    def _show_figures(self, found: tuple[Day, DayFigures, int]) -> None:
        self._sheet.show_figures(*found)

    def _close(self, text: str) -> None:
        self._work.act(
            days.close_day,
            counted_fen=parse_money(text),
            staff=self._flow.staff,
            then=self._closed,
            failed=lambda error: self._sheet.show_error(sentence(error)),
        )

    def _closed(self, outcome: DayClosed) -> None:
        self._is_closed = True
        self._sheet.show_closed(outcome)

    def _on_sheet_gone(self) -> None:
        if self._is_closed:
            self._is_closed = False
            self.ended.emit()
