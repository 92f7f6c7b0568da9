"""找单的对话: what a finder of sales asks, on whichever sheet it stands."""

from __future__ import annotations

from PySide6.QtCore import QObject

from core.actions.find_sales import SalesFound, find_sales
from core.errors import EnrolmentScanned, PaymentCode
from ui.devices import sound
from ui.text import sentence
from ui.till.flow import TillFlow
from ui.till.found_state import FoundState
from ui.till.sale_finder import SaleFinder
from ui.work import Work


class SaleFinding(QObject):
    """Answers one finder; of its questions only the newest."""

    def __init__(self, work: Work, flow: TillFlow, finder: SaleFinder, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._finder = finder
        finder.looked_for.connect(self._look_for)

    def _look_for(self, text: str, days: int) -> None:
        self._work.ask(
            find_sales,
            text,
            topic=self._finder.search.edit.objectName(),
            days=days,
            staff=self._flow.staff,
            then=self._show,
            failed=self._refused,
        )

    def _show(self, found: SalesFound) -> None:
        self._finder.show_found(FoundState.of(found))

    def _refused(self, error: Exception) -> None:
        sound.play_error()
        self._finder.show_problem(
            sentence(error), forgets=isinstance(error, PaymentCode | EnrolmentScanned)
        )
