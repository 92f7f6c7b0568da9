"""积分抵扣的对话: how many points the member pays with, taken only when somebody says so."""

from __future__ import annotations

from PySide6.QtCore import QObject

from core.actions.counter import Counter
from core.actions.spend_points import spend_points
from core.changes import Changes
from core.errors import MemberNeeded, PointsPayNothing
from ui.till.flow import TillFlow
from ui.till.not_done import say_not_done
from ui.till.points import PointsSheet
from ui.till.points_state import PointsState
from ui.work import Work


class PointsFlow(QObject):
    """F5."""

    def __init__(
        self, work: Work, flow: TillFlow, sheet: PointsSheet, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._sheet = sheet
        sheet.chosen.connect(self._choose)
        work.changed.connect(self._on_changed)

    def begin(self) -> None:
        """Ask how many; where nobody could spend any, say why."""
        counter = self._flow.counter
        if counter is None or not self._sheet.isHidden():
            return
        state = PointsState.of(counter)
        if state is not None:
            self._sheet.begin(state)
        elif counter.rulebook.points.spend is None:
            self._flow.say(PointsPayNothing())
        else:
            self._flow.say(MemberNeeded())

    def _on_changed(self, changes: Changes) -> None:
        """A scan under the sheet: what makes sense is of the basket as it stands."""
        if changes & Changes.BASKET and self._sheet.isVisible():
            self._flow.when_done(self._look_again)

    def _look_again(self) -> None:
        counter = self._flow.counter
        state = None if counter is None else PointsState.of(counter)
        if state is None:
            self._sheet.shut()
        elif self._sheet.isVisible():
            self._sheet.show_state(state)

    def _choose(self, points: int) -> None:
        staff = self._flow.staff
        self._flow.put(
            lambda shop, basket: spend_points(shop, basket, points, staff=staff),
            then=self._done,
            failed=self._failed,
        )

    def _done(self, _counter: Counter) -> None:
        self._sheet.shut()

    def _failed(self, error: Exception) -> None:
        say_not_done(error, self._sheet.show_error)
