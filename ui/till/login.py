"""登录: who stands at the till: a name, a PIN, Enter.

login(name, pin)   answer by showing the next page, or with `who.show_error`
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QShowEvent

from ui.look import Look
from ui.text import tr
from ui.till.door import Door
from ui.till.people_list import PeopleList
from ui.till.pin_entry import PinEntry
from ui.till.who import Who

COLUMNS = 2
COMPACT = 950


class LoginPage(Door):
    """Names at the left, the PIN and its keys at the right; ↑ and ↓ go through the names.

    Who may log in, what was wrong and who has to wait is told to `who`.
    """

    login = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__(
            look,
            title=tr("谁来收银？"),
            line=tr("选名字，输 PIN。"),
            done=tr("登录"),
            name="login",
        )
        self.people = PeopleList(look, columns=COLUMNS, name="login")
        self.entry = PinEntry(look, name="login")
        self.left_column.addWidget(self.people, 1)
        self.right_column.addWidget(self.entry)
        self.finish_keys()
        self.who = Who(self.people, self.entry, self.done)
        self.who.answered.connect(self.login)

    def show_demo_pins(self, pairs: Sequence[tuple[str, str]]) -> None:
        """演示店: a demo shop's PINs stand beside the names; a real shop shows none."""
        self.people.show_pins(dict(pairs))
        self.line.setText(tr("这是演示店，PIN 就写在名字旁边。"))

    def set_low(self, is_low: bool) -> None:
        super().set_low(is_low)
        self.people.set_narrow(self.width() < COMPACT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.who.begin()

    def take_scan(self, _text: str) -> None:
        """A PIN comes from a hand: what is printed somewhere is no secret."""
        self.who.refuse_scan()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.who.press(event):
            super().keyPressEvent(event)
