"""员工的表: who comes new, with name, role and PIN; or a new PIN for who forgot theirs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import WeakPin
from core.trust.pins import check_pin
from core.trust.staff import Role
from ui.look import Look
from ui.text import role_name, sentence, tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

WIDTH, HIGH, LOW = 560, 520, 352
SIDE = 24


class PersonSheet(Sheet):
    """`done` gives name, role and PIN; without `asks_who` the first two are of no account.

    Answer with `shut` or `fail`. Gone when it is closed, with the PIN in it.
    """

    done = Signal(str, object, str)
    refuses_scans = True
    takes_secrets = True

    def __init__(
        self, look: Look, window: QWidget, title: str, verb: str, *, asks_who: bool
    ) -> None:
        size = (WIDTH, HIGH if asks_who else LOW)
        super().__init__(look, window, title, size=size, name="person")
        self._asks_who = asks_who
        self.who = Field(look, tr("姓名"), name="person_name")
        self.roles = Segments(
            look,
            [Segment(role.value, role_name(role)) for role in Role],
            name="person_role",
            spoken=tr("角色"),
        )
        self.pin = Field(look, tr("PIN，6 到 12 位数字"), secret=True, name="person_pin")
        self.again = Field(look, tr("再输一次"), secret=True, name="person_again")
        self.said = Said(look, name="person_said")
        self.save = Button(
            look,
            verb,
            kind="primary",
            key="Enter",
            height=look.sizes.control,
            name="person_save",
        )
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(look.space[3])
        if asks_who:
            column.addWidget(self.who)
            column.addWidget(Words(look, tr("角色"), "small", "ink_2"))
            column.addWidget(self.roles)
        else:
            self.who.setParent(body)
            self.roles.setParent(body)
            self.who.hide()
            self.roles.hide()
        column.addWidget(self.pin)
        column.addWidget(self.again)
        column.addStretch(1)
        self.set_body(body, Foot(look, self.save, said=self.said))
        for field in (self.who, self.pin, self.again):
            field.submitted.connect(self._on_save)
        self.save.clicked.connect(self._on_save)
        self.closed.connect(self.deleteLater)

    def begin(self) -> None:
        """Open it."""
        self.open((self.who if self._asks_who else self.pin).edit)

    def fail(self, error: Exception) -> None:
        """Why it was not done."""
        self.save.setEnabled(True)
        self.said.say(sentence(error), is_wrong=True)

    def _on_save(self) -> None:
        try:
            pin = check_pin(self.pin.text())
        except WeakPin as weak:
            self.pin.set_problem(sentence(weak))
            self.pin.focus()
            return
        if self.again.text() != pin:
            self.again.set_problem(tr("两次不一样。请再输一次。"))
            self.again.focus()
            return
        if self.save.isEnabled():
            self.save.setEnabled(False)
            self.done.emit(self.who.text(), Role(self.roles.current()), pin)
