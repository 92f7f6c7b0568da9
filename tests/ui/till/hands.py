"""Hands: keys to whatever has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

ENTER = Qt.Key.Key_Return


def press(qtbot: QtBot, text: str = "", *keys: Qt.Key) -> None:
    """A text, then keys."""
    if text:
        qtbot.keyClicks(QApplication.focusWidget(), text)
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)
