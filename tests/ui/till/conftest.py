"""The window that the sheets stand over, and the look that all of them wear."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.ui.till import baskets
from tests.ui.till.paying import Payment
from ui.look import Look


@pytest.fixture(autouse=True)
def _dressed_as_before(look: Look, qapp: QApplication) -> Iterator[None]:
    """Who tries another theme leaves none behind."""
    yield
    if qapp.styleSheet() != look.style_sheet():
        look.apply(qapp)


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


@pytest.fixture
def pay(look: Look, window: QWidget, qtbot):
    """A payment of products at these prices."""

    def begin(*prices: int, file=None, rules=None, prescription_fen: int = 0) -> Payment:
        made = baskets.basket(*prices, prescription_fen=prescription_fen)
        return Payment(look, window, qtbot, baskets.counter(made, file=file, rules=rules))

    return begin
