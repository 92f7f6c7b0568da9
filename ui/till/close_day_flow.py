"""日结的对话: the last count of a day, and what follows."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from core.actions import day as days
from core.actions import hold as holding
from core.actions.day import DayClosed
from core.actions.shift import DrawerNow, TakingsNow
from core.actions.sync import Unsafe, unsafe_sales
from core.sales.explanation import Explanation
from core.sales.held import Held
from ui.drawer_text import waiting_words
from ui.till.close_day import CloseDaySheet
from ui.till.count_flow import CountFlow
from ui.till.count_state import CountState
from ui.till.flow import TillFlow
from ui.work import Work


class CloseDayFlow(CountFlow):
    """`ended`: the day is closed, and whoever closed it has seen the outcome.

    `reported` gives the Z report, which wants paper.
    """

    _backed_up = Signal(int)  # from the store's thread to that of the screen
    ended = Signal()
    reported = Signal(object)

    def __init__(
        self, work: Work, flow: TillFlow, sheet: CloseDaySheet, parent: QObject | None = None
    ) -> None:
        super().__init__(work, flow, sheet, parent)
        self._closing = sheet
        self._is_closed = False
        self._held: tuple[Held, ...] = ()
        self._backed_up.connect(sheet.show_progress)
        sheet.closed.connect(self._on_sheet_gone)
        self.finished.connect(self._on_finished)

    def begin(self) -> None:
        """Ask first who is still waited for: they are told of before the day is closed."""
        self._work.ask(
            holding.held_baskets, topic="waiting", then=self._begin_with, failed=self._flow.say
        )

    def _begin_with(self, held: tuple[Held, ...]) -> None:
        self._held = held
        super().begin()

    def state(self, now: DrawerNow | TakingsNow) -> CountState:
        """The drawer, and the baskets that stay held over the close."""
        return replace(super().state(now), waiting=waiting_words(self._held))

    def _on_finished(self, counted_fen: int, explanation: Explanation | None) -> None:
        """Close the day."""
        self._work.act(
            days.close_day,
            counted_fen=counted_fen,
            staff=self._flow.staff,
            explanation=explanation,
            on_progress=self._backed_up.emit,
            then=self._closed,
            failed=self.refused,
        )

    def _closed(self, outcome: DayClosed) -> None:
        self._is_closed = True
        self.reported.emit(outcome.report)
        self._closing.show_closed(outcome)
        self._work.ask(unsafe_sales, topic="unsafe", then=self._warn, failed=self._flow.say)

    def _warn(self, unsafe: Unsafe | None) -> None:
        """With this machine sales would be lost that are nowhere else."""
        if unsafe is not None:
            from ui.chain_words import unsafe_words

            self._closing.show_unsafe(unsafe_words(unsafe))

    def _on_sheet_gone(self) -> None:
        if self._is_closed:
            self._is_closed = False
            self.ended.emit()
