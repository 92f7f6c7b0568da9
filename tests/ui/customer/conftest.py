"""The look that every test of a widget wears."""

import pytest
from PySide6.QtWidgets import QApplication

from ui.look import Look


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Look:
    look = Look.load()
    look.apply(qapp)
    return look
