"""积分抵扣的对话: how many points the member pays with, taken only when somebody says so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from core.actions import counter as counters
from core.actions.counter import Counter
from core.actions.spend_points import spend_points
from core.changes import Changes
from core.errors import MemberNeeded, NoPointsOffline, PointsPayNothing
from ui.not_done import say_not_done
from ui.reserved_text import not_reserved_words
from ui.till.flow import TillFlow
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
        self._is_asking = False
        self._why: Exception | None = None
        sheet.chosen.connect(self._choose)
        sheet.left.connect(self._left)
        work.changed.connect(self._on_changed)

    def begin(self) -> None:
        """Ask how many; where nobody could spend any, say why."""
        counter = self._flow.counter
        if counter is None or not self._sheet.isHidden():
            return
        state = PointsState.of(counter)
        if state is not None and counter.is_out_of_reach:
            self._flow.say(NoPointsOffline())
        elif state is not None:
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
        why, self._why = self._why, None
        if counter is None or state is None:
            self._sheet.shut()
        elif self._sheet.isVisible() and why is not None:
            self._sheet.show_less(state, not_reserved_words(why, counter))
        elif self._sheet.isVisible():
            self._sheet.show_state(state)

    def _choose(self, points: int) -> None:
        self._put(points, self._done)

    def _put(self, points: int, then: Callable[[Counter], None]) -> None:
        staff = self._flow.staff
        self._flow.put(
            lambda shop, basket: spend_points(shop, basket, points, staff=staff),
            then=then,
            failed=self._failed,
        )

    def _done(self, counter: Counter) -> None:
        """In a chain they are asked for first; whoever leaves the sheet takes the choice back."""
        reserving = self._flow.reserving
        is_open, points = self._sheet.isVisible(), counter.quote.points_spent
        if reserving is None or not (is_open and points and reserving.asks_for(counter)):
            self._sheet.shut()
            return
        self._is_asking = True
        self._sheet.show_waiting(points)
        reserving.reserve_for(counter, self._reserved, self._not_reserved)

    def _reserved(self) -> None:
        self._is_asking = False
        self._flow.put(counters.reprice, then=lambda _: self._sheet.shut())

    def _not_reserved(self, error: Exception) -> None:
        """None are used before somebody chooses again, of as many as there are now."""
        self._is_asking, self._why = False, error
        self._put(0, lambda _: None)

    def _left(self) -> None:
        """Esc while the server is asked: the customer pays otherwise."""
        if self._is_asking and self._flow.reserving is not None:
            self._is_asking = False
            self._flow.reserving.cancel()
            self._put(0, lambda _: None)

    def _failed(self, error: Exception) -> None:
        say_not_done(error, self._sheet.show_error)
