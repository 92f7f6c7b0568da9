"""A payment to try, and the look that all sheets wear again after each test."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

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
def pay(look: Look, window: QWidget, qtbot):
    """A payment of products at these prices."""

    def begin(*prices: int, file=None, rules=None, prescription_fen: int = 0) -> Payment:
        made = baskets.basket(*prices, prescription_fen=prescription_fen)
        return Payment(look, window, qtbot, baskets.counter(made, file=file, rules=rules))

    return begin
