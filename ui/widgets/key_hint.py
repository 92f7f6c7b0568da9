"""快捷键: the small box with a key's name, painted inside of whatever has that key.

And the keys that mean the same thing everywhere.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from ui.look import Look
from ui.widgets import paint

LARGE_HEIGHT = 26
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def key_width(look: Look, key: str, *, large: bool = False) -> int:
    """The width in pixels of a key's box."""
    side = 9 if large else 5
    return paint.advance(look.font("body" if large else "caption"), key) + 2 * side


def paint_key(
    painter: QPainter,
    look: Look,
    *,
    left: float,
    middle: float,
    key: str,
    role: str = "ink_2",
    border: str = "line_strong",
    large: bool = False,
) -> None:
    """Paint a key's box from its left edge and its vertical middle."""
    height = LARGE_HEIGHT if large else look.sizes.key_hint
    width = key_width(look, key, large=large)
    rect = QRectF(round(left), round(middle - height / 2), width, height)
    opacity = 0.7 if border == role else 1.0
    edge = look.colour(border, opacity)
    paint.box(painter, rect, radius=look.radii.chip, border=edge, width=look.borders.control)
    font = look.font("body" if large else "caption")
    colour = look.colour(role)
    paint.words(painter, rect, key, font=font, colour=colour, align=paint.CENTRE)
