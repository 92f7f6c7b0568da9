"""PySide6 gives back every None that it borrows.

6.12.0 loses one at almost every call, and Python aborts when none is left.
"""

from __future__ import annotations

import gc
import sys

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QTableWidget, QWidget
from pytestqt.qtbot import QtBot

ROUNDS = 1_000
NOISE = 50

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None is immortal from 3.12 on: it is not counted"
)


class Painted(QWidget):
    """A widget that paints itself in Python, as ours do."""

    def paintEvent(self, event: object) -> None:  # noqa: N802 - an override keeps Qt's name
        painter = QPainter(self)
        painter.drawText(QRect(0, 0, 80, 20), 0, "应收")
        painter.end()


def test_repainting_loses_no_none(qtbot: QtBot) -> None:
    table, painted = QTableWidget(), Painted()
    qtbot.addWidget(table)
    qtbot.addWidget(painted)
    picture = QImage(200, 100, QImage.Format.Format_RGB32)

    def refill() -> None:
        table.clear()
        table.setRowCount(1)
        table.setColumnCount(1)
        table.render(picture)
        painted.render(picture)

    refill()
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(ROUNDS):
        refill()
    gc.collect()
    assert abs(sys.getrefcount(None) - before) <= NOISE
