"""点钱的对话: the count is told to the till, a difference is explained, then the shift ends."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from core.actions import drawer as drawers
from core.actions import shift as shifts
from core.actions.drawer import DrawerOpened
from core.actions.shift import DrawerNow, TakingsNow
from core.sales.explanation import CounterReason, Explanation
from core.trust.rights import Right, may
from core.values.money import parse_money
from ui.not_done import say_not_done
from ui.till.count import CountSheet
from ui.till.count_state import CountState
from ui.till.flow import TillFlow
from ui.work import Work


class CountFlow(QObject):
    """`finished` gives what was counted (fen) and why it differs, None where it does not.

    `drawer_opened`: the drawer wants its pulse.
    """

    drawer_opened = Signal()
    finished = Signal(object, object)

    def __init__(
        self, work: Work, flow: TillFlow, sheet: CountSheet, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheet = sheet
        self.counted_fen = self.difference_fen = 0
        sheet.counted.connect(self._count)
        sheet.explained.connect(self._explain)
        sheet.drawer_asked.connect(self._open_drawer)

    def begin(self) -> None:
        """Show the drawer, with what should be in it for those who may see that."""
        staff = self._flow.staff
        if may(staff, Right.LOOK_AT_TAKINGS):
            self._work.ask(
                shifts.takings_now,
                topic="drawer",
                staff=staff,
                then=self._show,
                failed=self._flow.say,
            )
        else:
            self._work.ask(
                shifts.drawer_now, topic="drawer", then=self._show, failed=self._flow.say
            )

    def state(self, now: DrawerNow | TakingsNow) -> CountState:
        """What the sheet shows of the drawer."""
        return CountState.of(now)

    def refused(self, error: Exception) -> None:
        """One sentence on the sheet; the count stays."""
        say_not_done(error, self._sheet.show_error)

    def _show(self, now: DrawerNow | TakingsNow) -> None:
        self._sheet.show_count(self.state(now))

    def _count(self, text: str) -> None:
        self.counted_fen = parse_money(text)
        self._work.act(
            shifts.count_drawer,
            counted_fen=self.counted_fen,
            staff=self._flow.staff,
            then=self._told,
            failed=self.refused,
        )

    def _told(self, difference_fen: int) -> None:
        self.difference_fen = difference_fen
        if difference_fen:
            self._sheet.ask_why(difference_fen)
        else:
            self.finished.emit(self.counted_fen, None)

    def _explain(self, explanation: Explanation) -> None:
        self.finished.emit(self.counted_fen, explanation)

    def _open_drawer(self) -> None:
        self._work.act(
            drawers.open_drawer,
            explanation=Explanation(CounterReason.COUNT),
            staff=self._flow.staff,
            then=self._opened,
            failed=self.refused,
        )

    def _opened(self, _outcome: DrawerOpened) -> None:
        self.drawer_opened.emit()
