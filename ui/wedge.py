"""键盘口扫码枪: its codes are taken out of the stream of keys, wherever the focus is.

Keys that may be a scanner's are held back for the moment that it takes to tell (`ui.devices.burst`)
and then given to `scanned`, or, where a hand typed them, to the widget that they were for. Only in
the counter's own input they are shown at once, because that is where scans belong; what stood there
before the burst is put back after it. A magnetic stripe is shown nowhere, not even there.

An input method takes letters before they are keys: where it composes faster than any hand types,
what it composes is taken from it, and it is off until the code is over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from ui.devices.burst import LATEST_END_MS, Burst
from ui.devices.composing import Composing
from ui.devices.habits import ENTER_END, NO_END, TAB_END, USUAL_END, Habits, half_width
from ui.devices.stripe import BEGINS, NEXT_TRACK_MS, Swipe, is_track
from ui.widgets.key_hint import ENTER

TAB = (Qt.Key.Key_Tab,)
ENDS = {USUAL_END: ENTER + TAB, ENTER_END: ENTER, TAB_END: TAB, NO_END: ENTER + TAB}
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
NO_KEY = -1  # what an input method typed


USUAL = Habits()


class Landing(Protocol):
    """The input where scans belong."""

    @property
    def edit(self) -> QLineEdit: ...

    def put_back(self, text: str, cursor: int) -> None: ...


class Wedge(QObject):
    """`scanned` gives each code that a wedge scanner typed into the window, and no other sign."""

    scanned = Signal(str)

    def __init__(
        self,
        landing: Landing,
        window: QWidget,
        *,
        habits: Habits = USUAL,
        now_ms: Callable[[], int] | None = None,
    ) -> None:
        super().__init__(window)
        self._landing = landing
        self._window = window
        self._watched: QWidget | None = None
        self._habits = habits
        self._burst = Burst(habits.slowest_gap_ms, habits.pace_ms)
        self._composing = Composing()
        self._swipe = Swipe()
        self._held: list[QEvent] = []
        self._before = ("", 0)
        self._is_passing = False
        self._swallows: set[int] = set()
        self._quiet: QWidget | None = None
        self._ended_ms: int | None = None
        self._time = QElapsedTimer()
        self._time.start()
        # what an input method does carries no time of its own
        self._now_ms = now_ms or self._time.elapsed
        self._armed_ms = 0
        self._patience_ms = 0
        self._too_long = self._timer(self._on_too_long)
        self._last_track = self._timer(self._on_last_track)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
        self._follow()

    def _timer(self, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(then)
        return timer

    def set_habits(self, habits: Habits) -> None:
        """Another scanner, or another measure of the same."""
        self._let_go()
        self._habits = habits
        self._burst = Burst(habits.slowest_gap_ms, habits.pace_ms)

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
        if self._is_passing or getattr(watched, "takes_every_key", False):
            return False
        if isinstance(event, QInputMethodEvent):
            return self._on_composed(watched, event)
        if not isinstance(event, QKeyEvent):
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
        if event.key() in ENDS[self._habits.end] and not event.isAutoRepeat():
            return self._on_end(event, at_ms)
        sign = _sign(event)
        if not sign or event.isAutoRepeat():
            self._let_go()
            return False
        return self._on_sign(watched, event, sign, at_ms)

    def _on_sign(
        self, watched: QObject, event: QKeyEvent | QInputMethodEvent, sign: str, at_ms: int
    ) -> bool:
        key = _which(event) if isinstance(event, QKeyEvent) else NO_KEY
        if self._burst.is_cut_off(at_ms) and not self._ends_of_itself():
            self._let_go()  # never held together with what follows, however late the timer is
        was_empty = self._burst.is_empty
        may_be_scan = self._burst.press(key, sign, at_ms)
        if key == NO_KEY:
            self._burst.release(key, at_ms)
        if self._lands(watched, sign, begins=was_empty):
            if was_empty and may_be_scan:
                self._before = (self._landing.edit.text(), self._landing.edit.cursorPosition())
            if self._habits.end == NO_END:
                self._arm()
            return False
        if not may_be_scan:
            self._let_go(forget=False)
            return False
        self._hold(event)
        return True

    def _lands(self, watched: QObject, sign: str, *, begins: bool) -> bool:
        """Whether a sign is shown at once: in the counter's own input, unless it is a stripe's."""
        is_stripe = begins and sign in BEGINS
        return watched is self._landing.edit and not self._held and not is_stripe

    def _on_end(self, event: QKeyEvent, at_ms: int) -> bool:
        code = self._burst.end(at_ms, is_secret=self._is_secret)
        if not code:
            ended_ms, self._ended_ms = self._ended_ms, None
            if ended_ms is not None and 0 <= at_ms - ended_ms <= LATEST_END_MS:
                self._swallows.add(event.key())
                return True  # the scanner ends its codes with something after all
            self._let_go()
            return False
        self._swallows.add(event.key())
        self._take(code)
        return True

    @property
    def _is_secret(self) -> bool:
        """Whether what is typed now is a PIN."""
        edit = self._watched
        return isinstance(edit, QLineEdit) and edit.echoMode() != QLineEdit.EchoMode.Normal

    def _ends_of_itself(self) -> bool:
        """Whether what came is a code that nothing ends; it is taken then."""
        if self._habits.end != NO_END:
            return False
        code = self._burst.end_of_silence(is_secret=self._is_secret)
        if code:
            self._take(code)
        return bool(code)

    def _take(self, code: str) -> None:
        """A code came: none of its signs stays anywhere."""
        if not self._held:
            self._landing.put_back(*self._before)
        self._held.clear()
        self._too_long.stop()
        self._compose_again()
        self._tell(self._habits.meant(code))

    def _tell(self, code: str) -> None:
        """Tell a code; the tracks of a stripe wait for each other."""
        if not self._swipe.is_empty and not self._swipe.follows(code):
            self._on_last_track()
        if is_track(code) and self._swipe.add(code):
            self._last_track.start(NEXT_TRACK_MS)
        elif is_track(code):
            self._on_last_track()
        elif code:
            self.scanned.emit(code)

    def _on_last_track(self) -> None:
        if self._held:
            self._last_track.start(NEXT_TRACK_MS)  # the next one is coming
            return
        self._last_track.stop()
        self.scanned.emit(self._swipe.take())

    def _on_release(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return False
        if event.key() in self._swallows:
            self._swallows.discard(event.key())
            return True
        is_short = self._burst.release(_which(event), self._at(event))
        if not self._held:
            return False
        if not is_short:
            self._let_go()
            return False
        self._hold(event)
        return True

    # Input methods

    def _on_composed(self, watched: QObject, event: QInputMethodEvent) -> bool:
        """Whether what an input method composes, or has composed, is a scanner's."""
        at_ms, preedit = self._now_ms(), event.preeditString()
        typed = half_width(event.commitString())
        if typed and not preedit:
            by_scanner = self._composing.by_scanner
            is_scan = self._composing.is_scan and typed.endswith(by_scanner)
            self._composing.forget()
            if is_scan:
                self._catch(watched, typed[: -len(by_scanner)], by_scanner, at_ms)
                self._take(self._burst.end_of_silence())
                return True
            if len(typed) == 1 and typed.isascii() and typed.isprintable():
                return self._on_sign(watched, event, typed, at_ms)
        self._composing.grow(preedit, at_ms, slowest_gap_ms=self._habits.slowest_gap_ms)
        if preedit and self._composing.is_scan:
            by_hand, by_scanner = self._composing.by_hand, self._composing.by_scanner
            self._catch(watched, by_hand, by_scanner, at_ms)
            return True
        if preedit or typed:
            self._burst.touch(at_ms)
        return False

    def _catch(self, watched: QObject, by_hand: str, by_scanner: str, at_ms: int) -> None:
        """Take from the input method what a scanner typed; what a hand composed is written."""
        self._burst.adopt(by_scanner, self._composing.gap_ms, at_ms)
        self._composing.forget()
        self._is_passing = True
        try:
            if isinstance(watched, QWidget):
                self._quiet = watched
                watched.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
            QGuiApplication.inputMethod().reset()
            QApplication.sendEvent(watched, _committed(by_hand))
        finally:
            self._is_passing = False
        self._hold(_committed(by_scanner))

    def _compose_again(self) -> None:
        quiet, self._quiet = self._quiet, None
        if quiet is not None and isValid(quiet):
            quiet.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)

    # Holding back

    def _hold(self, event: QEvent) -> None:
        self._held.append(event.clone())
        self._arm()

    def _arm(self) -> None:
        self._armed_ms = self._time.elapsed()
        is_silent = self._habits.end == NO_END
        gap_ms = self._habits.slowest_gap_ms
        self._patience_ms = gap_ms if is_silent else self._burst.patience_ms
        self._too_long.start(self._patience_ms)

    def _on_too_long(self) -> None:
        """No key followed: a hand. But where the program itself stood still, look once more."""
        if self._time.elapsed() - self._armed_ms > self._patience_ms + STALLED_MS:
            self._armed_ms, self._patience_ms = self._time.elapsed(), STALLED_MS
            self._too_long.start(STALLED_MS)
            return
        last_ms = self._burst.last_ms
        if self._ends_of_itself():
            self._ended_ms = last_ms
        else:
            self._let_go()

    def _let_go(self, *, forget: bool = True) -> None:
        """What was held back was typed by a hand: it goes where it was meant to go."""
        self._too_long.stop()
        if forget:
            self._burst.forget()
        self._compose_again()
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


def _which(event: QKeyEvent) -> int:
    """The key itself: * is let go as 8 where Shift was let go before it."""
    return event.nativeScanCode() or event.key()


def _sign(event: QKeyEvent) -> str:
    """The sign that a key types, "" for a command or a key without one."""
    text = half_width(event.text())
    if text == GROUP_SEPARATOR:
        return text
    if event.modifiers() & COMMANDS or len(text) != 1 or not text.isprintable():
        return ""
    return text


def _committed(text: str) -> QInputMethodEvent:
    """An input method writes a text, and composes nothing."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event
