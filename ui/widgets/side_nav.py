"""侧栏: the pages of a window at its left edge; narrow, icons alone with their names as tips."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import capital
from ui.widgets import paint
from ui.widgets.key_hint import STEPS

ICON = 20
NARROW = 56
INSET = 8
TEXT_LEFT = 46


class Place(Struct, frozen=True):
    """A page: its name for the program, icon, label, and how much waits there (0: nothing)."""

    name: str
    icon: str
    label: str
    waiting: int = 0


class _Item(QAbstractButton):
    def __init__(self, look: Look, place: Place, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._place = place
        self.is_narrow = False
        self.setObjectName(f"nav_{place.name}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(capital(place.label))
        self.setFixedHeight(look.sizes.office_row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_waiting(place.waiting)

    @property
    def name(self) -> str:
        return self._place.name

    def show_waiting(self, count: int) -> None:
        self._waiting = count
        self.setAccessibleName(f"{self._place.label} {count or ''}".strip())
        self.setToolTip(self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW if self.is_narrow else self._look.sizes.office_nav, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, chosen = QPainter(self), self._look, self.isChecked()
        area = QRectF(self.rect()).adjusted(INSET, 0, -INSET, 0)
        radius = look.radii.control
        if chosen:
            paint.tinted(painter, look, area, "surface", edge="accent", radius=radius)
        elif self.underMouse():
            paint.box(painter, area, radius=radius, fill=look.colour("hover"))
        if self.hasFocus():
            edge = look.colour("accent")
            width = look.borders.focus
            inner = area if look.has_tints or not chosen else area.adjusted(4, 4, -4, -4)
            paint.box(painter, inner, radius=radius, border=edge, width=width)
        left = (self.width() - ICON) / 2 if self.is_narrow else area.left() + 14
        place = QRectF(left, (self.height() - ICON) / 2, ICON, ICON)
        paint.icon(painter, look, place, self._place.icon, "accent" if chosen else "ink_2")
        if self.is_narrow:
            self._paint_dot(painter, place)
            return
        right = area.right() - 12
        if self._waiting:
            small = look.font("small", True)
            count = str(self._waiting)
            box = QRectF(area.left(), 0, right - area.left(), self.height())
            ink = look.colour("warn_text")
            right -= paint.words(painter, box, count, font=small, colour=ink, align=paint.RIGHT) + 8
        text = QRectF(area.left() + TEXT_LEFT, 0, right - area.left() - TEXT_LEFT, self.height())
        font, ink = look.font("body", chosen), look.colour("ink" if chosen else "ink_2")
        paint.words(painter, text, self.text(), font=font, colour=ink)

    def _paint_dot(self, painter: QPainter, icon: QRectF) -> None:
        if self._waiting:
            dot = QRectF(icon.right() - 2, icon.top() - 4, 8, 8)
            paint.box(painter, dot, radius=4, fill=self._look.colour("warn"))


class SideNav(QWidget):
    """`chosen` gives the name of the page; arrows go up and down."""

    chosen = Signal(str)

    def __init__(self, look: Look, *, spoken: str, name: str = "nav") -> None:
        super().__init__()
        self._look = look
        self._items: list[_Item] = []
        self._is_narrow = False
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 12, 0, 12)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.set_narrow(False)

    def show_places(self, places: Sequence[Place]) -> None:
        """Show these, in this order; called once for each who logs in."""
        for item in self._items:
            self._column.removeWidget(item)
            item.deleteLater()
        self._items = [_Item(self._look, place, self) for place in places]
        for at, item in enumerate(self._items):
            item.is_narrow = self._is_narrow
            item.clicked.connect(lambda _on=True, i=item: self.chosen.emit(i.name))
            self._column.insertWidget(at, item)

    def set_current(self, name: str) -> None:
        """Mark a page as the one that shows, without a signal."""
        for item in self._items:
            item.setChecked(item.name == name)

    def show_waiting(self, name: str, count: int) -> None:
        """How much waits on a page."""
        for item in self._items:
            if item.name == name:
                item.show_waiting(count)

    def set_narrow(self, is_narrow: bool) -> None:
        """Icons alone."""
        self._is_narrow = is_narrow
        self.setFixedWidth(NARROW if is_narrow else self._look.sizes.office_nav)
        for item in self._items:
            item.is_narrow = is_narrow
            item.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        at = next((i for i, item in enumerate(self._items) if item.hasFocus()), -1)
        if step is None or at < 0:
            super().keyPressEvent(event)
            return
        item = self._items[(at + step) % len(self._items)]
        item.setFocus(Qt.FocusReason.OtherFocusReason)
        item.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        painter.fillRect(self.rect(), look.colour("ground"))
        edge = self.width() - look.borders.rule
        painter.fillRect(edge, 0, look.borders.rule, self.height(), look.colour("line"))
