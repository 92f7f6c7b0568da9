"""作废: a sale of today that was found; why stands at the left, what would happen at the right.

voided(VoidState, Explanation)   answer with `show_done`, `show_error` or `set_waiting`
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from core.sales.explanation import FOR_VOID
from ui.look import Look
from ui.text import tr
from ui.till.reason_picker import ReasonPicker
from ui.till.void_effects import VoidEffects
from ui.till.void_state import VoidState
from ui.widgets.key_hint import ENTER
from ui.widgets.sheet import LOW_WINDOW, Sheet
from ui.widgets.words import Rule, Words


class VoidSheet(Sheet):
    """A reason, then Enter: no void comes of a key that was pressed too often."""

    voided = Signal(object, object)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("作废"), size=look.dialog_refund, name="void")
        self._state: VoidState | None = None
        self._is_done = self._is_busy = False
        self.why = ReasonPicker(look, FOR_VOID, name="void_why")
        self.effects = VoidEffects(look)
        self.why.entered.connect(self._on_enter)
        self.effects.done.clicked.connect(self._on_enter)
        self.set_body(self._body_of(look), self.effects.low_foot())

    def begin(self, state: VoidState) -> None:
        """What voiding this sale would do, and why it is wanted."""
        self._state, self._is_done = state, False
        self._reasons.setEnabled(True)
        self.why.clear()
        self._busy(False)
        self.leave.set_label(tr("返回"))
        self.set_titles(tr("作废"), state.no)
        self.effects.show_state(state)
        if self.isHidden():
            self.open()
        self.why.focus()

    def show_done(self, state: VoidState) -> None:
        """It is void: what is to be handed back stays in sight until it was."""
        self._state, self._is_done = state, True
        self._busy(False)
        self._reasons.setEnabled(False)
        self.leave.set_label(tr("好"))
        self.set_titles(tr("已作废"), state.no)
        self.effects.show_done(state)
        if self.isHidden():
            self.open()  # somebody turned back when it was on its way
        self.effects.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, text: str) -> None:
        """One sentence; nothing was voided."""
        self._busy(False)
        self.effects.show_problem(text)

    def set_waiting(self) -> None:
        """Somebody else is asked to allow it: everything stays as it is."""
        self._busy(False)

    def take_scan(self, text: str) -> bool:
        """A scan is no reason; once it is void, it is the next sale's."""
        if self._is_done:
            return False
        if self._is_busy:
            self.refuse_scan(tr("上一步还没有做完，请再扫一次。"))
        else:
            self.why.refuse_scan()
        return True

    def _body_of(self, look: Look) -> QWidget:
        self._reasons = QWidget()
        column = QVBoxLayout(self._reasons)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(look.space[3])
        column.addWidget(Words(look, tr("为什么作废"), "body", bold=True))
        column.addWidget(self.why)
        column.addStretch(1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._reasons, 1)
        row.addWidget(Rule(look, upright=True))
        row.addWidget(self.effects, 1)
        return body

    def _on_enter(self) -> None:
        state = self._state
        if self._is_done:
            self.shut()
        elif state is None or state.is_voided or self._is_busy:
            return
        elif self.why.explanation() is None:
            self.why.ask()
        else:
            self._busy(True)
            self.voided.emit(state, self.why.explanation())

    def _busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.effects.set_busy(is_busy)

    def _fit(self) -> None:
        self.effects.set_compact(self.parentWidget().height() < LOW_WINDOW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if event.key() in ENTER:
            if isinstance(focus, QAbstractButton) and focus is not self.effects.done:
                focus.click()
            else:
                self._on_enter()
            event.accept()
        else:
            super().keyPressEvent(event)
