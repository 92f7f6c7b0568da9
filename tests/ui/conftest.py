"""The look that every test of a widget wears."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ui.look import Look


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Look:
    """Put on once: it takes longer than most tests do."""
    look = Look.load()
    look.apply(qapp)
    return look
