"""输 PIN: a line that nobody can read, its keys, and the countdown after too many wrong ones."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import (
    QDeadlineTimer,
    QEvent,
    QObject,
    QRegularExpression,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.trust.pins import MOST
from core.values.money import FULL_WIDTH
from ui.devices.burst import is_machine
from ui.look import Look
from ui.text import tr
from ui.widgets.digit_pad import DigitPad
from ui.widgets.field import Field

TICK_MS = 250
LINES, LINES_LOW = 3, 2
DIGITS = QRegularExpression(f"[0-9０-９]{{0,{MOST}}}")
HINTS = (
    Qt.InputMethodHint.ImhDigitsOnly
    | Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
)


class PinEntry(QWidget):
    """Field and pad; `submitted` on Enter, `waiting_changed` when a wait begins or is over."""

    submitted = Signal()
    waiting_changed = Signal(bool)

    def __init__(self, look: Look, *, name: str, label: str = "") -> None:
        super().__init__()
        self._look = look
        self._until = QDeadlineTimer(0)
        self._is_waiting = False
        self.field = Field(look, label or tr("PIN"), secret=True, name=f"{name}_pin")
        edit = self.field.edit
        edit.setFont(look.font("title"))
        edit.setMaxLength(MOST)
        edit.setInputMethodHints(HINTS)
        edit.setValidator(QRegularExpressionValidator(DIGITS, edit))
        edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.pad = DigitPad(look, edit, money=False, name=f"{name}_pad")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[2])
        self._room = self._room_of(self.field)
        self.set_low(False)
        column.addWidget(self._room)
        column.addWidget(self.pad)
        self._typed_ms: list[int] = []
        edit.installEventFilter(self)
        edit.textChanged.connect(self._on_text)
        self.field.submitted.connect(self.submitted)
        self.pad.pressed.connect(edit.setFocus)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._count_down)

    def hasHeightForWidth(self) -> bool:
        """The sentence below the field has its room already: it makes no low window scroll."""
        return False

    @property
    def is_waiting(self) -> bool:
        """Whether no try counts now."""
        return self._is_waiting

    @property
    def is_scanned(self) -> bool:
        """Whether no hand typed what stands there: a scan that came in too many pieces."""
        return is_machine([after - before for before, after in pairwise(self._typed_ms)])

    def pin(self) -> str:
        """What was typed, in plain digits."""
        return self.field.text().translate(FULL_WIDTH)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep when each digit was pressed, as the system says it: it may have been held back."""
        if event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            is_taken = event.text().isdigit() and not self.field.edit.isReadOnly()
            if is_taken and event.timestamp():
                self._typed_ms.append(event.timestamp())
        return super().eventFilter(watched, event)

    def _on_text(self, text: str) -> None:
        if not text:
            self._typed_ms.clear()

    def clear(self) -> None:
        """Nothing typed, nothing wrong."""
        self.field.set_text("")
        self.forgive()

    def forgive(self) -> None:
        """What was wrong is not said any more."""
        if not self._is_waiting:
            self.field.set_problem("")

    def show_error(self, text: str) -> None:
        """A wrong PIN is typed anew."""
        self.field.set_text("")
        if not self._is_waiting:
            self.field.set_problem(text)
        self.field.focus()

    def refuse_scan(self) -> None:
        """A PIN comes from a hand: what is printed somewhere is no secret."""
        self.show_error(tr("扫码枪扫的不能当 PIN。什么都没有改动；请用键盘或屏幕上的数字输入。"))

    def wait_for(self, until: QDeadlineTimer) -> None:
        """No try counts before then; it counts down, and is silent where it is over."""
        self._until = until
        was_waiting, self._is_waiting = self._is_waiting, not until.hasExpired()
        if self._is_waiting:
            self.field.set_text("")
            self._tick.start()
            self._count_down()
        elif was_waiting:
            self._end()
        if was_waiting != self._is_waiting:
            self._set_ready(not self._is_waiting)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whatever was begun here and not ended is no secret to be found later."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.clear()

    def _set_ready(self, is_ready: bool) -> None:
        self.field.edit.setReadOnly(not is_ready)
        self.pad.setEnabled(is_ready)
        self.waiting_changed.emit(not is_ready)

    def _count_down(self) -> None:
        left_s = -(-self._until.remainingTime() // 1000)
        if left_s > 0:
            minutes, seconds = divmod(left_s, 60)
            time = f"{minutes}:{seconds:02d}"
            self.field.set_problem(tr("PIN 连着输错了几次，{time} 后再输。", time=time))
        elif self._is_waiting:
            self._is_waiting = False
            self._end()
            self._set_ready(True)

    def _end(self) -> None:
        self._tick.stop()
        self.field.set_problem("")

    def set_low(self, is_low: bool) -> None:
        """Room for the sentence below the field, so that no key moves under a finger."""
        lines = (LINES_LOW if is_low else LINES) * self._look.line("small")
        self._room.setFixedHeight(self._bare + lines + 4)

    def _room_of(self, field: Field) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(field)
        column.addStretch(1)
        self._bare = field.sizeHint().height()
        return holder
