"""The window that the sheets stand over, and the look that all of them wear."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.look import Look


@pytest.fixture
def look(qapp: QApplication) -> Look:
    look = Look.load()
    look.apply(qapp)
    return look


@pytest.fixture
def window(look: Look, qtbot) -> QWidget:
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
