"""谁: a name is chosen, a PIN typed; the same at the login and where somebody allows something."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from core.actions.prove import Candidate
from ui.login.people_list import PeopleList
from ui.login.pin_entry import PinEntry
from ui.text import tr
from ui.widgets.key_hint import ENTER, STEPS


class Who(QObject):
    """Holds a list of people, a PIN entry and a button together.

    `answered` gives name and PIN; answer it with `show_error`, or by going on.
    """

    answered = Signal(str, str)

    def __init__(self, people: PeopleList, pin: PinEntry, done: QAbstractButton) -> None:
        super().__init__(people)
        self._people = people
        self._pin = pin
        self._done = done
        self._is_busy = False
        self._before = self._typed_for = ""
        self._waits: dict[str, QDeadlineTimer] = {}
        people.chosen_changed.connect(self._on_chosen)
        pin.field.edit.textEdited.connect(self._on_typed)
        pin.pad.pressed.connect(self._on_typed)
        pin.submitted.connect(self._on_enter)
        pin.waiting_changed.connect(lambda _is_waiting: self._show_ready())
        done.clicked.connect(self._on_enter)

    def show_people(self, people: Sequence[Candidate], chosen: str = "") -> None:
        """Everybody who may be asked; one alone is chosen already."""
        self._take_waits(people)
        self._people.show_people(people, chosen)

    def show_waits(self, people: Sequence[Candidate]) -> None:
        """The same people, after one of them was wrong."""
        self._take_waits(people)
        self._pin.wait_for(self._wait())

    def chosen(self) -> str:
        """The name that is chosen, or ""."""
        return self._people.chosen()

    def choose(self, name: str) -> None:
        """This person is meant; the PIN comes next."""
        self._people.choose(name)

    def refuse_scan(self) -> None:
        """A PIN comes from a hand."""
        self.set_busy(False)
        self._pin.refuse_scan()

    def show_error(self, text: str) -> None:
        """A wrong PIN is typed anew; the name stays."""
        self.set_busy(False)
        self._pin.show_error(text)

    def ask_pin(self) -> None:
        """Put the caret where the PIN is typed."""
        self._pin.field.edit.setFocus()

    def begin(self) -> None:
        """Nothing typed and nobody picked yet."""
        self.set_busy(False)
        self._people.begin()
        self._pin.clear()
        self._pin.field.focus()

    def set_busy(self, is_busy: bool) -> None:
        """While the answer is on its way nothing can be pressed twice."""
        self._is_busy = is_busy
        self._show_ready()

    def press(self, event: QKeyEvent) -> bool:
        """Whether a key was one of these: arrows for the names, Enter on a button."""
        focus = QApplication.focusWidget()
        if event.key() in STEPS:
            self._people.step(STEPS[Qt.Key(event.key())])
        elif event.key() in ENTER and isinstance(focus, QAbstractButton):
            focus.click()
        else:
            return False
        return True

    def _take_waits(self, people: Sequence[Candidate]) -> None:
        self._waits = {who.name: QDeadlineTimer(who.wait_s * 1000) for who in people if who.wait_s}

    def _wait(self) -> QDeadlineTimer:
        return self._waits.get(self._people.chosen(), QDeadlineTimer(0))

    def _on_chosen(self, name: str) -> None:
        """What was typed for somebody else is gone; what was typed before a name was chosen stays,
        and a list that comes late takes nothing away.
        """
        if name != self._before:
            self._before = name
            if self._typed_for in ("", name):
                self._pin.forgive()
            else:
                self._pin.clear()
        self._pin.wait_for(self._wait())
        self.ask_pin()

    def _on_typed(self) -> None:
        self._typed_for = self._people.chosen()

    def _on_enter(self) -> None:
        if self._is_busy or self._pin.is_waiting:
            return
        if self._pin.is_scanned:
            self.refuse_scan()
        elif not self._people.chosen():
            self._pin.field.set_problem(tr("请先选名字。"))
        elif not self._pin.pin():
            self._pin.field.set_problem(tr("请输入 PIN。"))
        else:
            self.set_busy(True)
            pin = self._pin.pin()
            self._pin.clear()  # whoever checks it has it; nobody else needs it
            self.answered.emit(self._people.chosen(), pin)
            return
        self._pin.field.edit.setFocus()

    def _show_ready(self) -> None:
        self._done.setEnabled(not self._is_busy and not self._pin.is_waiting)
