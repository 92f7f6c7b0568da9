"""改 PIN: the old one, the new one, the new one again; then it holds."""

from __future__ import annotations

from PySide6.QtCore import QDeadlineTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from core.errors import PinWait, WeakPin
from core.trust.pins import check_pin
from ui.login.pin_body import PinBody
from ui.login.pin_entry import PinEntry
from ui.look import Look
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (820, 556)
OLD, NEW, AGAIN, DONE = range(4)


class ChangePinSheet(Sheet):
    """One question after another, by keyboard or finger. `changed` gives the old and the new PIN.

    Answer it with `show_done` or `show_refused`.
    """

    changed = Signal(str, str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("改 PIN"), size=SIZE, name="change_pin")
        self._step = OLD
        self._pins = ["", "", ""]
        self.step = Words(look, "", "title", wraps=True, name="change_pin_step")
        self.hint = Words(look, "", "body", "ink_2", wraps=True, name="change_pin_hint")
        self.entry = PinEntry(look, name="change_pin")
        self.done = Button(
            look,
            "",
            kind="primary",
            key="Enter",
            height=look.sizes.choice,
            name="change_pin_done",
        )
        self.entry.submitted.connect(self._on_enter)
        self.entry.waiting_changed.connect(lambda is_waiting: self.done.setEnabled(not is_waiting))
        self.done.clicked.connect(self._on_enter)
        self.closed.connect(self._forget)
        self.set_body(self._body_of(look))

    def take_scan(self, _text: str) -> bool:
        """No code is a PIN, and none goes past the question that is open."""
        self.entry.refuse_scan()
        return True

    def begin(self, name: str) -> None:
        """Ask this person for the PIN of now."""
        self.set_titles(tr("改 PIN"), name)
        self._forget()
        self._ask(OLD)
        self.open(self.entry.field.edit)

    def show_refused(self, error: Exception) -> None:
        """The old one was wrong, or no try of it counts now: it is asked for again."""
        self._ask(OLD)
        if isinstance(error, PinWait):
            self.entry.wait_for(QDeadlineTimer(error.seconds * 1000))
        else:
            self.entry.show_error(sentence(error))

    def show_done(self) -> None:
        """The new one holds."""
        self._ask(DONE)

    def _ask(self, step: int) -> None:
        self._step = step
        words = (
            (tr("现在的 PIN"), tr("先输现在用的 PIN。"), tr("下一步")),
            (tr("新的 PIN"), tr("6 到 12 位数字，不全相同，也不连号。"), tr("下一步")),
            (tr("新的 PIN，再输一次"), tr("两次一样才改。"), tr("改好")),
            (tr("PIN 改好了"), tr("从下次登录起用新的；授权也用它。"), tr("好")),
        )
        title, hint, done = words[step]
        self.step.setText(title)
        self.hint.setText(hint)
        self.done.set_label(done)
        self.done.setEnabled(not self.entry.is_waiting)
        self.entry.clear()
        self.entry.setVisible(step != DONE)
        (self.done if step == DONE else self.entry.field.edit).setFocus()

    def _on_enter(self) -> None:
        if self._step == DONE:
            self.shut()
        elif self.entry.is_scanned:
            self.entry.refuse_scan()
        elif self.done.isEnabled():
            self._take(self.entry.pin())

    def _take(self, pin: str) -> None:
        """Check what can be checked here; the rest is asked of the store."""
        if not pin:
            self.entry.show_error(tr("请输入 PIN。"))
            return
        self._pins[self._step] = pin
        if self._step == NEW:
            try:
                check_pin(pin)
            except WeakPin as refused:
                self.entry.show_error(sentence(refused))
                return
        if self._step != AGAIN:
            self._ask(self._step + 1)
        elif pin != self._pins[NEW]:
            self._ask(NEW)
            self.entry.show_error(tr("两次不一样。请把新的 PIN 再定一次。"))
        else:
            self.done.setEnabled(False)
            old = self._pins[OLD]
            self._forget()
            self.changed.emit(old, pin)

    def _forget(self) -> None:
        self._pins = ["", "", ""]
        self.entry.clear()

    def _body_of(self, look: Look) -> QWidget:
        self._pin_body = body = PinBody(look, self.entry, self.done)
        body.left.addWidget(self.step)
        body.left.addWidget(self.hint)
        body.left.addStretch(1)
        return body

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pin_body.fit(self.height())
