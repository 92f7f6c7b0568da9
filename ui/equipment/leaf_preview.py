"""首页的样子: the first page of cards or tags as it will be printed, black on white always."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.devices.marks import Box, Image, Leaf, Mark, Text
from ui.look import Look

EDGE = 12
MM_OF_POINT = 25.4 / 72
_LEAST = 160
_FINE = 100
"""Letters are measured so many times larger: Qt rounds the widths of small ones."""


class LeafPreview(QWidget):
    """The page in the middle of its place, as large as it fits, never more than four times."""

    def __init__(self, look: Look, *, name: str) -> None:
        super().__init__()
        self._look = look
        self._leaf: Leaf | None = None
        self._drawn = QPixmap()
        self.setObjectName(name)
        self.setMinimumSize(_LEAST, _LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_leaf(self, leaf: Leaf | None) -> None:
        """Another page; None: nothing."""
        self._leaf = leaf
        self._drawn = QPixmap()
        words = [mark.text for mark in leaf.marks if isinstance(mark, Text)] if leaf else []
        self.setAccessibleName("\n".join(words))
        self.update()

    def _place(self, leaf: Leaf) -> tuple[QRectF, float]:
        """Where the page lies, and pixels of a millimetre."""
        room = QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
        scale = min(room.width() / leaf.width, room.height() / leaf.height, 8.0)
        page = QRectF(0, 0, leaf.width * scale, leaf.height * scale)
        page.moveCenter(room.center())
        return page, scale

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, leaf = QPainter(self), self._leaf
        if leaf is None:
            return
        place, scale = self._place(leaf)
        ratio = self.devicePixelRatioF()
        size = (place.size() * ratio).toSize()
        if self._drawn.size() != size:
            self._drawn = _picture(leaf, scale * ratio, self._look)
        painter.drawPixmap(place, self._drawn, QRectF(self._drawn.rect()))
        painter.setPen(self._look.colour("line_strong"))
        painter.drawRect(place)


def _picture(leaf: Leaf, scale: float, look: Look) -> QPixmap:
    picture = QPixmap(int(leaf.width * scale), int(leaf.height * scale))
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    painter.scale(scale, scale)
    for mark in leaf.marks:
        _draw(painter, mark, look)
    painter.end()
    return picture


def _draw(painter: QPainter, mark: Mark, look: Look) -> None:
    match mark:
        case Text():
            _draw_text(painter, mark, look)
        case Box(x, y, width, height, grey):
            painter.fillRect(QRectF(x, y, width, height), _ink(grey))
        case Image(x, y, path, width, height):
            painter.drawPixmap(QRectF(x, y, width, height), QPixmap(path), QRectF())


def _draw_text(painter: QPainter, mark: Text, look: Look) -> None:
    """As wide as the paper has it, whichever font the screen has."""
    font = QFont(look.font_px(_FINE, bold=mark.is_bold))
    wide = max(1.0, QFontMetricsF(font).horizontalAdvance(mark.text))
    high = mark.size * MM_OF_POINT / _FINE
    painter.save()
    painter.translate(QPointF(mark.x - mark.side * mark.width, mark.y))
    painter.scale(mark.width / wide, high)
    painter.setFont(font)
    painter.setPen(_ink(mark.grey))
    painter.drawText(QPointF(0, 0), mark.text)
    painter.restore()


def _ink(grey: float) -> Qt.GlobalColor:
    return Qt.GlobalColor.darkGray if grey else Qt.GlobalColor.black
