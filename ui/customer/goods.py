"""客显的明细: the lines of the basket, the newest of them always in sight.

Painted anew only where they show something else: what a customer looks at must not cost the till a
frame.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.customer.part import Part
from ui.customer.state import CustomerState, Row, Scene
from ui.look import Look
from ui.seal import SIGN
from ui.text import tr
from ui.widgets import paint


class Goods(Part):
    """Left: who is greeted, the lines, the newest of them always in sight."""

    HEAD, ROW, SIDE, FOOT = 92, 76, 48, 48

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "customer_goods", parent)
        self._state = CustomerState(Scene.BASKET)
        self._store = ""

    def show_state(self, state: CustomerState, store: str) -> None:
        """Paint what is new, line by line."""
        before, shown = (self._state, self._store), self._placed()
        self._state, self._store = state, store
        heads = (before[0].greeting, before[0].tier, before[1])
        if heads != (state.greeting, state.tier, store):
            self.update(0, 0, self.width(), self.px(self.HEAD))
        placed = self._placed()
        for at in range(max(len(shown), len(placed))):
            old = shown[at] if at < len(shown) else None
            new = placed[at] if at < len(placed) else None
            is_moved = before[0].touched != state.touched and (
                _key(old) in (before[0].touched, state.touched) or _key(new) == state.touched
            )
            if old != new or is_moved:
                self.update(self._area(at))
        if self._more(before[0], shown) != self._more(state, placed):
            self.update(0, self.height() - self.px(self.FOOT), self.width(), self.px(self.FOOT))

    def _placed(self) -> tuple[Row, ...]:
        """The rows that fit: the last ones, or those from the one that was touched."""
        rows, room = self._state.rows, self.height() - self.px(self.HEAD) - self.px(self.FOOT)
        fit = max(1, room // max(1, self.px(self.ROW)))
        first = max(0, len(rows) - fit)
        at = next((at for at, row in enumerate(rows) if row.key == self._state.touched), first)
        first = min(first, at)
        return rows[first : first + fit]

    def _more(self, state: CustomerState, placed: tuple[Row, ...]) -> str:
        """How many lines there are, where not all of them are in sight."""
        if state.count <= len(placed):
            return ""
        return tr("一共 {count} 行，这里是刚才的", count=state.count)

    def _area(self, at: int) -> QRect:
        return QRect(
            0, self.px(self.HEAD) + at * self.px(self.ROW), self.width(), self.px(self.ROW)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, dirty = QPainter(self), event.rect()
        painter.fillRect(dirty, self.look.colour("surface"))
        if dirty.top() < self.px(self.HEAD):
            self._paint_head(painter)
        placed = self._placed()
        for at, row in enumerate(placed):
            if self._area(at).intersects(dirty):
                self._paint_row(painter, QRectF(self._area(at)), row)
        side, foot = self.px(self.SIDE), self.px(self.FOOT)
        area = QRectF(side, self.height() - foot, self.width() - 2 * side, foot)
        words = self._more(self._state, placed)
        font, colour = self.letters(18), self.look.colour("ink_2")
        paint.words(painter, area, words, font=font, colour=colour)

    def _paint_head(self, painter: QPainter) -> None:
        look, side, state = self.look, self.px(self.SIDE), self._state
        middle, seal = self.px(54), self.px(36)
        area = QRectF(side, middle - seal / 2, seal, seal)
        paint.box(painter, area, radius=self.px(6), fill=look.colour("accent"))
        font, colour = self.letters(24, bold=True), look.colour("on_accent")
        paint.words(painter, area, SIGN, font=font, colour=colour, align=paint.CENTRE)
        line = QRectF(side, middle - seal / 2, self.width() - 2 * side, seal)
        room = line.adjusted(seal + self.px(12), 0, 0, 0)
        font = self.letters(18)
        taken = paint.words(
            painter,
            room.adjusted(room.width() * 0.5, 0, 0, 0),
            self._store,
            font=font,
            colour=look.colour("ink_2"),
            align=paint.RIGHT,
        )
        room.adjust(0, 0, -taken - self.px(16), 0)
        font = self.letters(22, bold=True)
        tier = self.letters(18, bold=True)
        wide = QFontMetricsF(tier).horizontalAdvance(state.tier) + self.px(16)
        name = room.adjusted(0, 0, -wide - self.px(12) if state.tier else 0, 0)
        greeting = state.greeting or tr("您好")
        end = paint.words(painter, name, greeting, font=font, colour=look.colour("ink"))
        if state.tier:
            chip = QRectF(name.left() + end + self.px(12), middle - self.px(15), wide, self.px(30))
            paint.box(painter, chip, radius=look.radii.chip, fill=look.colour("inverse"))
            ink = look.colour("on_inverse")
            paint.words(painter, chip, state.tier, font=tier, colour=ink, align=paint.CENTRE)

    def _paint_row(self, painter: QPainter, area: QRectF, row: Row) -> None:
        look, side, rule = self.look, self.px(self.SIDE), self.look.borders.rule
        if row.key == self._state.touched:
            rail = max(look.borders.rail, self.px(look.borders.rail))
            painter.fillRect(area.adjusted(0, 0, 0, -rule), look.colour("selected"))
            painter.fillRect(
                QRectF(0, area.top(), rail, area.height() - rule), look.colour("accent")
            )
        inner = area.adjusted(side, 0, -side, 0)
        line = QRectF(inner.left(), area.bottom() - rule, inner.width(), rule)
        painter.fillRect(line, look.colour("line"))
        net = self.letters(26, bold=True)
        wide = max(self.px(140), QFontMetricsF(net).horizontalAdvance(row.net)) if row.net else 0
        colour = look.colour("accent_text" if row.is_saving else "ink")
        paint.words(painter, inner, row.net, font=net, colour=colour, align=paint.RIGHT)
        words = inner.adjusted(0, self.px(8), -wide, -self.px(8))
        self._paint_words(painter, words, row)

    def _paint_words(self, painter: QPainter, words: QRectF, row: Row) -> None:
        """The name over what was saved; the quantity beside both, or beside the name alone where
        the saving would be cut."""
        look, small, quantity = self.look, self.letters(18), self.letters(22)
        top, low = QRectF(words), QRectF(words)
        if row.sub:
            top.setBottom(words.center().y() + self.px(2))
            low.setTop(words.center().y() + self.px(2))
        if row.quantity:
            taken = QFontMetricsF(quantity).horizontalAdvance(row.quantity) + 1
            left = words.width() - taken - self.px(16)
            is_beside = QFontMetricsF(small).horizontalAdvance(row.sub) <= left
            place = QRectF(words) if is_beside else QRectF(top)
            place.setLeft(place.right() - taken)
            ink = look.colour("ink_2")
            paint.words(painter, place, row.quantity, font=quantity, colour=ink, align=paint.RIGHT)
            top.setWidth(left)
            if is_beside:
                low.setWidth(left)
        ink = look.colour("accent_text" if row.is_saving and not row.net else "ink")
        paint.words(painter, top, row.name, font=self.letters(24), colour=ink)
        ink = look.colour("accent_text" if row.quantity else "ink_2")
        paint.words(painter, low, row.sub, font=small, colour=ink)


def _key(row: Row | None) -> str | None:
    return None if row is None else row.key
