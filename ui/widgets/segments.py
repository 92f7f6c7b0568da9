"""分段: a row of 44 px choices of which one holds, each with its count."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ui.look import Look
from ui.text import capital
from ui.widgets import paint

PADDING, LEAST_PADDING = 11, 4
GAP = 8
TAB = Qt.FocusPolicy.TabFocus


class Segment(Struct, frozen=True):
    """One choice: its name for the program, its label, and how many there are behind it."""

    name: str
    label: str
    count: str = ""


class _Part(QAbstractButton):
    def __init__(self, look: Look, segment: Segment, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.segment = segment
        self.setCheckable(True)
        self._be_stop(False)
        self.toggled.connect(self._be_stop)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.sizes.control)
        self.setText(capital(segment.label))
        self.setAccessibleName(f"{segment.label} {segment.count}".strip())

    def _be_stop(self, is_chosen: bool) -> None:
        """Tab comes to the one that holds; arrows go on from there."""
        tab, none = Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(tab if is_chosen else none)

    def set_count(self, count: str) -> None:
        """So many are behind it now."""
        self.segment = replace(self.segment, count=count)
        self.setAccessibleName(f"{self.segment.label} {count}".strip())
        self.updateGeometry()
        self.update()

    def set_label(self, label: str) -> None:
        """It is called so now."""
        self.segment = replace(self.segment, label=label)
        self.setText(capital(label))
        self.set_count(self.segment.count)

    def sizeHint(self) -> QSize:
        width = paint.advance(self._look.font("body", True), self.text())
        if self.segment.count:
            width += GAP + paint.advance(self._look.font("small"), self.segment.count)
        return QSize(max(width + 2 * PADDING, self._look.sizes.hit_min), self.height())

    def minimumSizeHint(self) -> QSize:
        """In a narrow window the words keep their room, and what is around them gives way."""
        hint = self.sizeHint()
        least = hint.width() - 2 * (PADDING - LEAST_PADDING)
        return QSize(max(least, self._look.sizes.hit_min), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, chosen = QPainter(self), self._look, self.isChecked()
        framed = chosen or self.hasFocus()
        fill = "accent_tint" if chosen else "hover" if self.underMouse() else "surface"
        paint.box(
            painter,
            self.rect(),
            radius=look.radii.control,
            fill=look.colour(fill),
            border=look.colour("accent" if framed else "line_strong"),
            width=look.borders.chosen if framed else look.borders.control,
        )
        if chosen and self.hasFocus():
            inner = QRectF(self.rect()).adjusted(4, 4, -4, -4)
            edge, radius = look.colour("accent"), look.radii.control - 3
            paint.box(painter, inner, radius=radius, border=edge, width=look.borders.focus)
        font, small = look.font("body", chosen), look.font("small")
        width = paint.advance(font, self.text())
        if self.segment.count:
            width += GAP + paint.advance(small, self.segment.count)
        left = (self.width() - width) / 2
        ink = look.colour("ink")
        place = QRectF(left, 0, self.width() - left, self.height())
        left += paint.words(painter, place, self.text(), font=font, colour=ink) + GAP
        place.setLeft(left)
        ink = look.colour("ink_2")
        paint.words(painter, place, self.segment.count, font=small, colour=ink)


class Segments(QWidget):
    """The row of choices; `chosen` gives the name of the new one.

    Where `many` may hold at once none does at first, and a second press takes one away.
    """

    chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        segments: Sequence[Segment],
        *,
        name: str = "segments",
        spoken: str = "",
        many: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._many = many
        self._group = QButtonGroup(self)
        self._group.setExclusive(not many)
        self._parts: list[_Part] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space[2])
        for segment in segments:
            part = _Part(look, segment, self)
            part.setObjectName(f"{name}_{segment.name}")
            part.clicked.connect(lambda _on=True, s=segment: self.chosen.emit(s.name))
            self._group.addButton(part)
            self._parts.append(part)
            row.addWidget(part)
            if many:
                part.toggled.connect(lambda _on, p=part: p.setFocusPolicy(TAB))
                part.setFocusPolicy(TAB)
        if self._parts and not many:
            self._parts[0].setChecked(True)

    def current(self) -> str:
        """The name of the choice that holds."""
        return next((part.segment.name for part in self._parts if part.isChecked()), "")

    def all_chosen(self) -> tuple[str, ...]:
        """The names of those that hold."""
        return tuple(part.segment.name for part in self._parts if part.isChecked())

    def set_current(self, name: str) -> None:
        """Choose by name, without a signal; where one of them has the focus it goes along."""
        has_focus = any(part.hasFocus() for part in self._parts)
        for part in self._parts:
            if part.segment.name == name:
                part.setChecked(True)
                if has_focus:
                    part.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_counts(self, counts: Mapping[str, str]) -> None:
        """How many are behind each, by name."""
        for part in self._parts:
            part.set_count(counts.get(part.segment.name, ""))

    def rename(self, name: str, label: str) -> None:
        """Another label for one of them."""
        for part in self._parts:
            if part.segment.name == name:
                part.set_label(label)

    def set_many(self, names: Collection[str]) -> None:
        """Let these hold, and no other, without a signal; for `many`."""
        for part in self._parts:
            part.setChecked(part.segment.name in names)

    def set_tips(self, tips: Mapping[str, str]) -> None:
        """What each means exactly, by name."""
        for part in self._parts:
            part.setToolTip(tips.get(part.segment.name, ""))

    def show_only(self, names: Collection[str]) -> None:
        """Leave out what cannot be chosen here."""
        for part in self._parts:
            part.setVisible(part.segment.name in names)

    def focus(self) -> None:
        """Put the focus on the choice that holds."""
        for part in self._parts:
            if part.isChecked():
                part.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._parts or self._many:
            super().keyPressEvent(event)
            return
        there = [part for part in self._parts if not part.isHidden()]
        names = [part.segment.name for part in there]
        part = there[(names.index(self.current()) + step) % len(names)]
        part.setFocus(Qt.FocusReason.OtherFocusReason)
        part.click()
