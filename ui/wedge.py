"""键盘口扫码枪: its codes are taken out of the stream of keys, wherever the focus is.

Keys that may be a scanner's are held back for the moment that it takes to tell (`ui.devices.burst`)
and then given to `scanned`, or, where a hand typed them, to the widget that they were for. Only in
the counter's own input they are shown at once, because that is where scans belong; what stood there
before the burst is put back after it.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from ui.devices.burst import Burst

ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)
COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
GROUP_SEPARATOR = "\x1d"  # parts the fields of a GS1 code; some scanners type it as Ctrl+]
STALLED_MS = 30


class Landing(Protocol):
    """The input where scans belong."""

    @property
    def edit(self) -> QLineEdit: ...

    def put_back(self, text: str, cursor: int) -> None: ...


class Wedge(QObject):
    """`scanned` gives each code that a wedge scanner typed into the window, and no other sign."""

    scanned = Signal(str)

    def __init__(self, landing: Landing, window: QWidget) -> None:
        super().__init__(window)
        self._landing = landing
        self._window = window
        self._watched: QWidget | None = None
        self._burst = Burst()
        self._held: list[QKeyEvent] = []
        self._before = ("", 0)
        self._is_passing = False
        self._swallows: set[int] = set()
        self._time = QElapsedTimer()
        self._time.start()
        self._armed_ms = 0
        self._patience_ms = 0
        self._too_long = QTimer(self)
        self._too_long.setSingleShot(True)
        self._too_long.timeout.connect(self._on_too_long)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
        self._follow()

    def _follow(self, *_from_to: QWidget | None) -> None:
        """Stand before whatever has the focus; without one the keys go to the window."""
        if not isValid(self._window):
            return  # a window that another one replaces lets go of the focus, too
        # asked anew: somebody who was told before us may have given the focus on
        watched = QApplication.focusWidget() or self._window
        if watched is self._watched:
            return
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
            self._watched.destroyed.disconnect(self._on_gone)
        self._watched = watched
        watched.installEventFilter(self)
        watched.destroyed.connect(self._on_gone)

    def _on_gone(self) -> None:
        self._watched = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether a key is held back, or was part of a scan."""
        if self._is_passing or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyPress:
            return self._on_press(watched, event)
        if event.type() == QEvent.Type.KeyRelease:
            return self._on_release(watched, event)
        return False

    def _on_press(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() in MODIFIERS:
            return False
        at_ms = self._at(event)
        if event.key() in ENDS and not event.isAutoRepeat():
            return self._on_end(event, at_ms)
        sign = _sign(event)
        if not sign or event.isAutoRepeat():
            self._let_go()
            return False
        if self._burst.is_cut_off(at_ms):
            self._let_go()  # never held together with what follows, however late the timer is
        lands_here = watched is self._landing.edit
        was_empty = self._burst.is_empty
        may_be_scan = self._burst.press(event.key(), sign, at_ms)
        if lands_here:
            if was_empty and may_be_scan:
                self._before = (self._landing.edit.text(), self._landing.edit.cursorPosition())
            return False
        if not may_be_scan:
            self._let_go(forget=False)
            return False
        self._hold(event)
        return True

    def _on_end(self, event: QKeyEvent, at_ms: int) -> bool:
        code = self._burst.end(at_ms)
        if not code:
            self._let_go()
            return False
        if not self._held:
            self._landing.put_back(*self._before)
        self._held.clear()
        self._too_long.stop()
        self._swallows.add(event.key())
        self.scanned.emit(code)
        return True

    def _on_release(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return False
        if event.key() in self._swallows:
            self._swallows.discard(event.key())
            return True
        is_short = self._burst.release(event.key(), self._at(event))
        if not self._held:
            return False
        if not is_short:
            self._let_go()
            return False
        self._hold(event)
        return True

    def _hold(self, event: QKeyEvent) -> None:
        self._held.append(QKeyEvent(event))
        self._armed_ms = self._time.elapsed()
        self._patience_ms = self._burst.patience_ms
        self._too_long.start(self._patience_ms)

    def _on_too_long(self) -> None:
        """No key followed: a hand. But where the program itself stood still, look once more."""
        if self._time.elapsed() - self._armed_ms > self._patience_ms + STALLED_MS:
            self._armed_ms, self._patience_ms = self._time.elapsed(), STALLED_MS
            self._too_long.start(STALLED_MS)
        else:
            self._let_go()

    def _let_go(self, *, forget: bool = True) -> None:
        """What was held back was typed by a hand: it goes where it was meant to go."""
        self._too_long.stop()
        if forget:
            self._burst.forget()
        held, self._held = self._held, []
        self._is_passing = True
        try:
            for event in held:
                QApplication.sendEvent(QApplication.focusWidget() or self._window, event)
        finally:
            self._is_passing = False

    def _at(self, event: QKeyEvent) -> int:
        """When it was pressed as the system says: a busy program makes no hand a scanner."""
        return event.timestamp() or self._time.elapsed()


def _sign(event: QKeyEvent) -> str:
    """The sign that a key types, "" for a command or a key without one."""
    text = event.text()
    if text == GROUP_SEPARATOR:
        return text
    if event.modifiers() & COMMANDS or len(text) != 1 or not text.isprintable():
        return ""
    return text
