"""谁来: a sheet on which somebody proves who they are, while somebody else is logged in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from core.actions.prove import Candidate
from ui.login.people_list import PeopleList
from ui.login.pin_body import PinBody
from ui.login.pin_entry import PinEntry
from ui.login.who import Who
from ui.look import Look
from ui.widgets.button import Button
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (820, 584)


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
        self.why = Words(look, "", "body", wraps=True, name=f"{name}_why")
        self.who = Who(self.people, self.entry, self.done)
        self.who.answered.connect(self.answered)
        self.set_body(self._body_of(look, hint))

    def take_scan(self, _text: str) -> bool:
        """No code is a PIN, and none goes past the question that is open."""
        self.who.refuse_scan()
        return True

    def show_question(
        self, title: str, words: str, people: Sequence[Candidate], *, why: str = ""
    ) -> None:
        """What it is about, and who may answer; `why` is told above them."""
        self.set_titles(title, words)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        if self.isHidden():
            self.open(self.entry.field.edit)  # before anything in it takes the focus
        self.who.show_people(people)
        self.who.begin()

    def _body_of(self, look: Look, hint: str) -> QWidget:
        self._pin_body = body = PinBody(look, self.entry, self.done)
        name = f"{self.objectName()}_hint"
        body.left.addWidget(self.why)
        body.left.addWidget(Words(look, hint, "body", "ink_2", wraps=True, name=name))
        body.left.addSpacing(look.space[1])
        body.left.addWidget(self.people, 1)
        return body

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pin_body.fit(self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or not self.who.press(event):
            super().keyPressEvent(event)
