"""横幅和通知: what the cashier must know now, with the action it asks for.

A banner (56 px) stands with the member; a notice (64 px) above the summary, for printer and disk.
Neither takes the focus, and a notice stays until it is answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets import paint
from ui.widgets.button import Button
from ui.widgets.words import Words

ICON = 24
SHORT, NARROW = 700, 480
TITLE_LINES, MOST_TITLE_LINES, MOST_LINES = 3, 4, 6
CODE = re.compile(r"([0-9A-Z]{4})[0-9A-Z-]{6,}([0-9A-Z]{4})")
TONES = {
    "good": ("accent_tint", "accent", "accent_text"),
    "warn": ("warn_tint", "warn", "warn_text"),
    "danger": ("danger_tint", "danger", "danger_text"),
}


class Action(Struct, frozen=True):
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
        self.buttons = [self._button(action, name) for action in actions]
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(left + ICON + 12, 0, 6 if radius else 18, 0)
        self._row.setSpacing(look.space[3] if radius else 14)
        self._row.addLayout(self._words(), 1)
        self._row.addLayout(self._acts(self._row.spacing()))

    def _words(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self.title)
        column.addWidget(self.line)
        column.addStretch(1)
        return column

    def _acts(self, spacing: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(spacing)
        row.addStretch(1)
        for button in self.buttons:
            row.addWidget(button)
        return row

    def _button(self, action: Action, name: str) -> Button:
        own_name = f"{name}_{action.name}" if name else action.name
        button = Button(self._look, action.label, icon=action.icon, key=action.key, name=own_name)
        button.clicked.connect(lambda: self.answered.emit(action.name))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, colour = QPainter(self), self._look, self._look.colour(self._rail)
        paint.tinted(painter, look, self.rect(), self._tint, edge=self._rail, radius=self._radius)
        if look.has_tints:
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
    """A notice over the full width: something needs a hand, selling goes on.

    Folded it is its title; its one button shows the rest.
    """

    def __init__(
        self,
        look: Look,
        title: str,
        line: str = "",
        *,
        tone: str = "warn",
        icon: str = "alert",
        actions: Sequence[Action] = (),
        left: int = 32,
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
            left=left,
            radius=0,
            name=name,
            parent=parent,
        )
        self._title = title
        self._usual = look.sizes.notice
        self._is_folded = False
        self.unfold = Button(look, tr("详情"), name=f"{name}_unfold")
        self.unfold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.unfold.clicked.connect(lambda: self.set_folded(False))
        self.unfold.hide()
        self._row.addWidget(self.unfold)

    def set_folded(self, is_folded: bool) -> None:
        """The title, or all of it; a title alone has nothing to fold."""
        has_more = bool(self.line.text() or self.buttons)
        self._is_folded = is_folded and has_more
        self.line.setVisible(bool(self.line.text()) and not self._is_folded)
        for button in self.buttons:
            button.setVisible(not self._is_folded)
        self.unfold.setVisible(self._is_folded)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """With little room keys are left out and the line wraps, at last buttons go below."""
        self.title.setText(self._title)
        if self._is_folded:
            self._fit_folded()
            return
        for button in self.buttons:
            button.set_key_shown(self.width() >= SHORT)
        is_narrow = self.width() < NARROW or self._title_lines(self._acts_width()) > TITLE_LINES
        along, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if is_narrow else along)
        margins = self._row.contentsMargins()
        edge = self._look.space[2] if is_narrow else 0
        self._row.setContentsMargins(margins.left(), edge, margins.right(), edge)
        self._row.setSpacing(self._look.space[1] if is_narrow else 14)
        lines = self._lines(is_narrow=is_narrow)
        self.line.set_wrapped(lines)
        self._wrap_title(acts=0 if is_narrow else self._acts_width())
        self.setFixedHeight(self._height(is_narrow=is_narrow))

    def _fit_folded(self) -> None:
        margins = self._row.contentsMargins()
        self._row.setDirection(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(margins.left(), 0, margins.right(), 0)
        self._row.setSpacing(self._look.space[3])
        self._wrap_title(acts=self.unfold.sizeHint().width() + self._row.spacing())
        least = self._look.sizes.control + self._look.space[2]
        self.setFixedHeight(max(least, self.title.height() + self._look.space[2]))

    def _lines(self, *, is_narrow: bool) -> int:
        """How many the line takes, beside the buttons or above them."""
        margins = self._row.contentsMargins()
        acts = 0 if is_narrow else self._acts_width()
        room = max(self.width() - margins.left() - margins.right() - acts, 1)
        return min(max(paint.lines(self.line.text(), self.line.font(), room), 1), MOST_LINES)

    def _title_lines(self, acts: int) -> int:
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - acts
        return paint.lines(self.title.text(), self.title.font(), max(room, 1))

    def _acts_width(self) -> int:
        gap = self._row.spacing()
        return sum(each.sizeHint().width() + gap for each in self.buttons)

    def _height(self, *, is_narrow: bool) -> int:
        line = 0 if self.line.isHidden() else self.line.height()
        words = self.title.height() + line + self._look.space[3]
        if is_narrow and self.buttons:
            words += self._look.sizes.control + self._look.space[3]
        return max(self._usual, words)

    def _wrap_title(self, *, acts: int) -> None:
        """A title that one line would cut has more: what is wrong stands at its end.

        Of what is too long all the same, codes keep their ends.
        """
        if self._title_lines(acts) > TITLE_LINES:
            self.title.setText(CODE.sub(r"\1…\2", self._title))
        self.title.set_wrapped(min(max(self._title_lines(acts), 1), MOST_TITLE_LINES))
        if self.title.height() <= self._look.line("body"):
            self.title.setFixedHeight(self._look.line("small") + 2)
