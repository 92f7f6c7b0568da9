"""查价的对话: each scan is asked on the thread of questions; nothing is kept of it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from core.actions.check_price import PriceChecked, check_price
from ui.not_done import say_not_done
from ui.till.flow import TillFlow
from ui.till.price import PriceSheet
from ui.till.price_state import PriceState
from ui.work import Work


class PriceFlow(QObject):
    """Ctrl+F."""

    def __init__(
        self, work: Work, flow: TillFlow, sheet: PriceSheet, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheet = sheet
        sheet.looked_for.connect(self._look_for)

    def begin(self) -> None:
        """Wait for a scan."""
        self._sheet.begin()

    def _look_for(self, text: str) -> None:
        counter = self._flow.counter
        self._work.ask(
            check_price,
            text,
            topic="price",
            staff=self._flow.staff,
            member_id=counter.basket.member_id if counter else None,
            then=self._show,
            failed=self._failed,
        )

    def _show(self, checked: PriceChecked) -> None:
        self._sheet.show_price(PriceState.of(checked))

    def _failed(self, error: Exception) -> None:
        say_not_done(error, self._sheet.show_error)
