"""日结: the last count of a day, and after it the outcome with its backup."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from core.actions.day import DayClosed
from ui.look import Look
from ui.text import tr
from ui.till.amount_entry import ENTER
from ui.till.count import LOW_WINDOW, CountSheet
from ui.till.day_closed import DayClosedBody, day_words

CLOSED_SIZE = (640, 560)


class CloseDaySheet(CountSheet):
    """The count, then what came of it."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("日结"), name="close_day")
        self._outcome: DayClosedBody | None = None

    def show_closed(self, outcome: DayClosed) -> None:
        """The day is closed: the difference, and where its backup lies."""
        self.stop_counting()
        self._outcome = DayClosedBody(self._look, outcome)
        self._outcome.seen.connect(self.shut)
        self._wanted = CLOSED_SIZE
        self.leave.set_label(tr("好"))
        self.set_titles(tr("日结完成"), day_words(outcome.day.business_on))
        self.set_body(self._outcome)
        self._fit()
        if self.isHidden():
            self.open()
        self._outcome.done.setFocus()

    def _fit(self) -> None:
        super()._fit()
        if self._outcome is not None and not self.is_counting:
            self._outcome.set_compact(self.parentWidget().height() < LOW_WINDOW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.isAutoRepeat() and not self.is_counting:
            self.shut()
            event.accept()
            return
        super().keyPressEvent(event)
