"""日结: the last count of a day, and after it the outcome with its backup."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions.day import DayClosed
from core.ports import CHECKED_FROM
from ui.here import day_words
from ui.look import Look
from ui.text import tr
from ui.till.count import CountSheet
from ui.till.count_state import CountState
from ui.till.day_closed import DayClosedBody
from ui.widgets.key_hint import ENTER
from ui.widgets.progress import Progress
from ui.widgets.sheet import LOW_WINDOW
from ui.widgets.words import Words

CLOSED_SIZE = (640, 672)


class CloseDaySheet(CountSheet):
    """The count, then what came of it."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("日结"), name="close_day")
        self._outcome: DayClosedBody | None = None
        self._backup: Progress | None = None

    @Slot(int)
    def show_progress(self, permille: int) -> None:
        """The day is closed; its backup is being made, which takes a while in a large shop."""
        if self._backup is None:
            self.stop_counting()
            self._backup = Progress(self._look, name="close_day_backup")
            self._wanted = CLOSED_SIZE
            self.leave.hide()
            self.set_titles(tr("已日结，正在备份"))
            self.set_body(self._backup_body(self._backup))
        words = tr("正在抄写备份") if permille < CHECKED_FROM else tr("正在核对备份")
        self._backup.show_progress(permille, words)

    def show_count(self, state: CountState) -> None:
        """Count anew; opens the sheet."""
        self._forget_outcome()
        super().show_count(state)

    def show_closed(self, outcome: DayClosed) -> None:
        """The day is closed: the difference, and where its backup lies."""
        self.stop_counting()
        self._forget_outcome()
        self._backup = None
        self.leave.show()
        self._outcome = DayClosedBody(self._look, outcome)
        self._outcome.seen.connect(self.shut)
        self._wanted = CLOSED_SIZE
        self.leave.set_label(tr("好"))
        day, no = day_words(outcome.day.business_on), outcome.report.no
        self.set_titles(tr("日结完成"), tr("{day}　日结单 {no}", day=day, no=no))
        self.set_body(self._outcome, self._outcome.foot)
        self._fit()
        if self.isHidden():
            self.open()
        self._outcome.done.setFocus()

    def show_unsafe(self, words: str) -> None:
        """What is on this machine alone, where the outcome is still read."""
        if self._outcome is not None and self.isVisible():
            self._outcome.show_unsafe(words)

    def give_up(self) -> None:
        """A backup that is being made is waited for."""
        if self._backup is None:
            super().give_up()

    def _forget_outcome(self) -> None:
        """The foot of the day before is no foot of this one."""
        if self._outcome is not None:
            self._outcome.foot.hide()
            self._outcome.foot.deleteLater()
            self._outcome = None

    def _backup_body(self, progress: Progress) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(self._look.space[4])
        column.addStretch(1)
        column.addWidget(progress)
        hint = tr("账已经记下。请不要关机；核对好就完成。")
        column.addWidget(Words(self._look, hint, "body", "ink_2", wraps=True))
        column.addStretch(2)
        return body

    def _fit(self) -> None:
        super()._fit()
        if self._outcome is not None and not self.is_counting:
            self._outcome.set_compact(self.parentWidget().height() < LOW_WINDOW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not self.is_counting:
            if self._backup is None:
                self.shut()
            event.accept()
            return
        super().keyPressEvent(event)
