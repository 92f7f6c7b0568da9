"""明细行的画法: how one row of a LineTable is painted, and where its columns stand."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.look import Layout, Look
from ui.widgets import paint
from ui.widgets.chip import chip_width, paint_chip
from ui.widgets.line_row import STYLES, LineRow
from ui.widgets.paint import RIGHT

GAP = 8
LEAST_SPEC = 64
CLAUSE = "　"  # facts in one line are parted by a full-width space
SMALLER = {
    "amount": ("amount", "bold body", "bold small", "bold caption"),
    "body": ("body", "small", "caption"),
}
NAME_LINE = 26
SUB_LINE = 20


class Columns(Struct, frozen=True):
    """Where the columns stand in a table of some width, in pixels from its left edge."""

    number: tuple[float, float]
    name: tuple[float, float]
    quantity: tuple[float, float]
    list: tuple[float, float]
    net: tuple[float, float]

    @staticmethod
    def of(layout: Layout, width: int) -> Columns:
        """The columns for a table as wide as this: the name takes what the others leave."""
        left, right = float(layout.left_padding), float(width - layout.left_padding)
        net = right - layout.net_column
        price = net - (layout.list_column if layout.shows_list_column else 0)
        quantity = price - layout.quantity_column
        start = left + layout.number_column
        return Columns(
            number=(left, start),
            name=(start, quantity - 2 * GAP),
            quantity=(quantity, price),
            list=(price, net),
            net=(net, right),
        )


class LineDelegate(QStyledItemDelegate):
    """Paints rows; `current` is the row with the rail, −1 where there is none."""

    def __init__(self, look: Look, layout: Layout, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self.layout = layout
        self.current = -1
        self._fonts = {
            style: look.font(style) for style in ("caption", "small", "body", "item", "amount")
        }
        bold = ("bold body", "bold small", "bold caption")
        self._fonts |= {style: look.font(style.removeprefix("bold "), True) for style in bold}

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: LineRow = index.data(Qt.ItemDataRole.UserRole)
        area = QRectF(option.rect)
        is_current = index.row() == self.current
        painter.save()
        self._ground(painter, area, is_current=is_current)
        columns = Columns.of(self.layout, int(area.width()))
        if row.kind == "offer":
            self._offer(painter, area, row, columns)
        else:
            self._line(painter, area, row, columns, is_current=is_current)
        painter.restore()

    def _ground(self, painter: QPainter, area: QRectF, *, is_current: bool) -> None:
        look = self._look
        if is_current:
            painter.fillRect(area, look.colour("selected"))
            rail = QRectF(area.left(), area.top(), look.borders.rail, area.height())
            painter.fillRect(rail, look.colour("accent"))
        if is_current and not look.has_tints:
            paint.tinted(painter, look, area, "selected", edge="accent")
        rule = look.borders.rule
        low = QRectF(area.left(), area.bottom() - rule, area.width(), rule)
        painter.fillRect(low, look.colour("line"))

    def _cell(
        self,
        painter: QPainter,
        area: QRectF,
        column: tuple[float, float],
        text: str,
        *,
        style: str,
        role: str,
        align: Qt.AlignmentFlag = RIGHT,
    ) -> None:
        height = area.height() - self._look.borders.rule
        place = QRectF(area.left() + column[0], area.top(), column[1] - column[0], height)
        font = self._fitting(style, text, place.width() - GAP // 2)
        paint.words(painter, place, text, font=font, colour=self._look.colour(role), align=align)

    def _fitting(self, style: str, text: str, room: float) -> QFont:
        """The font of a style, or a smaller one: no figure is ever cut."""
        fonts = [self._fonts[each] for each in SMALLER[style]]
        return next((each for each in fonts if paint.advance(each, text) <= room), fonts[-1])

    def _line(
        self, painter: QPainter, area: QRectF, row: LineRow, columns: Columns, *, is_current: bool
    ) -> None:
        left = paint.LEFT
        self._cell(painter, area, columns.number, row.no, style="body", role="ink_3", align=left)
        has_stepper = is_current and bool(row.count)
        if not has_stepper:
            self._cell(painter, area, columns.quantity, row.quantity, style="body", role="ink")
        if self.layout.shows_list_column:
            self._cell(painter, area, columns.list, row.list, style="body", role="ink_3")
        self._cell(painter, area, columns.net, row.net, style="amount", role="ink")
        unit = (row.unit,) if has_stepper and row.unit else ()
        has_sub = bool(unit or row.sub)
        block = NAME_LINE + (SUB_LINE if has_sub else 0)
        top = round(area.top() + (area.height() - block) / 2) + 1
        start = area.left() + columns.name[0]
        stop = area.left() + columns.quantity[1] - self._taken(row, columns, has_stepper) - 2 * GAP
        self._name(painter, row, QRectF(start, top, stop - start, NAME_LINE))
        low = QRectF(start, top + NAME_LINE - 1, stop - start, SUB_LINE)
        self._sub(painter, row, low, unit)

    def _taken(self, row: LineRow, columns: Columns, has_stepper: bool) -> float:
        """How wide the quantity stands: what it leaves is the name's."""
        if has_stepper:
            return 3 * self._look.sizes.hit_min
        room = columns.quantity[1] - columns.quantity[0] - GAP // 2
        return paint.advance(self._fitting("body", row.quantity, room), row.quantity)

    def _name(self, painter: QPainter, row: LineRow, place: QRectF) -> None:
        look = self._look
        chips = sum(chip_width(look, chip) + GAP for chip in row.chips)
        room = QRectF(place)
        room.setRight(max(place.right() - chips, place.left()))
        font, ink = self._fonts["item"], look.colour("ink")
        left = place.left() + paint.words(painter, room, row.name, font=font, colour=ink) + GAP
        small = self._fonts["small"]
        if row.spec and room.right() - left >= min(paint.advance(small, row.spec), LEAST_SPEC):
            room.setLeft(left)
            font, ink = small, look.colour("ink_3")
            left += paint.words(painter, room, row.spec, font=font, colour=ink) + GAP
        for chip in row.chips:
            width, height = chip_width(look, chip), look.sizes.chip
            box = QRectF(round(left), round(place.center().y() - height / 2), width, height)
            paint_chip(painter, look, box, chip)
            left += width + GAP

    def _sub(self, painter: QPainter, row: LineRow, place: QRectF, unit: tuple[str, ...]) -> None:
        font, room = self._fonts["small"], QRectF(place)
        before = ""
        for text, style in (*((u, "plain") for u in unit), *((f.text, f.style) for f in row.sub)):
            if before:
                gap = " " if before == "plain" and style == "saved" else CLAUSE
                room.setLeft(room.left() + paint.advance(font, gap))
            if room.width() < GAP:
                return
            colour = self._look.colour(STYLES[style])
            room.setLeft(room.left() + paint.words(painter, room, text, font=font, colour=colour))
            before = style

    def _offer(self, painter: QPainter, area: QRectF, row: LineRow, columns: Columns) -> None:
        look, size = self._look, 18
        square = QRectF(area.left() + columns.number[0], area.center().y() - size / 2, size, size)
        paint.icon(painter, look, square, row.icon, "ink_2")
        start, stop = area.left() + columns.name[0], area.left() + columns.net[0] - GAP
        room = QRectF(start, area.top(), stop - start, area.height())
        font, ink = self._fonts["body"], look.colour("ink")
        left = room.left() + paint.words(painter, room, row.name, font=font, colour=ink) + 2 * GAP
        if room.right() - left > 3 * GAP:
            room.setLeft(left)
            self._sub(painter, row, room, ())
        self._cell(painter, area, columns.net, row.net, style="amount", role="accent_text")
