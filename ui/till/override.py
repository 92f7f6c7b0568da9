"""授权: somebody who has the right types their PIN, and one step of another person is allowed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.prove import Candidate
from ui.look import Look
from ui.text import tr
from ui.till.people_list import PeopleList
from ui.till.pin_entry import PinEntry
from ui.till.who import Who
from ui.widgets.button import Button
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words

SIZE = (820, 556)
RIGHT = 344


class OverrideSheet(Sheet):
    """Who may allow it at the left, the PIN at the right; `allowed` gives name and PIN."""

    allowed = Signal(str, str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("请授权"), size=SIZE, name="override")
        self.people = PeopleList(look, columns=1, name="override")
        self.entry = PinEntry(look, name="override")
        self.done = Button(
            look,
            tr("授权"),
            kind="primary",
            key="Enter",
            height=look.sizes.choice,
            name="override_done",
        )
        self.who = Who(self.people, self.entry, self.done)
        self.who.answered.connect(self.allowed)
        self.set_body(self._body_of(look))

    def take_scan(self, _text: str) -> bool:
        """No code is a PIN, and none goes past the question that is open."""
        self.who.refuse_scan()
        return True

    def show_question(self, title: str, words: str, people: Sequence[Candidate]) -> None:
        """What is to be allowed, and by whom."""
        self.set_titles(title, words)
        if self.isHidden():
            self.open(self.entry.field.edit)  # before anything in it takes the focus
        self.who.show_people(people)
        self.who.begin()

    def _body_of(self, look: Look) -> QWidget:
        body = QWidget()
        left = QVBoxLayout()
        left.setContentsMargins(24, 16, 16, 16)
        left.setSpacing(12)
        hint = tr("选有权限的人，由本人输 PIN。只管这一步。")
        left.addWidget(Words(look, hint, "body", "ink_2", elides=True, name="override_hint"))
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or not self.who.press(event):
            super().keyPressEvent(event)
