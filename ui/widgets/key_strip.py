"""按键条: the keys of the page along the bottom edge, each also a button."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui.look import Look
from ui.widgets import paint
from ui.widgets.key_hint import key_width, paint_key

GAP = 8


class Key(Struct, frozen=True):
    """One cell: the key's name, what it does, whether it can now, whether it is the main act."""

    key: str
    label: str
    enabled: bool = True
    accent: bool = False
    name: str = ""


class _Cell(QAbstractButton):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._key = Key("", "")
        self.is_first = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def show_key(self, key: Key) -> None:
        if key == self._key:
            return
        self._key = key
        self.setObjectName(key.name or f"key_{key.key}")
        self.setAccessibleName(f"{key.label} {key.key}")
        self.setText(key.label)
        self.setEnabled(key.enabled)
        self.update()

    def key(self) -> str:
        return self._key.key

    def _roles(self) -> tuple[str, str, str]:
        if not self.isEnabled():
            return "disabled_ink", "disabled_ink", "line"
        return ("accent_text" if self._key.accent else "ink"), "ink_2", "line_strong"

    def need(self, style: str) -> int:
        """The width below which its words are cut, or are set smaller than `style`."""
        font = self._look.font(style, self._key.accent)
        words = key_width(self._look, self._key.key) + (GAP if style == "body" else GAP // 2)
        return words + paint.advance(font, self._key.label) + 2 * self._look.space[1]

    def sizeHint(self) -> QSize:
        return QSize(self._look.sizes.hit_min, self._look.sizes.key_strip)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            role = "selected" if self.isDown() else "hover"
            painter.fillRect(self.rect().adjusted(1, 1, 0, 0), look.colour(role))
        if not self.is_first:
            painter.fillRect(0, 0, look.borders.rule, self.height(), look.colour("line"))
        ink, hint, border = self._roles()
        font = look.font("body", self._key.accent and self.isEnabled())
        room = self.width() - 2 * look.space[1]
        box = key_width(look, self._key.key)
        if box + GAP + paint.advance(font, self._key.label) > room:
            font = look.font("small", self._key.accent and self.isEnabled())
        gap = GAP if box + GAP + paint.advance(font, self._key.label) <= room else GAP // 2
        label = min(paint.advance(font, self._key.label), room - box - gap)
        left = round((self.width() - box - gap - label) / 2)
        middle = self.height() / 2
        paint_key(
            painter, look, left=left, middle=middle, key=self._key.key, role=hint, border=border
        )
        place = self.rect().adjusted(left + box + gap, 0, 0, 0)
        place.setWidth(label)
        paint.words(painter, place, self._key.label, font=font, colour=look.colour(ink))


class KeyStrip(QWidget):
    """The strip of keys; `pressed` tells which one was clicked, by its key's name."""

    pressed = Signal(str)

    def __init__(
        self,
        look: Look,
        keys: Sequence[Key] = (),
        *,
        height: int | None = None,
        name: str = "key_strip",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._cells: list[_Cell] = []
        self._keys: Sequence[Key] = []
        self.setObjectName(name)
        self.setFixedHeight(height or look.sizes.key_strip)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.set_keys(keys)

    def set_keys(self, keys: Sequence[Key]) -> None:
        """Show these keys; cells are kept, so that nothing flickers."""
        if keys == self._keys:
            return
        self._keys = list(keys)
        while len(self._cells) < len(keys):
            cell = _Cell(self._look, self)
            cell.is_first = not self._cells
            cell.clicked.connect(lambda _checked=False, cell=cell: self.pressed.emit(cell.key()))
            self._row.addWidget(cell, 1)
            self._cells.append(cell)
        for cell, key in zip(self._cells, keys, strict=False):
            cell.show_key(key)
            cell.show()
        for cell in self._cells[len(keys) :]:
            cell.hide()
        self._share_room()

    def _share_room(self) -> None:
        """All cells alike; where the words of one are too long for that, each as it needs."""
        shown = [cell for cell in self._cells if not cell.isHidden()]
        needs = [cell.need("body") for cell in shown]
        if sum(needs) > self.width():
            needs = [cell.need("small") for cell in shown]
        is_even = max(needs, default=0) * len(shown) <= self.width()
        for cell, need in zip(shown, needs, strict=True):
            self._row.setStretchFactor(cell, 1 if is_even else need)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        painter.fillRect(self.rect(), look.colour("ground"))
        painter.fillRect(0, 0, self.width(), look.borders.rule, look.colour("line"))
