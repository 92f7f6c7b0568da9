"""标签: a 24 px chip that says what a thing is; it cannot be pressed."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.look import Look
from ui.widgets import paint

FILLS = {"inverse": "inverse", "outline": "", "warn": "warn_tint", "danger": "danger_tint"}
INKS = {"inverse": "on_inverse", "outline": "ink", "warn": "warn_text", "danger": "danger_text"}
EDGES = {"warn": "warn", "danger": "danger"}
PADDING = 9


def chip_width(look: Look, text: str, kind: str = "outline") -> int:
    """The width in pixels of a chip with this text."""
    return paint.advance(look.font("small", kind != "outline"), text) + 2 * PADDING


def paint_chip(
    painter: QPainter, look: Look, rect: QRect | QRectF, text: str, *, kind: str = "outline"
) -> None:
    """Paint a chip that fills a rectangle."""
    fill, ink = FILLS[kind], look.colour(INKS[kind])
    if kind in EDGES:
        paint.tinted(painter, look, rect, fill, edge=EDGES[kind], radius=look.radii.chip)
    else:
        paint.box(
            painter,
            rect,
            radius=look.radii.chip,
            fill=look.colour(fill) if fill else None,
            border=None if fill else look.colour("line_strong"),
            width=look.borders.control,
        )
    font = look.font("small", kind != "outline")
    paint.words(painter, rect, text, font=font, colour=ink, align=paint.CENTRE)


class Chip(QWidget):
    """A chip: `inverse` for a tier, `outline` for a fact, `warn` for a draft, `danger`."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        *,
        kind: str = "outline",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._kind = kind
        self._text = text
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_text(text)

    def text(self) -> str:
        """What stands on the chip."""
        return self._text

    def set_text(self, text: str) -> None:
        """Change the text; an empty chip hides."""
        if text and text == self._text and not self.isHidden():
            return
        self._text = text
        self.setAccessibleName(text)
        self.setFixedSize(self.sizeHint())
        # to show what has no parent yet would open a window of its own
        if not text or self.parentWidget() is not None:
            self.setHidden(not text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._look, self._text, self._kind), self._look.sizes.chip)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self._look, self.rect(), self._text, kind=self._kind)
