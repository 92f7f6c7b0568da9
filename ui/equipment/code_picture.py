"""测试码: a bar code or a QR code on the screen, drawn as shapes, always dark on white."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import Look
from ui.widgets import paint

QUIET_BARS, QUIET_SQUARES = 10, 4
WORDS = 30
TOP = 16


class CodePicture(QWidget):
    """`show_code(kind, code)` with a kind of KINDS; the code stands below the bars."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._kind, self._code = "ean13", ""
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_code(self, kind: str, code: str) -> None:
        """Show another one."""
        self._kind, self._code = kind, code
        self.setAccessibleName(code)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(440, 182)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 132)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        paint.box(
            painter,
            self.rect(),
            radius=look.radii.big_control,
            fill=QColor(Qt.GlobalColor.white),
            border=look.colour("line_strong"),
            width=look.borders.control,
        )
        if not self._code:
            return
        room = QRectF(self.rect()).adjusted(8, TOP, -8, -TOP)
        words = QRectF(room.left(), room.bottom() - WORDS, room.width(), WORDS)
        font = look.font_px(20, bold=False, letter_spacing=2.0)
        if self._kind == "qr":
            room.adjust(0, -6, 0, -WORDS + 6)
            self._squares(painter, room)
            font = look.font("small")
        else:
            self._bars(painter, room.adjusted(0, 0, 0, -WORDS - 6))
        paint.words(
            painter,
            words,
            self._code,
            font=font,
            colour=QColor(Qt.GlobalColor.black),
            align=paint.CENTRE,
        )

    def _bars(self, painter: QPainter, room: QRectF) -> None:
        modules = bars_of(self._kind, self._code)
        wide = max(1, int(room.width() // (len(modules) + 2 * QUIET_BARS)))
        left = int(room.center().x() - wide * len(modules) / 2)
        for start, end in runs(modules):
            bar = QRectF(left + start * wide, room.top(), (end - start) * wide, room.height())
            painter.fillRect(bar, Qt.GlobalColor.black)

    def _squares(self, painter: QPainter, room: QRectF) -> None:
        rows = squares_of(self._code)
        wide = max(1, int(room.height() // (len(rows) + QUIET_SQUARES)))
        left = int(room.center().x() - wide * len(rows) / 2)
        top = int(room.center().y() - wide * len(rows) / 2)
        for at, row in enumerate(rows):
            for start, end in runs(row):
                square = QRectF(left + start * wide, top + at * wide, (end - start) * wide, wide)
                painter.fillRect(square, Qt.GlobalColor.black)


def bars_of(kind: str, code: str) -> str:
    """The modules of a bar code, 1 for dark."""
    from barcode import EAN13, Code128

    drawn = EAN13(code) if kind == "ean13" else Code128(code)
    return str(drawn.build()[0])


def squares_of(code: str) -> list[str]:
    """The rows of a QR code, 1 for dark."""
    import segno

    return ["".join(map(str, row)) for row in segno.make_qr(code, error="m").matrix]


def runs(modules: str) -> Iterator[tuple[int, int]]:
    """Where dark modules begin and end."""
    for run in re.finditer("1+", modules):
        yield run.span()
