"""谁来: a sheet on which somebody proves who they are, while somebody else is logged in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.prove import Candidate
from ui.look import Look
from ui.till.people_list import PeopleList
from ui.till.pin_entry import PinEntry
from ui.till.who import Who
from ui.widgets.button import Button
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words

SIZE = (820, 584)
RIGHT = 344
LOW_WINDOW = 660
LOW_PAD, ANY_HEIGHT = 200, 16_777_215


class PinSheet(Sheet):
    """Names at the left, the PIN at the right; `answered` gives both. What was wrong: `who`."""

    answered = Signal(str, str)

    def __init__(
        self, look: Look, window: QWidget, *, title: str, hint: str, verb: str, name: str
    ) -> None:
        super().__init__(look, window, title, size=SIZE, name=name)
        self.people = PeopleList(look, columns=1, name=name)
        self.entry = PinEntry(look, name=name)
        self.done = Button(
            look, verb, kind="primary", key="Enter", height=look.sizes.choice, name=f"{name}_done"
        )
        self.who = Who(self.people, self.entry, self.done)
        self.who.answered.connect(self.answered)
        self.set_body(self._body_of(look, hint))

    def take_scan(self, _text: str) -> bool:
        """No code is a PIN, and none goes past the question that is open."""
        self.who.refuse_scan()
        return True

    def show_question(self, title: str, words: str, people: Sequence[Candidate]) -> None:
        """What it is about, and who may answer."""
        self.set_titles(title, words)
        if self.isHidden():
            self.open(self.entry.field.edit)  # before anything in it takes the focus
        self.who.show_people(people)
        self.who.begin()

    def _body_of(self, look: Look, hint: str) -> QWidget:
        body = QWidget()
        left = QVBoxLayout()
        left.setContentsMargins(24, 16, 16, 16)
        left.setSpacing(12)
        name = f"{self.objectName()}_hint"
        left.addWidget(Words(look, hint, "body", "ink_2", elides=True, name=name))
        left.addWidget(self.people, 1)
        panel = QWidget()
        panel.setFixedWidth(RIGHT)
        right = QVBoxLayout(panel)
        right.setContentsMargins(24, 16, 24, 16)
        right.setSpacing(look.space[3])
        right.addWidget(self.entry)
        right.addStretch(1)
        right.addWidget(self.done)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(Rule(look, upright=True))
        row.addWidget(panel)
        return body

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the keys are lower, so that the button stays in sight."""
        super().resizeEvent(event)
        low = self.parentWidget().height() < LOW_WINDOW
        self.entry.pad.setMaximumHeight(LOW_PAD if low else ANY_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or not self.who.press(event):
            super().keyPressEvent(event)
