"""Buttons: primary, secondary, text, quiet, inverse and danger, with an icon and a key hint.

One primary a screen. Money going out is `inverse`; `danger` only for what cannot be undone. The
label is a verb. A click does not take the focus from the input; Tab reaches every button.
"""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.look import Look
from ui.widgets import paint
from ui.widgets.key_hint import key_width, paint_key


class Kind(Struct, frozen=True):
    """How one kind of button is painted: colour roles and weight."""

    fill: str
    hover: str
    press: str
    ink: str
    border: str
    bold: bool


KINDS = {
    "primary": Kind("accent", "accent_hover", "accent_press", "on_accent", "", True),
    "secondary": Kind("surface", "hover", "selected", "ink", "line_strong", False),
    "text": Kind("", "", "", "accent_text", "", True),
    "quiet": Kind("", "hover", "selected", "ink", "", True),
    "inverse": Kind("inverse", "ink_2", "ink_2", "on_inverse", "", True),
    "danger": Kind("danger", "danger_text", "danger_text", "on_danger", "", True),
}
FILLED = ("primary", "inverse", "danger")
GAP = 8
LEAST_PADDING = 8


class Button(QAbstractButton):
    """A button: `kind` of KINDS, with an optional icon before and key hint after its label."""

    def __init__(
        self,
        look: Look,
        label: str = "",
        *,
        kind: str = "secondary",
        icon: str = "",
        key: str = "",
        height: int | None = None,
        name: str = "",
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._kind_name = kind
        self._kind = KINDS[kind]
        self._icon_name = icon
        self._key = key
        self._is_key_shown = True
        self._spoken = spoken
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        default = look.sizes.primary if kind == "primary" else look.sizes.control
        self.setFixedHeight(height or default)
        self.set_label(label)

    @property
    def is_large(self) -> bool:
        """Whether the label is set in the action style: filled and at least 56 high."""
        return self._kind_name in FILLED and self.height() >= self._look.sizes.choice

    def set_label(self, label: str) -> None:
        """Change the words on the button."""
        if label and label == self.text():
            return
        self.setText(label)
        self.setAccessibleName(self._spoken or label)
        self.updateGeometry()

    def set_hint(self, key: str) -> None:
        """Another key does it now."""
        if key != self._key:
            self._key = key
            self.updateGeometry()
            self.update()

    def setEnabled(self, is_enabled: bool, /) -> None:
        """A large button that waits is narrower: it shows no key."""
        super().setEnabled(is_enabled)
        self.updateGeometry()

    def set_spoken(self, spoken: str) -> None:
        """Change the name that screen readers and tests find."""
        self._spoken = spoken
        self.setAccessibleName(spoken or self.text())

    def set_key(self, key: str) -> None:
        """Change the hint of the key that presses it; "" for none."""
        self._key = key
        self.updateGeometry()

    def is_pressed_by(self, event: QKeyEvent) -> bool:
        """Whether this is the key of its hint, wherever on the keyboard it lies."""
        key = QKeySequence(event.keyCombination()).toString().replace("Num+", "")
        return bool(self._key) and key == self._key

    def set_key_shown(self, is_shown: bool) -> None:
        """Whether there is room for the key's hint; the key works all the same."""
        if is_shown != self._is_key_shown:
            self._is_key_shown = is_shown
            self.updateGeometry()

    def _style(self) -> tuple[str, bool]:
        if self.is_large:
            return "action", self._kind.bold and self.isEnabled()
        return "body", self._kind.bold

    def _content_width(self, *, has_key: bool, has_icon: bool = True) -> int:
        style, bold = self._style()
        parts = []
        if self._icon_name and has_icon:
            parts.append(self._icon_size())
        if self.text():
            parts.append(paint.advance(self._look.font(style, bold), self.text()))
        if has_key:
            parts.append(key_width(self._look, self._key, large=self.is_large))
        return sum(parts) + self._gap() * max(len(parts) - 1, 0)

    def _shows_key(self) -> bool:
        """The hint is the first to go where there is no room; the key works all the same."""
        return bool(self._key) and self._is_key_shown and (self.isEnabled() or not self.is_large)

    def _gap(self) -> int:
        return 2 * GAP if self.is_large else GAP

    def _icon_size(self) -> int:
        return 24 if self.is_large or not self.text() else 20

    def _padding(self) -> int:
        if self._kind_name == "text" or not self.text():
            return 0
        return 16 if self._icon_name or self._key or self.is_large else 12

    def _least_padding(self) -> int:
        return min(self._padding(), LEAST_PADDING)

    def _ink(self) -> str:
        if self.isEnabled():
            return self._kind.ink
        # a large button that waits says what it waits for, so its words must stay readable
        return "ink_3" if self.is_large else "disabled_ink"

    def _paint_ground(self, painter: QPainter) -> None:
        look, kind = self._look, self._kind
        fill = kind.press if self.isDown() else kind.hover if self.underMouse() else kind.fill
        if not self.isEnabled():
            fill = "disabled_fill" if self._kind_name in FILLED else ""
        border = kind.border
        if not self.isEnabled() and (border or not look.has_tints):
            border = "line"
        big = self.height() >= look.sizes.tender
        radius = look.radii.big_control if big else look.radii.control
        paint.box(
            painter,
            self.rect(),
            radius=radius,
            fill=look.colour(fill) if fill else None,
            border=look.colour(border) if border else None,
            width=look.borders.control,
        )
        if self.hasFocus():
            self._paint_focus(painter, radius)

    def _paint_focus(self, painter: QPainter, radius: int) -> None:
        look = self._look
        if self._kind_name == "text":
            line = QRectF(0, self.height() / 2 + 12, self.width(), look.borders.focus)
            painter.fillRect(line, look.colour("accent"))
        elif self._kind_name in FILLED:
            inner = QRectF(self.rect()).adjusted(4, 4, -4, -4)
            edge = look.colour(self._kind.ink)
            paint.box(painter, inner, radius=radius - 3, border=edge, width=look.borders.focus)
        else:
            edge = look.colour("accent")
            paint.box(painter, self.rect(), radius=radius, border=edge, width=look.borders.focus)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if self.isEnabled() else Qt.CursorShape.ArrowCursor
        )

    def sizeHint(self) -> QSize:
        width = self._content_width(has_key=self._shows_key()) + 2 * self._padding()
        if self._kind.border:
            width += 2 * self._look.borders.control
        return QSize(max(width, self._look.sizes.hit_min), self.height())

    def minimumSizeHint(self) -> QSize:
        """In a narrow window the words keep their room; key, icon and the air around give way."""
        hint = self.sizeHint()
        if not self.text():
            return hint
        least = self._content_width(has_key=False, has_icon=False) + 2 * self._least_padding()
        return QSize(min(max(least, self._look.sizes.hit_min), hint.width()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        look, height, middle = self._look, self.height(), self.height() / 2
        style, bold = self._style()
        ink = self._ink()
        padding = self._least_padding()
        full = self.width() - 2 * padding
        has_key = self._shows_key() and self._content_width(has_key=True) <= full
        has_icon = not self.text() or self._content_width(has_key=has_key) <= full
        content = self._content_width(has_key=has_key, has_icon=has_icon)
        left = float(max((self.width() - content) // 2, padding))
        if self._kind_name == "text" and self.text():
            left = float(max(self.width() - content, 0))
        if self._icon_name and has_icon:
            size = self._icon_size()
            rect = QRectF(left, middle - size / 2, size, size)
            paint.icon(painter, look, rect, self._icon_name, ink)
            left += size + self._gap()
        if self.text():
            room = QRectF(left, 0, self.width() - left - padding, height)
            font = look.font(style, bold)
            left += paint.words(painter, room, self.text(), font=font, colour=look.colour(ink))
            left += self._gap()
        if has_key:
            filled = self._kind_name in FILLED
            role = ink if filled or not self.isEnabled() else "ink_2"
            border = ink if filled else "line_strong" if self.isEnabled() else "line"
            paint_key(
                painter,
                look,
                left=left,
                middle=middle,
                key=self._key,
                role=role,
                border=border,
                large=self.is_large,
            )
