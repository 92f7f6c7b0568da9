"""Hands: keys to whatever has the focus."""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

ENTER = Qt.Key.Key_Return
NO_KEY = Qt.KeyboardModifier.NoModifier
HAND_MS, HELD_MS = 180, 90
# Each call begins long after the one before it.
_began = count(10**9, 100_000)


def press(qtbot: QtBot, text: str = "", *keys: Qt.Key) -> None:
    """A text, then keys."""
    if text:
        qtbot.keyClicks(QApplication.focusWidget(), text)
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def by_hand(text: str, window: QWidget | None = None) -> None:
    """A text and Enter as a hand types them: a PIN that a scanner sends is refused."""
    typed(f"{text}\r", window, gap_ms=HAND_MS, held_ms=HELD_MS)


def scan(code: str, window: QWidget | None = None) -> None:
    """A code and Enter as a scanner types them."""
    typed(f"{code}\r", window, gap_ms=2, held_ms=1)


def typed(signs: str, window: QWidget | None, *, gap_ms: int, held_ms: int) -> None:
    """Keys with times of their own: nobody waits for them."""
    at_ms = next(_began)
    for sign in signs:
        key = ENTER if sign == "\r" else Qt.Key(ord(sign.upper()))
        for kind, late_ms in ((QEvent.Type.KeyPress, 0), (QEvent.Type.KeyRelease, held_ms)):
            event = QKeyEvent(kind, key, NO_KEY, sign)
            event.setTimestamp(at_ms + late_ms)
            whom = QApplication.focusWidget() or window
            assert whom is not None
            QApplication.sendEvent(whom, event)
        at_ms += gap_ms
