"""路标: the steps of the first run at the left: done, the one that is open, still to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets import paint

WIDTH, NARROW, BARE = 280, 208, 76
ROW, LOW_ROW = 52, 44
DISC = 28
CHECK = 20


class Rail(QWidget):
    """Painted, for nothing on it is pressed; screen readers hear where one is."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._titles: tuple[str, ...] = ()
        self._at = 0
        self._is_low = False
        self.setObjectName("first_rail")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(WIDTH)

    def show_step(self, at: int, titles: Sequence[str]) -> None:
        """This one of these is open."""
        self._at, self._titles = at, tuple(titles)
        words = tr(
            "第 {step} 步，共 {count} 步：{title}",
            step=at + 1,
            count=len(self._titles),
            title=self._titles[at],
        )
        self.setAccessibleName(words)
        self.update()

    def fit(self, width: int, height: int) -> None:
        """As wide as a window of this size can spare."""
        self._is_low = height < 640
        self.setFixedWidth(WIDTH if width >= 1200 else NARROW if width >= 860 else BARE)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        painter.fillRect(self.rect(), look.colour("ground"))
        rule = look.borders.rule
        painter.fillRect(self.width() - rule, 0, rule, self.height(), look.colour("line"))
        left = 32 if self.width() == WIDTH else 24
        top = 33 if self.width() == WIDTH and not self._is_low else 12
        room = (self.height() - 2 * top) / max(1, len(self._titles))
        row = min(LOW_ROW if self._is_low else ROW, room)
        for at, title in enumerate(self._titles):
            self._paint_step(
                painter, QRectF(left, top + at * row, self.width() - left - 8, row), at
            )
            if self.width() == BARE:
                continue
            place = QRectF(left + DISC + 12, top + at * row, self.width() - left - DISC - 20, row)
            is_now = at == self._at
            ink = look.colour("ink" if is_now or at < self._at else "ink_2")
            paint.words(painter, place, title, font=look.font("body", is_now), colour=ink)

    def _paint_step(self, painter: QPainter, row: QRectF, at: int) -> None:
        look = self._look
        disc = QRectF(row.left(), row.center().y() - DISC / 2, DISC, DISC)
        if at < self._at:
            inset = (DISC - CHECK) / 2
            square = disc.adjusted(inset, inset, -inset, -inset)
            paint.icon(painter, look, square, "check", "accent")
            return
        is_now = at == self._at
        paint.box(
            painter,
            disc,
            radius=DISC / 2,
            fill=look.colour("accent") if is_now else None,
            border=None if is_now else look.colour("line_strong"),
            width=look.borders.control,
        )
        ink = look.colour("on_accent" if is_now else "ink_2")
        font = look.font("body", is_now)
        paint.words(painter, disc, str(at + 1), font=font, colour=ink, align=paint.CENTRE)
