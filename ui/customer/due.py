"""客显的应付: what to pay, what it is made of, points and a QR code; thanks when it is paid."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.customer.part import DRAWN_FOR, LEAST_PX, Part, broken, fitting
from ui.customer.state import CustomerState, Scene
from ui.equipment.code_picture import QUIET_SQUARES, runs, squares_of
from ui.look import Look
from ui.text import tr
from ui.widgets import paint

MOST_LINES = 3


class Thanks(Part):
    """Left after a payment: thanks, and what became of the points."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "customer_thanks", parent)
        self._state = CustomerState(Scene.PAID)

    def show_state(self, state: CustomerState) -> None:
        """After another sale."""
        if state != self._state:
            self._state = state
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, state = QPainter(self), self.look, self._state
        painter.fillRect(event.rect(), look.colour("surface"))
        side = self.px(64)
        words = [(tr("谢谢光临"), 64, True, "ink", 96)]
        if state.greeting:
            words.append((state.greeting, 28, False, "ink_2", 56))
        words += [(line, 32, False, "ink", 52) for line in state.points]
        top = self.height() / 2 - sum(self.px(each[4]) for each in words) / 2
        for text, size, bold, role, high in words:
            area = QRectF(side, top, self.width() - 2 * side, self.px(high))
            font = fitting(self, text, size, area.width(), bold=bold)
            paint.words(painter, area, text, font=font, colour=look.colour(role))
            top += self.px(high)


class Due(Part):
    """Right: what to pay in the largest letters, what it is made of, points and the QR code."""

    SIDE, SLOT, CODE = 48, 148, 184

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "customer_due", parent)
        self._state = CustomerState(Scene.BASKET)
        self._link, self._words = "", ""
        self._squares: list[str] = []

    def show_state(self, state: CustomerState) -> None:
        """Paint the figures where they changed, and the points where they did."""
        before, self._state = self._state, state
        if (before.label, before.amount) != (state.label, state.amount):
            self.update(0, 0, self.width(), self._figures_top())
        if before.figures != state.figures:
            top = self._figures_top()
            self.update(0, top, self.width(), self._foot_top() - top)
        if (before.points, before.scene) != (state.points, state.scene):
            self.update(0, self._foot_top(), self.width(), self.height() - self._foot_top())

    def show_link(self, link: str, words: str) -> None:
        """What the QR code holds, and what is said beside it; "" for none."""
        if (link, words) != (self._link, self._words):
            self._link, self._words = link, words
            self._squares = squares_of(link) if link else []
            self.update()

    def _down(self, size: float) -> int:
        """A height of the drawing on this screen: on a low one all of it still has its place."""
        return round(size * min(self.scale, self.height() / DRAWN_FOR[1]))

    def _figures_top(self) -> int:
        return self._down(112 + self.SLOT)

    def _foot_top(self) -> int:
        return self.height() - self._down(self.CODE + 64)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, state = QPainter(self), self.look, self._state
        painter.fillRect(event.rect(), look.colour("accent"))
        side, ink = self._down(self.SIDE), look.colour("on_accent")
        inner = QRectF(side, 0, self.width() - 2 * side, self.height())
        label = QRectF(inner.left(), self._down(40), inner.width(), self.px(48))
        paint.words(painter, label, state.label, font=self.letters(32), colour=ink)
        slot = QRectF(inner.left(), self._down(84), inner.width(), self._down(self.SLOT))
        spacing = -4.0 * self.scale
        font = fitting(self, state.amount, 128, inner.width(), bold=True, spacing=spacing)
        paint.words(painter, slot, state.amount, font=font, colour=ink, align=paint.RIGHT)
        top = float(self._figures_top())
        if state.figures:
            self._rule(painter, inner, top - self._down(12))
        for figure in state.figures:
            area = QRectF(inner.left(), top, inner.width(), self._down(44))
            font = self.letters(28, bold=figure.is_bold)
            wide = QFontMetricsF(font).horizontalAdvance(figure.amount) + 1
            paint.words(painter, area, figure.amount, font=font, colour=ink, align=paint.RIGHT)
            room = area.adjusted(0, 0, -wide - self.px(12), 0)
            paint.words(painter, room, figure.name, font=self.letters(28), colour=ink)
            top += self._down(44)
        self._paint_foot(painter, inner, ink)

    def _paint_foot(self, painter: QPainter, inner: QRectF, ink: QColor) -> None:
        """The code, and beside it the points of a member and what the code is for."""
        said = self._state.points if self._state.scene is Scene.BASKET else ()
        if not self._squares and not said:
            return
        top, code = self._foot_top() + self._down(24), self._down(self.CODE)
        self._rule(painter, inner, top - self._down(24))
        room = QRectF(inner.left(), top, inner.width(), code)
        if self._has_room_beside(said, room.width() - code - self.px(28)):
            paint_code(painter, QRectF(inner.left(), top, code, code), self._squares, self.px(8))
            room.adjust(code + self.px(28), 0, 0, 0)
        high = max(self.px(32), LEAST_PX * 4 // 3)
        most = int(self._down(self.CODE + 48) // high) - len(said)  # so many lines have room
        is_parted = bool(said) and most > MOST_LINES
        beside: list[str] = []
        if room.left() > inner.left() and most > 0:
            words = self._words or tr("请扫码")
            beside = broken(words, self.letters(22), room.width(), min(most, MOST_LINES))
        lines = [*said, *([""] if is_parted and beside else []), *beside]
        at = room.center().y() - high * len(lines) / 2
        for line in lines:
            area = QRectF(room.left(), at, room.width(), high)
            font = fitting(self, line, 22, room.width())
            paint.words(painter, area, line, font=font, colour=ink)
            at += high

    def _has_room_beside(self, said: Sequence[str], room: float) -> bool:
        """Whether there is a code, and no figure of the points is cut beside it."""
        letters = QFontMetricsF(self.look.font_px(LEAST_PX, bold=False))
        return bool(self._squares) and all(letters.horizontalAdvance(s) <= room for s in said)

    def _rule(self, painter: QPainter, inner: QRectF, at: float) -> None:
        colour = self.look.colour("on_accent")
        painter.fillRect(QRectF(inner.left(), at, inner.width(), self.look.borders.rule), colour)


def paint_code(painter: QPainter, place: QRectF, squares: list[str], radius: int) -> None:
    """A QR code, dark on white in every theme: phones want it so."""
    paint.box(painter, place, radius=radius, fill=QColor(Qt.GlobalColor.white))
    wide = max(1, int(place.width() // (len(squares) + QUIET_SQUARES)))
    left = int(place.center().x() - wide * len(squares) / 2)
    top = int(place.center().y() - wide * len(squares) / 2)
    for at, row in enumerate(squares):
        for start, end in runs(row):
            square = QRectF(left + start * wide, top + at * wide, (end - start) * wide, wide)
            painter.fillRect(square, Qt.GlobalColor.black)
