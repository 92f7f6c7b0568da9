"""横幅和通知: what the cashier must know now, with the action it asks for.

A banner (56 px) stands with the member; a notice (64 px) above the summary, for printer and disk.
Neither takes the focus, and a notice stays until it is answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets import paint
from ui.widgets.button import Button
from ui.widgets.words import Words

ICON = 24
TONES = {
    "good": ("accent_tint", "accent", "accent_text"),
    "warn": ("warn_tint", "warn", "warn_text"),
    "danger": ("danger_tint", "danger", "danger_text"),
}


@dataclass(frozen=True, slots=True)
class Action:
    """One button of a banner or notice: its name for the program, its label, its key."""

    name: str
    label: str
    key: str = ""
    icon: str = ""


class _Strip(QWidget):
    """Tint, rail, icon, bold title and one line; the actions at the right."""

    answered = Signal(str)

    def __init__(
        self,
        look: Look,
        title: str,
        line: str,
        *,
        tone: str,
        icon: str,
        actions: Sequence[Action],
        height: int,
        left: int,
        radius: int,
        name: str,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._tint, self._rail, self._text = TONES[tone]
        self._icon_name = icon
        self._left = left
        self._radius = radius
        self.setObjectName(name)
        self.setAccessibleName(f"{title} {line}".strip())
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.title = Words(look, title, "body", self._text, bold=True, elides=True)
        self.line = Words(look, line, "small", "ink", elides=True)
        self.title.setFixedHeight(look.line("small") + 2)
        if not line:
            self.line.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(left + ICON + 12, 0, 6 if radius else 18, 0)
        row.setSpacing(look.space[3] if radius else 14)
        row.addLayout(self._words(), 1)
        for action in actions:
            row.addWidget(self._button(action, name))

    def _words(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self.title)
        column.addWidget(self.line)
        column.addStretch(1)
        return column

    def _button(self, action: Action, name: str) -> Button:
        own_name = f"{name}_{action.name}" if name else action.name
        button = Button(self._look, action.label, icon=action.icon, key=action.key, name=own_name)
        button.clicked.connect(lambda: self.answered.emit(action.name))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        paint.box(painter, self.rect(), radius=self._radius, fill=look.colour(self._tint))
        colour = look.colour(self._rail)
        paint.rail(painter, self.rect(), colour, width=look.borders.rail, radius=self._radius)
        square = QRectF(self._left, (self.height() - ICON) / 2, ICON, ICON)
        paint.icon(painter, look, square, self._icon_name, self._text)


class Banner(_Strip):
    """A banner: `good`, `warn` or `danger`, at most one action; `answered` gives its name."""

    def __init__(
        self,
        look: Look,
        title: str,
        line: str = "",
        *,
        tone: str = "good",
        icon: str = "alert",
        action: Action | None = None,
        name: str = "banner",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            title,
            line,
            tone=tone,
            icon=icon,
            actions=[action] if action else [],
            height=look.sizes.banner,
            left=16,
            radius=look.radii.chip,
            name=name,
            parent=parent,
        )


class Notice(_Strip):
    """A notice over the full width: something needs a hand, selling goes on."""

    def __init__(
        self,
        look: Look,
        title: str,
        line: str = "",
        *,
        tone: str = "warn",
        icon: str = "alert",
        actions: Sequence[Action] = (),
        name: str = "notice",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            title,
            line,
            tone=tone,
            icon=icon,
            actions=actions,
            height=look.sizes.notice,
            left=32,
            radius=0,
            name=name,
            parent=parent,
        )
