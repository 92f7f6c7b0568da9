"""页眉: seal, name and place on the left; on the right the machine, who sells, and the time."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui.look import Look
from ui.widgets import paint
from ui.widgets.words import Words

ICON = 18
GAP = 8
PADDING = 14
GROUNDS = {"plain": "", "good": "", "warn": "warn_tint", "danger": "danger_tint"}
EDGES = {"warn": "warn", "danger": "danger"}
ICONS = {"plain": "ink_2", "good": "accent", "warn": "warn_text", "danger": "danger_text"}
INKS = {"plain": "ink_2", "good": "ink_2", "warn": "warn_text", "danger": "danger_text"}


class Status(Struct, frozen=True):
    """One thing to know at a glance: icon, word, and a tone of plain, good, warn or danger."""

    name: str
    icon: str
    text: str
    tone: str = "plain"


class _Seal(QWidget):
    def __init__(self, look: Look, character: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._character = character
        self.setFixedSize(look.sizes.seal, look.sizes.seal)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        paint.box(painter, self.rect(), radius=look.radii.chip, fill=look.colour("accent"))
        paint.words(
            painter,
            self.rect(),
            self._character,
            font=look.font("item", True),
            colour=look.colour("on_accent"),
            align=paint.CENTRE,
        )


class _Item(QAbstractButton):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._status = Status("", "online", "")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_status(self, status: Status) -> None:
        if status == self._status:
            return
        self._status = status
        self.setObjectName(f"status_{status.name}")
        self.setAccessibleName(status.text)
        self.setText(status.text)
        is_urgent = status.tone in EDGES
        across = QSizePolicy.Policy.Fixed if is_urgent else QSizePolicy.Policy.Maximum
        self.setSizePolicy(across, QSizePolicy.Policy.Expanding)
        self.updateGeometry()
        self.update()

    def status(self) -> Status:
        return self._status

    def _font(self) -> QFont:
        return self._look.font("small", self._status.tone in ("warn", "danger"))

    def sizeHint(self) -> QSize:
        width = paint.advance(self._font(), self._status.text)
        return QSize(PADDING + ICON + GAP + width + PADDING, self._look.sizes.header)

    def minimumSizeHint(self) -> QSize:
        """What is as usual may be cut where there is much to say; its icon stays."""
        return QSize(PADDING + ICON + PADDING, self._look.sizes.header)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_cut = self.width() < self.sizeHint().width()
        self.setToolTip(self._status.text if is_cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, tone = QPainter(self), self._look, self._status.tone
        ground = GROUNDS[tone] or ("hover" if self.underMouse() else "")
        if tone in EDGES:
            paint.tinted(painter, look, self.rect(), ground, edge=EDGES[tone])
        elif ground:
            painter.fillRect(self.rect(), look.colour(ground))
        square = QRectF(PADDING, (self.height() - ICON + 1) // 2, ICON, ICON)
        paint.icon(painter, look, square, self._status.icon, ICONS[tone])
        place = self.rect().adjusted(PADDING + ICON + GAP, 1, -GAP, 0)
        paint.words(
            painter, place, self._status.text, font=self._font(), colour=look.colour(INKS[tone])
        )


class Header(QWidget):
    """The header; `opened` tells which status was clicked, by its name."""

    opened = Signal(str)

    def __init__(
        self,
        look: Look,
        name: str,
        place: str = "",
        *,
        seal: str = "熟",
        object_name: str = "header",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._items: list[_Item] = []
        self.setObjectName(object_name)
        self.setFixedHeight(look.sizes.header)
        self.place = Words(
            look, place, "small", "ink_2", elides=True, keeps_end=True, name="header_place"
        )
        self.clock = Words(look, "", "amount", name="header_clock")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(0)
        self._row.addWidget(_Seal(look, seal, self))
        self._row.addSpacing(12)
        self._row.addWidget(Words(look, name, "item", bold=True))
        self._row.addSpacing(12)
        self._row.addWidget(self.place, 1)
        self._row.addSpacing(8)
        self._row.addWidget(self.clock)

    def set_place(self, place: str) -> None:
        """Where we are: store and till."""
        self.place.setText(place)

    def add(self, words: Words) -> None:
        """Words at the right end."""
        self._row.addWidget(words)

    def set_clock(self, text: str) -> None:
        """The time, already in words."""
        self.clock.setText(text)

    def set_status(self, statuses: Sequence[Status]) -> None:
        """Show these things at the right, in this order."""
        while len(self._items) < len(statuses):
            item = _Item(self._look, self)
            item.clicked.connect(lambda _checked=False, i=item: self.opened.emit(i.status().name))
            self._row.insertWidget(self._row.count() - 2, item)
            self._items.append(item)
        for item, status in zip(self._items, statuses, strict=False):
            item.show_status(status)
            item.show()
        for item in self._items[len(statuses) :]:
            item.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        painter.fillRect(self.rect(), look.colour("ground"))
        base = self.height() - look.borders.rule
        painter.fillRect(0, base, self.width(), look.borders.rule, look.colour("line"))
