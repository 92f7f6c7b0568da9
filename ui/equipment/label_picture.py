"""店内码的样子: the thirteen digits of a label in their groups, as a layout reads them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.rulebook.labels import LENGTH, LabelCode
from ui.label_words import held_name
from ui.look import Look
from ui.text import tr
from ui.widgets import paint

BOX, WORDS, GAP = 36, 24, 6
HIGH = BOX + WORDS
WIDEST = 34
NONE = "·"


def groups(layout: LabelCode) -> list[tuple[str, int]]:
    """The parts of a label from its first digit on: what each is called, and how many digits."""
    parts = [(tr("前缀"), len(layout.prefix)), (tr("商品号"), layout.item_digits)]
    if layout.has_value_check:
        parts.append((tr("校验"), 1))
    parts.append((held_name(layout.holds), layout.value_digits))
    if (left := LENGTH - layout.digits) > 0:
        parts.append((tr("不用"), left))
    return [*parts, (tr("校验"), 1)] if layout.is_checked else parts


class LabelPicture(QWidget):
    """`show_layout` with the digits of a label that was scanned, or without."""

    def __init__(self, look: Look, *, name: str) -> None:
        super().__init__()
        self._look = look
        self._layout: LabelCode | None = None
        self._digits = ""
        self.setObjectName(name)
        self.setFixedHeight(HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_layout(self, layout: LabelCode | None, digits: str = "") -> None:
        """Another layout; None draws nothing."""
        self._layout, self._digits = layout, digits
        named = [] if layout is None else groups(layout)
        self.setAccessibleName(" ".join(f"{words} {count}" for words, count in named))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(LENGTH * WIDEST, HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(LENGTH * 16, HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._layout is None:
            return
        painter, parts = QPainter(self), groups(self._layout)
        count = sum(digits for _, digits in parts)
        wide = min(float(WIDEST), (self.width() - GAP * (len(parts) - 1)) / count)
        shown = self._digits or self._layout.prefix
        x, at = 0.0, 0
        for named, digits in parts:
            place = QRectF(x, 0, wide * digits, HIGH)
            self._group(painter, place, (named, digits), shown[at : at + digits])
            x, at = x + wide * digits + GAP, at + digits

    def _group(self, painter: QPainter, place: QRectF, part: tuple[str, int], digits: str) -> None:
        look, (named, count) = self._look, part
        box = QRectF(place.left(), place.top(), place.width(), BOX)
        paint.box(
            painter,
            box.toRect(),
            radius=look.radii.control,
            fill=look.colour("accent_tint"),
            border=look.colour("line_strong"),
            width=look.borders.control,
        )
        wide = place.width() / count
        for at, digit in enumerate(digits.ljust(count, NONE)):
            cell = QRectF(box.left() + at * wide, box.top(), wide, BOX)
            ink = look.colour("ink_2" if digit == NONE else "ink")
            paint.words(
                painter, cell, digit, font=look.font("item"), colour=ink, align=paint.CENTRE
            )
        below = QRectF(place.left() - GAP, box.bottom(), place.width() + 2 * GAP, WORDS)
        small = look.font("small")
        ink = look.colour("ink_2")
        paint.words(painter, below, named, font=small, colour=ink, align=paint.CENTRE)
