"""试单的行: goods with both prices at the right; pressed, it is the one whose number is changed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.look import Look
from ui.manage.rules.try_state import TryLine
from ui.widgets import paint

FIGURE = 84
RAIL = 4


class TryHead(QWidget):
    """What stands in the two columns of figures."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._heads = ("", "")
        self.setFixedHeight(look.sizes.table_head)

    def show_heads(self, held: str, draft: str) -> None:
        """The names of the two."""
        self._heads = (held, draft)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        for place, words in zip(_places(self), self._heads, strict=True):
            ink, font = look.colour("ink_2"), look.font("caption")
            paint.words(painter, place, words, font=font, colour=ink, align=paint.RIGHT)
        line = QRectF(0, self.height() - 1, self.width(), look.borders.rule)
        painter.fillRect(line, look.colour("line_strong"))


class TryRow(QAbstractButton):
    """48 px; the price of the draft is bold, and in the accent where it is another."""

    def __init__(self, look: Look, line: TryLine, *, name: str) -> None:
        super().__init__()
        self._look, self._line = look, line
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.sizes.office_row)
        self.setAccessibleName(" ".join((line.name, line.held, line.draft)))
        self.setToolTip(line.name)

    def sizeHint(self) -> QSize:
        return QSize(280, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, line = QPainter(self), self._look, self._line
        if self.isChecked() or self.underMouse():
            fill = "selected" if self.isChecked() else "hover"
            painter.fillRect(self.rect(), look.colour(fill))
        if self.isChecked() or self.hasFocus():
            painter.fillRect(0, 0, RAIL, self.height(), look.colour("accent"))
        held, draft = _places(self)
        name = QRectF(
            RAIL + look.space[2], 0, held.left() - RAIL - 2 * look.space[2], self.height()
        )
        body = look.font("body")
        paint.words(painter, name, line.name, font=body, colour=look.colour("ink"))
        grey, right = look.colour("ink_2"), paint.RIGHT
        paint.words(painter, held, line.held, font=body, colour=grey, align=right)
        ink = look.colour("accent_text" if line.is_other else "ink")
        bold = look.font("body", True)
        paint.words(painter, draft, line.draft, font=bold, colour=ink, align=right)
        rule = QRectF(0, self.height() - 1, self.width(), look.borders.rule)
        painter.fillRect(rule, look.colour("line"))


def _places(widget: QWidget) -> tuple[QRectF, QRectF]:
    """Where the two figures stand."""
    wide, high = widget.width(), widget.height()
    return (
        QRectF(wide - 2 * FIGURE - 8, 0, FIGURE, high),
        QRectF(wide - FIGURE - 8, 0, FIGURE, high),
    )
