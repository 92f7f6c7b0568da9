"""客显的零件: what every part of the customer's window has: its scale and its letters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QWidget

from ui.look import Look
from ui.widgets import paint

DRAWN_FOR = (1366, 768)
LEAST_PX = 18
"""What is smaller cannot be read at a distance of one metre."""
LEAST_SCALE, MOST_SCALE = 0.7, 3.0


class Part(QWidget):
    """A part of the window: `look` and `scale` say how it draws; no focus, ever."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.scale = 1.0
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def px(self, size: float) -> int:
        """A length of the drawing on this screen."""
        return round(size * self.scale)

    def letters(self, size: int, *, bold: bool = False, spacing: float = 0.0) -> QFont:
        """Letters of the drawing on this screen, never smaller than one can read."""
        size = max(LEAST_PX, self.px(size))
        return self.look.font_px(size, bold=bold, letter_spacing=spacing)

    def set_scale(self, scale: float) -> None:
        """On a larger screen everything is larger."""
        if scale != self.scale:
            self.scale = scale
            self.update()


def scale_for(width: int, height: int) -> float:
    """How much larger than the drawing a window is."""
    scale = min(width / DRAWN_FOR[0], height / DRAWN_FOR[1])
    return min(MOST_SCALE, max(LEAST_SCALE, scale))


def fitting(
    part: Part, text: str, size: int, room: float, *, bold: bool = False, spacing: float = 0.0
) -> QFont:
    """The largest letters up to this size in which a text fits; never too small to read."""
    font = part.letters(size, bold=bold, spacing=spacing)
    wide = QFontMetricsF(font).horizontalAdvance(text)
    while wide > room and font.pixelSize() > LEAST_PX:
        least = max(LEAST_PX, int(font.pixelSize() * min(0.96, room / wide)))
        font = part.look.font_px(least, bold=bold, letter_spacing=spacing)
        spacing = 0.0
        wide = QFontMetricsF(font).horizontalAdvance(text)
    return font


def broken(text: str, font: QFont, room: float, most: int) -> list[str]:
    """The text in lines as wide as the room; the last of the most takes all that is left."""
    lines: list[str] = []
    while text and len(lines) < most - 1:
        first = paint.first_line(text, font, room)
        if first < len(text):
            # behind a comma rather than within a word
            first = text.rfind("，", 0, first) + 1 or first
        lines.append(text[:first].strip())
        text = text[first:].strip()
    return [*lines, text] if text else lines
