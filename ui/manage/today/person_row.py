"""人行: a member in a list of a page: name, tier, what about them, and a figure at the right."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import Look
from ui.widgets import paint
from ui.widgets.chip import chip_width, paint_chip

NAME_WIDTH = 84
GAP = 12
CHIP = 24


class PersonLine(Struct, frozen=True):
    """What a row says; the name is masked already, `chip` is "" where there is none."""

    name: str
    chip: str
    about: str
    figure: str = ""


class PersonRow(QWidget):
    """One line of 50 px with a rule below."""

    def __init__(self, look: Look, line: PersonLine) -> None:
        super().__init__()
        self._look = look
        self._line = line
        self.setFixedHeight(look.sizes.panel_row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{line.name} {line.chip} {line.about} {line.figure}".strip())

    def sizeHint(self) -> QSize:
        return QSize(320, self._look.sizes.panel_row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, line = QPainter(self), self._look, self._line
        high, left = self.height(), 0
        bold, body, small = look.font("body", True), look.font("body"), look.font("small")
        place = QRectF(0, 0, NAME_WIDTH, high)
        paint.words(painter, place, line.name, font=bold, colour=look.colour("ink"))
        left += NAME_WIDTH + GAP
        if line.chip:
            wide = chip_width(look, line.chip)
            chip = QRectF(left, (high - CHIP) / 2, wide, CHIP)
            paint_chip(painter, look, chip, line.chip)
            left += wide + GAP
        right = self.width()
        if line.figure:
            wide = paint.advance(small, line.figure)
            place = QRectF(right - wide, 0, wide, high)
            ink = look.colour("ink_2")
            paint.words(painter, place, line.figure, font=small, colour=ink, align=paint.RIGHT)
            right -= wide + GAP
        place = QRectF(left, 0, max(0, right - left), high)
        paint.words(painter, place, line.about, font=body, colour=look.colour("ink"))
        rule = look.borders.rule
        painter.fillRect(QRectF(0, high - rule, self.width(), rule), look.colour("line"))
