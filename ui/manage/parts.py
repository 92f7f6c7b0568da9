"""分页: a page of several parts, of which one shows; it asks when it is chosen or opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.manage.room import Room
from ui.text import sentence
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments

NARROW = 900
MARGIN, NARROW_MARGIN = 32, 16


class Part(QWidget):
    """One part; what goes wrong is said above it, where it does not say it itself."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room

    def refresh(self) -> None:
        """Ask for what is shown."""

    def end(self) -> None:
        """Nobody looks any more: leave what goes on."""

    def fail(self, error: Exception) -> None:
        """One sentence; what stands there stays."""
        self.room.say(error)


class PartsRoom(Room):
    """`lay_parts` in the constructor; `widest` px wide at most, 0 as wide as the window."""

    widest = 0

    def lay_parts(
        self, parts: Sequence[tuple[str, str, Part]], deed: QWidget | None = None
    ) -> None:
        """Name, label and widget of each; `deed` stands at the right of the labels."""
        look = self.look
        segments = [Segment(name, label) for name, label, _ in parts]
        self.choice = Segments(look, segments, name=f"{self.name}_parts", spoken=self.title)
        self.choice.chosen.connect(self.go_to)
        self.said = Said(look, style="body", name=f"{self.name}_said")
        self._parts = {name: part for name, _, part in parts}
        self._stack = QStackedWidget()
        for part in self._parts.values():
            self._stack.addWidget(part)
        head = QHBoxLayout()
        head.setSpacing(look.space[3])
        head.addWidget(self.choice)
        head.addStretch(1)
        if deed is not None:
            head.addWidget(deed)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(look.space[4])
        self._column.addLayout(head)
        self._column.addWidget(self.said)
        self._column.addWidget(self._stack, 1)

    @property
    def shown(self) -> Part:
        """The part that shows."""
        return self._parts[self.choice.current()]

    @property
    def part(self) -> str:
        return self.choice.current()

    def go_to(self, name: str) -> None:
        """Show a part; it asks anew for what it shows."""
        self.choice.set_current(name)
        self._stack.setCurrentWidget(self._parts[name])
        self.refresh()

    def refresh(self) -> None:
        """Ask for what shows."""
        self.said.hide()
        self.shown.refresh()

    def end(self) -> None:
        """What was begun comes to its end."""
        for part in self._parts.values():
            part.end()

    def say(self, error: Exception) -> None:
        """One sentence above the part, which stays as it was."""
        self.said.say(sentence(error), is_wrong=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = NARROW_MARGIN if self.width() < NARROW else MARGIN
        if self.widest:
            side = max(side, (self.width() - self.widest) // 2)
        self._column.setContentsMargins(side, self.look.space[3], side, self.look.space[3])
