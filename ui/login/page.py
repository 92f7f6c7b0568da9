"""登录: who stands at the till: a name, a PIN, Enter.

login(name, pin)   answer by showing the next page, or with `who.show_error`
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent

from ui.login.door import Door
from ui.login.people_list import PeopleList
from ui.login.pin_entry import PinEntry
from ui.login.who import Who
from ui.look import Look
from ui.text import tr

COLUMNS = 2
COMPACT = 950


class LoginPage(Door):
    """Names at the left, the PIN and its keys at the right; ↑ and ↓ go through the names.

    Who may log in, what was wrong and who has to wait is told to `who`.
    """

    login = Signal(str, str)
    badge = Signal(str)

    def __init__(self, look: Look, *, asks: str = "", stays: str = "") -> None:
        self._asks = asks or tr("谁来收银？")
        self._stays = stays or "{name}没收完的都在。本人输 PIN 接着收，换人就另选一位。"
        super().__init__(
            look,
            title=self._asks,
            line=tr("选名字，输 PIN。"),
            done=tr("登录"),
            name="login",
        )
        self._hint = tr("选名字，输 PIN。")
        self.people = PeopleList(look, columns=COLUMNS, name="login")
        self.entry = PinEntry(look, name="login")
        self.left_column.addWidget(self.people, 1)
        self.right_column.addWidget(self.entry)
        self.finish_keys()
        self.who = Who(self.people, self.entry, self.done)
        self.who.answered.connect(self.login)

    def show_nobody(self) -> None:
        """Nobody stands here."""
        self._say(self._asks, self._hint)

    def show_locked(self, name: str, because: str = "") -> None:
        """Somebody left; nothing of theirs is lost, and they or another one may go on."""
        line = tr(self._stays, name=name)
        self._say(tr("请换一位登录") if because else tr("已锁屏"), because or line)

    def show_demo_pins(self, pairs: Sequence[tuple[str, str]]) -> None:
        """演示店: a demo shop's PINs stand beside the names; a real shop shows none."""
        self.people.show_pins(dict(pairs))
        self._hint = tr("这是演示店，PIN 就写在名字旁边。")
        self.line.setText(self._hint)

    def _say(self, title: str, line: str) -> None:
        self.title.setText(title)
        self.line.setText(line)
        self.setAccessibleName(title)

    def set_low(self, is_low: bool) -> None:
        super().set_low(is_low)
        self.entry.set_low(is_low)
        self.people.set_narrow(self.width() < COMPACT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.who.begin()

    def take_scan(self, text: str) -> None:
        """A badge chooses a person; a PIN comes from a hand: what is printed is no secret."""
        if text.strip().isdigit():
            self.who.refuse_scan()
        else:
            self.badge.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.entry.clear()
        elif not self.who.press(event):
            super().keyPressEvent(event)
