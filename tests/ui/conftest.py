"""The look that every test of a widget wears, and a window for what stands over one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.look import Look


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Look:
    """Put on once: it takes longer than most tests do."""
    look = Look.load()
    look.apply(qapp)
    return look


@pytest.fixture
def window(look: Look, qtbot: QtBot) -> QWidget:
    """A counter's window with its one input, which has the focus."""
    window = QWidget()
    window.resize(1366, 768)
    window.line = QLineEdit(window)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.line.setFocus()
    qtbot.waitUntil(window.line.hasFocus)
    return window
