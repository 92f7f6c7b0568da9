"""测一把枪的键: from the keys that a scanner presses to trials, whatever ends them or nothing."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from ui.devices.habits import ENTER_END, NO_END, TAB_END
from ui.devices.scan_trial import Trial
from ui.widgets.key_hint import ENTER

SILENCE_MS = 300


class KeyTrials(QObject):
    """`tried` gives each trial; `entered`: Enter was pressed alone, by a hand."""

    tried = Signal(object)
    entered = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._signs: list[str] = []
        self._at_ms: list[int] = []
        self._is_composed = False
        self._clock = QElapsedTimer()
        self._clock.start()
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.setInterval(SILENCE_MS)
        self._over.timeout.connect(lambda: self._end(NO_END))

    def take(self, event: QKeyEvent) -> bool:
        """A key; whether it was a sign, or an end of one."""
        if event.key() in ENTER and not event.isAutoRepeat():
            if self._signs:
                self._end(ENTER_END)
            else:
                self.entered.emit()
            return True
        if event.key() == Qt.Key.Key_Tab and self._signs:
            self._end(TAB_END)
            return True
        text = event.text()
        if len(text) != 1 or not (text.isprintable() or text == "\x1d"):
            return False
        self._sign(text, event.timestamp() or self._clock.elapsed())
        return True

    def compose(self, written: str) -> None:
        """An input method stands between: it composes, or has written something."""
        self._is_composed = True
        for sign in written:
            self._sign(sign, self._clock.elapsed())
        self._over.start()

    def _sign(self, sign: str, at_ms: int) -> None:
        self._signs.append(sign)
        self._at_ms.append(at_ms)
        self._over.start()

    def _end(self, end: str) -> None:
        self._over.stop()
        text, at = "".join(self._signs), self._at_ms
        gaps = tuple(after - before for before, after in pairwise(at))
        if self._is_composed:
            gaps = ()  # what an input method does carries no time of its own
        trial = Trial(text, gaps, end, self._is_composed)
        self._signs, self._at_ms, self._is_composed = [], [], False
        if trial.is_scan or trial.is_composed:
            self.tried.emit(trial)
