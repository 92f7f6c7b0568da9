"""应收: the largest thing on the counter, right-aligned in a slot that never changes its place."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import Look
from ui.widgets import paint

YUAN = "¥"
LABEL_GAP = 16
YUAN_GAP = 8
CAP = 0.733  # height of Noto Sans SC's digits, in parts of the font size
SMALLEST = 16


class Amount(QWidget):
    """A label and an amount on one base line, in the largest step that fits beside each other.

    `size` is the step to start at and fixes the base line; `slot` is the height. The steps are
    those of tokens.json; below the last one the figure shrinks by the pixel rather than be cut.
    """

    def __init__(
        self,
        look: Look,
        label: str = "",
        *,
        size: int = 84,
        slot: int = 92,
        yuan: bool = True,
        style: str = "title",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._label = label
        self._start = size
        self._yuan = yuan
        self._label_font = look.font(style, False)
        self._text = ""
        self._role = "ink"
        self._size = size
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(slot)

    def text(self) -> str:
        """The amount in words, as shown."""
        return self._text

    def size_px(self) -> int:
        """The pixel size the amount is shown in now."""
        return self._size

    def set_amount(self, text: str, role: str = "ink", *, label: str | None = None) -> None:
        """Show an amount (already in words: thousands comma, two decimals, U+2212).

        `label` are the words before it, None keeps them.
        """
        shown = self._text, self._role, self._label
        self._text, self._role = text, role
        self._label = self._label if label is None else label
        if shown != (self._text, self._role, self._label):
            self._speak()
            self._fit()

    def set_measures(self, *, size: int, slot: int) -> None:
        """Start at another step in another slot, when the window changes its class of width."""
        self._start = size
        self.setFixedHeight(slot)
        self._fit()

    def _speak(self) -> None:
        yuan = YUAN if self._yuan else ""
        self.setAccessibleName(f"{self._label} {yuan}{self._text}".strip())

    def _spacing(self, size: int) -> float:
        return round(-2 * size / 84 * 2) / 2 if size >= 48 else 0.0

    def _figure_width(self, size: int) -> float:
        font = self._look.font_px(size, bold=True, letter_spacing=self._spacing(size))
        return QFontMetricsF(font).horizontalAdvance(self._text)

    def _yuan_size(self, size: int) -> int:
        return min(40, size // 2)

    def _others_width(self, size: int) -> float:
        width = QFontMetricsF(self._label_font).horizontalAdvance(self._label)
        if self._label:
            width += LABEL_GAP
        if self._yuan:
            font = self._look.font_px(self._yuan_size(size), bold=False)
            width += QFontMetricsF(font).horizontalAdvance(YUAN) + YUAN_GAP
        return width

    def _fits(self, size: int) -> bool:
        return self._figure_width(size) + self._others_width(size) <= self.width()

    def _fit(self) -> None:
        steps = sorted({self._start, *self._look.payable_steps}, reverse=True)
        sizes = [step for step in steps if step <= self._start]
        sizes += range(sizes[-1] - 1, SMALLEST - 1, -1)
        sizes.append(SMALLEST)
        self._size = sizes[bisect_left(sizes, True, hi=len(sizes) - 1, key=self._fits)]
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(int(self._figure_width(48) + self._others_width(48)), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.sizes.control, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, size = QPainter(self), self._look, self._size
        base = round((self.height() + self._start * CAP) / 2)
        label = look.colour("ink" if self._role == "ink" else "ink_2")
        paint.baseline(painter, 0, base, self._label, font=self._label_font, colour=label)
        colour = look.colour(self._role)
        left = self.width() - self._figure_width(size)
        font = look.font_px(size, bold=True, letter_spacing=self._spacing(size))
        paint.baseline(painter, left, base, self._text, font=font, colour=colour)
        if self._yuan:
            font = look.font_px(self._yuan_size(size), bold=False)
            left -= YUAN_GAP + QFontMetricsF(font).horizontalAdvance(YUAN)
            paint.baseline(painter, left, base, YUAN, font=font, colour=colour)
