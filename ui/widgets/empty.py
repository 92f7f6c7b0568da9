"""空: a page with nothing on it says so in one sentence, and offers a few things to do."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets import paint
from ui.widgets.key_hint import ENTER, key_width, paint_key
from ui.widgets.words import Words

ICON = 24
TEXT_LEFT = 44
ROW = 72


class Offer(Struct, frozen=True):
    """One thing to do: name, icon, title, a line, its key; without `acts` it only says how."""

    name: str
    icon: str
    title: str
    line: str = ""
    key: str = ""
    acts: bool = True


class _Row(QAbstractButton):
    def __init__(self, look: Look, offer: Offer, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._offer = offer
        self.setObjectName(f"offer_{offer.name}")
        self.setAccessibleName(offer.title)
        self.setAccessibleDescription(offer.line)
        self.setText(offer.title)
        self.setFixedHeight(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = Qt.FocusPolicy.TabFocus if offer.acts else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        if offer.acts:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(320, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, offer = QPainter(self), self._look, self._offer
        if offer.acts and (self.underMouse() or self.isDown()):
            painter.fillRect(self.rect(), look.colour("selected" if self.isDown() else "hover"))
        square = QRectF(2, (ROW - ICON) / 2, ICON, ICON)
        paint.icon(painter, look, square, offer.icon, "accent")
        right = float(self.width())
        if offer.key:
            right -= key_width(look, offer.key)
            paint_key(painter, look, left=right, middle=ROW / 2, key=offer.key)
        room = max(right - TEXT_LEFT - 16, 0.0)
        top = QRectF(TEXT_LEFT, 12 if offer.line else 23, room, look.line("item"))
        ink = look.colour("ink")
        paint.words(painter, top, offer.title, font=look.font("item"), colour=ink)
        low = QRectF(TEXT_LEFT, top.bottom() - 1, room, look.line("small"))
        ink = look.colour("ink_2")
        paint.words(painter, low, offer.line, font=look.font("small"), colour=ink)
        rule = look.borders.focus if self.hasFocus() else look.borders.rule
        colour = look.colour("accent" if self.hasFocus() else "line")
        painter.fillRect(QRectF(0, ROW - rule, self.width(), rule), colour)


class Empty(QWidget):
    """The sentence, the line and the offers; `chosen` gives the name of the one pressed."""

    chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        title: str,
        line: str = "",
        *,
        offers: Sequence[Offer] = (),
        margins: tuple[int, int, int, int] = (76, 36, 72, 16),
        name: str = "empty",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._rows: list[_Row] = []
        self.setObjectName(name)
        self.title = Words(look, title, "figure", elides=True, name=f"{name}_title")
        self.line = Words(look, line, "body", "ink_2", halves=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*margins)
        self._column.setSpacing(0)
        self._column.addWidget(self.title)
        self._column.addSpacing(4)
        self._column.addWidget(self.line)
        self._column.addSpacing(18)
        self._column.addStretch(1)
        self.set_offers(offers)

    def set_words(self, title: str, line: str = "") -> None:
        """Change the sentence and its line."""
        self.title.setText(title)
        self.line.setText(line)

    def focus(self) -> None:
        """The keys to the first thing that can be done: Enter does it."""
        for row in self._rows:
            if row.focusPolicy() != Qt.FocusPolicy.NoFocus:
                row.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def set_offers(self, offers: Sequence[Offer]) -> None:
        """Offer these things instead."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [_Row(self._look, offer, self) for offer in offers]
        for row, offer in zip(self._rows, offers, strict=True):
            if offer.acts:
                row.clicked.connect(lambda _on=False, o=offer: self.chosen.emit(o.name))
            self._column.insertWidget(self._column.count() - 1, row)
