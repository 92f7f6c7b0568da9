"""Drawing by role: boxes, rules, text and icons as looks.md asks for them, in logical pixels."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

from ui.look import Look

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
DOT = " ·"


def box(
    painter: QPainter,
    rect: QRect | QRectF,
    *,
    radius: float,
    fill: QColor | None = None,
    border: QColor | None = None,
    width: float = 1.0,
) -> None:
    """A rounded box whose border lies wholly inside of the rectangle."""
    area = QRectF(rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if border is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        painter.setPen(QPen(border, width))
        half = width / 2
        area.adjust(half, half, -half, -half)
        radius = max(radius - half, 0)
    painter.drawRoundedRect(area, radius, radius)
    painter.restore()


def tinted(
    painter: QPainter,
    look: Look,
    rect: QRect | QRectF,
    tint: str,
    *,
    edge: str,
    radius: float = 0,
) -> None:
    """A tinted ground; where a theme has no tints, a border of 2 px in the colour of `edge`."""
    border = None if look.has_tints else look.colour(edge)
    width = look.borders.chosen
    box(painter, rect, radius=radius, fill=look.colour(tint), border=border, width=width)


def rail(
    painter: QPainter, rect: QRect | QRectF, colour: QColor, *, width: int, radius: int
) -> None:
    """The 4 px rail on the left edge, its outer corners following the box it belongs to."""
    area = QRectF(rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(QRectF(area.left(), area.top(), width, area.height()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(area, radius, radius)
    painter.restore()


def words(
    painter: QPainter,
    rect: QRect | QRectF,
    text: str,
    *,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = LEFT,
    keeps_end: bool = False,
) -> float:
    """One line of text, elided where it does not fit; returns the width it took."""
    area = QRectF(rect)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text)
    if width > area.width() + 0.5:
        mode = Qt.TextElideMode.ElideMiddle if keeps_end else Qt.TextElideMode.ElideRight
        text = metrics.elidedText(text, mode, area.width())
        width = metrics.horizontalAdvance(text)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(area, int(align | Qt.TextFlag.TextSingleLine), text)
    return width


def two_lines(
    painter: QPainter,
    rect: QRect | QRectF,
    text: str,
    *,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Text in the middle of the rectangle, on a second line where one is too short."""
    area, high = QRectF(rect), QFontMetricsF(font).height()
    first = first_line(text, font, area.width())
    parts = (_bare(text[:first]), text[first:].lstrip()) if first < len(text) else (text,)
    lines = [each for each in parts if each]
    top = area.center().y() - high * len(lines) / 2
    for at, line in enumerate(lines):
        place = QRectF(area.left(), top + at * high, area.width(), high)
        words(painter, place, line, font=font, colour=colour, align=align)


def _bare(text: str) -> str:
    """A first line without what parted it from the second."""
    return text.rstrip().rstrip(DOT)


def first_line(text: str, font: QFont, width: float) -> int:
    """How many signs go on the first of two lines; a "·" parts better than any other place, and
    so does the space between two facts.
    """
    for at in (text.find("·") + 1, text.rfind("　") + 1):
        if at and advance(font, _bare(text[:at])) <= width < advance(font, text):
            return at
    layout = _laid_out(text, font, width)
    return layout.lineAt(0).textLength() if layout.lineCount() else 0


def lines(text: str, font: QFont, width: float) -> int:
    """How many lines a text takes where it wraps."""
    return _laid_out(text, font, width).lineCount()


def _laid_out(text: str, font: QFont, width: float) -> QTextLayout:
    layout, option = QTextLayout(text, font), QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
    layout.endLayout()
    return layout


def baseline(
    painter: QPainter, left: float, base: float, text: str, *, font: QFont, colour: QColor
) -> float:
    """Text standing on a baseline; returns its width."""
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(left, base), text)
    return QFontMetricsF(font).horizontalAdvance(text)


def icon(painter: QPainter, look: Look, rect: QRect | QRectF, name: str, role: str) -> None:
    """An icon in the middle of a rectangle, as large as the rectangle's shorter side."""
    area = QRectF(rect)
    size = int(min(area.width(), area.height()))
    ratio = painter.device().devicePixelRatioF()
    pixmap = look.pixmap(name, role, size, ratio)
    left = round(area.center().x() - size / 2)
    top = round(area.center().y() - size / 2)
    painter.drawPixmap(left, top, pixmap)


def advance(font: QFont, text: str) -> int:
    """The width of a text in whole pixels, rounded up so that nothing is elided by half a pixel."""
    width = QFontMetricsF(font).horizontalAdvance(text)
    return int(-(-width // 1))
