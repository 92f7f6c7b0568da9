"""账页: lines down, causes across, sums both ways; for showing how a figure came about.

All cells are words already. Columns are 104 px as long as there is room, and never too narrow
for a figure: where that is too wide, the sheet scrolls sideways. First the columns give way, then
the names, and heads take a second line. Heads and sums stay in sight while lines scroll.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets import paint
from ui.widgets.chip import chip_width, paint_chip
from ui.widgets.scroll import Scroll

HEAD = 36
ROW = 40
TOTAL = 51
WIDEST, NARROWEST = 104, 64
NAME, LEAST_NAME = 200, 136
NET = 88
PADDING = 16
GAP = 12


class LedgerRow(Struct, frozen=True):
    """One line: its name, chips, the first figure (grey), the causes (green) and the result."""

    name: str
    first: str
    cells: tuple[str, ...]
    net: str
    chips: tuple[str, ...] = ()


class _Sheet(QWidget):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.heads: tuple[str, ...] = ()
        self.rows: tuple[LedgerRow, ...] = ()
        self.total: LedgerRow | None = None
        self._least: list[int] = [NET]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def height_wanted(self) -> int:
        return HEAD + ROW * len(self.rows) + (TOTAL if self.total else 0)

    def least_width(self) -> int:
        """The width below which figures would be cut."""
        return 2 * PADDING + LEAST_NAME + GAP + sum(self._least)

    def measure(self) -> None:
        """Find out what each column of figures needs: no figure is ever cut."""
        look = self._look
        lines = [(row, False) for row in self.rows] + ([(self.total, True)] if self.total else [])
        least = [NARROWEST] * max(len(self.heads) - 2, 0) + [NET]
        for row, is_total in lines:
            body, net = look.font("body", is_total), look.font("amount", True)
            for at, text in enumerate((row.first, *row.cells)):
                least[at] = max(least[at], paint.advance(body, text) + GAP)
            least[-1] = max(least[-1], paint.advance(net, row.net) + GAP)
        self._least = least

    def _columns(self) -> list[tuple[float, float]]:
        """Name, then each figure; all figures end at their right edge."""
        spare = max(self.width() - self.least_width() - (NAME - LEAST_NAME), 0) // len(self._least)
        widths = [min(max(wide, WIDEST), wide + spare) for wide in self._least]
        right = float(self.width() - PADDING)
        edges: list[tuple[float, float]] = []
        for wide in reversed(widths):
            edges.append((right - wide, right))
            right -= wide
        edges.append((float(PADDING), right - GAP))
        return edges[::-1]

    def _cell(
        self, painter: QPainter, top: float, column: tuple[float, float], text: str, *,
        font: QFont, role: str, height: float = ROW, align: Qt.AlignmentFlag = paint.RIGHT,
    ) -> float:  # fmt: skip
        place = QRectF(column[0], top, column[1] - column[0], height - 1)
        colour = self._look.colour(role)
        return paint.words(painter, place, text, font=font, colour=colour, align=align)

    def _row(self, painter: QPainter, top: float, row: LedgerRow, *, is_total: bool) -> None:
        look, columns = self._look, self._columns()
        body, height = look.font("body", is_total), TOTAL if is_total else ROW
        left, room = columns[0]
        chips = sum(chip_width(look, chip) + 8 for chip in row.chips)
        left += self._cell(
            painter, top, (left, room - chips), row.name,
            font=body, role="ink", height=height, align=paint.LEFT,
        )  # fmt: skip
        for chip in row.chips:
            size = chip_width(look, chip)
            middle = top + (height - 1 - look.sizes.chip) // 2
            paint_chip(painter, look, QRectF(round(left + 16), middle, size, 24), chip)
            left += size + 8
        first = "ink" if is_total else "ink_3"
        self._cell(painter, top, columns[1], row.first, font=body, role=first, height=height)
        for column, text in zip(columns[2:-1], row.cells, strict=False):
            self._cell(painter, top, column, text, font=body, role="accent_text", height=height)
        amount = look.font("amount" if is_total else "item", True)
        self._cell(painter, top, columns[-1], row.net, font=amount, role="ink", height=height)

    def _rule(self, painter: QPainter, bottom: float, role: str) -> None:
        painter.fillRect(QRectF(0, bottom - 1, self.width(), 1), self._look.colour(role))

    def _strip(self, painter: QPainter, top: float, height: int) -> None:
        """The ground of what stays in sight while lines scroll away below it."""
        ground = QRectF(0, top, self.width(), height)
        painter.fillRect(ground, self._look.colour("surface"))

    def _heads(self, painter: QPainter, top: float) -> None:
        columns = self._columns()
        self._strip(painter, top, HEAD)
        for at, (head, column) in enumerate(zip(self.heads, columns, strict=False)):
            is_last = at == len(self.heads) - 1
            font = self._look.font("caption", is_last)
            role = "ink_2" if is_last else "ink_3"
            align = paint.LEFT if at == 0 else paint.RIGHT
            place = QRectF(column[0], top, column[1] - column[0], HEAD - 1)
            place.setLeft(place.left() + (4 if at else 0))
            ink = self._look.colour(role)
            paint.two_lines(painter, place, head, font=font, colour=ink, align=align)
        self._rule(painter, top + HEAD, "line_strong")

    def _sum(self, painter: QPainter, top: float, total: LedgerRow) -> None:
        self._strip(painter, top, TOTAL)
        self._row(painter, top, total, is_total=True)
        self._rule(painter, top, "line_strong")
        self._rule(painter, top + TOTAL, "line_strong")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        seen = self.visibleRegion().boundingRect() or self.rect()
        for at, row in enumerate(self.rows):
            top = float(HEAD + at * ROW)
            self._row(painter, top, row, is_total=False)
            self._rule(painter, top + ROW, "line" if at < len(self.rows) - 1 else "line_strong")
        if self.total:
            lowest = HEAD + len(self.rows) * ROW
            self._sum(painter, min(seen.bottom() + 1 - TOTAL, lowest), self.total)
        self._heads(painter, seen.top())


class Ledger(QWidget):
    """The sheet in a frame that scrolls; `show_rows` gives it heads, rows and the total."""

    def __init__(
        self, look: Look, *, name: str = "ledger", spoken: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._sheet = _Sheet(look, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.area = Scroll(self._sheet)
        self.area.verticalScrollBar().valueChanged.connect(lambda _at: self._sheet.update())
        column.addWidget(self.area)

    def show_rows(
        self, heads: Sequence[str], rows: Sequence[LedgerRow], total: LedgerRow | None = None
    ) -> None:
        """Show a sheet: heads are name, first figure, one for each cell, and the result."""
        sheet = self._sheet
        sheet.heads, sheet.rows, sheet.total = tuple(heads), tuple(rows), total
        lines = [*rows, *([total] if total else [])]
        told = (" ".join(t for t in (r.name, r.first, *r.cells, r.net) if t) for r in lines)
        self.setAccessibleDescription("\n".join((" ".join(heads), *told)))
        sheet.measure()
        sheet.setMinimumWidth(sheet.least_width())
        sheet.setFixedHeight(sheet.height_wanted())
        sheet.update()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._sheet.least_width(), self._sheet.height_wanted())

    def minimumSizeHint(self) -> QSize:
        return QSize(NAME, min(self._sheet.height_wanted(), HEAD + 2 * ROW))
