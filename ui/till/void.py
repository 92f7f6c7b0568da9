"""作废: a sale of today is chosen at the left, what would happen stands at the right.

looked_at(no)                  a sale was chosen or scanned; answer with `show_effects`
voided(sale_id, Explanation)   answer with `show_done`, `show_error` or `set_waiting`
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.sales.explanation import FOR_VOID
from ui.look import Look
from ui.text import tr
from ui.till.amount_entry import ENTER, STEPS
from ui.till.reason_picker import ReasonPicker
from ui.till.void_effects import VoidEffects
from ui.till.void_state import VoidState, found_in
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.field import Field
from ui.widgets.sheet import LOW_WINDOW, Sheet
from ui.widgets.words import Rule, Words

LIST, WHY = range(2)


class VoidSheet(Sheet):
    """Enter goes from the sale to the reason, and from the reason to the void."""

    looked_at = Signal(str)
    voided = Signal(object, object)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("作废"), size=look.dialog_refund, name="void")
        self._rows: list[Choice] = []
        self._state: VoidState | None = None
        self._is_done = False
        self._is_busy = False
        self.search = Field(look, tr("扫小票，或输单号"), name="void_find")
        self.list = ChoiceList(look, name="void_list", spoken=tr("今天卖的单"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.why = ReasonPicker(look, FOR_VOID, name="void_why")
        self.effects = VoidEffects(look)
        self.search.changed.connect(self._on_typed)
        self.search.submitted.connect(self._on_enter)
        self.search.edit.installEventFilter(self)
        self.list.moved.connect(self._on_moved)
        self.why.entered.connect(self._on_enter)
        self.effects.done.clicked.connect(self._on_enter)
        self.set_body(self._body_of(look))

    def begin(self, rows: Sequence[Choice], no: str = "") -> None:
        """Today's sales, newest first; this one, or the last, is meant until another is chosen."""
        self._rows, self._is_done = list(rows), False
        self._side.setEnabled(True)
        self.why.clear()
        self._side.setCurrentIndex(LIST)
        self._busy(False)
        self.leave.set_label(tr("返回"))
        self.search.set_text("")
        if self.isHidden():
            self.open(self.search.edit)
        self.search.focus()
        self.effects.show_nothing()
        keys = [str(row.key) for row in self._rows]
        self.list.show_rows(self._rows, current=keys.index(no) if no in keys else 0)

    def show_effects(self, state: VoidState) -> None:
        """What voiding the chosen sale would do."""
        self._state = state
        self.set_titles(tr("作废"), state.no)
        self.effects.show_state(state)

    def show_done(self, state: VoidState) -> None:
        """It is void: what is to be handed back stays in sight until it was."""
        self._state, self._is_done = state, True
        self._busy(False)
        self._side.setEnabled(False)
        self.leave.set_label(tr("好"))
        self.set_titles(tr("已作废"), state.no)
        self.effects.show_done(state)
        self.effects.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, text: str) -> None:
        """One sentence; nothing was voided."""
        self._busy(False)
        self.effects.show_problem(text)

    def set_waiting(self) -> None:
        """Somebody else is asked to allow it: everything stays as it is."""
        self._busy(False)

    def take_scan(self, text: str) -> bool:
        """A receipt that was scanned is the one that is meant; once it is void, the next sale's."""
        if self._is_done:
            return False
        if self._is_busy:
            self.refuse_scan(tr("上一步还没有做完，请再扫一次。"))
        elif self._side.currentIndex() == WHY:
            self.why.refuse_scan()
        else:
            self._side.setCurrentIndex(LIST)
            self.search.set_text(text)
            if not found_in(self._rows, text):
                self.looked_at.emit(text)
        return True

    # The parts

    def _body_of(self, look: Look) -> QWidget:
        self._side = QStackedWidget()
        listing, reasons = QWidget(), QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(0, 0, 0, look.radii.dialog)  # the paper keeps its corner
        column.setSpacing(look.space[2])
        head = QVBoxLayout()
        head.setContentsMargins(24, 16, 24, 0)
        head.addWidget(self.search)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column = QVBoxLayout(reasons)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(look.space[3])
        column.addWidget(Words(look, tr("为什么作废"), "body", bold=True))
        column.addWidget(self.why)
        column.addStretch(1)
        self._side.addWidget(listing)
        self._side.addWidget(reasons)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side, 1)
        row.addWidget(Rule(look, upright=True))
        row.addWidget(self.effects, 1)
        return body

    # What the person does

    def _on_typed(self, text: str) -> None:
        if self._side.currentIndex() == LIST:
            self._forget()
            self.list.show_rows(found_in(self._rows, text))

    def _on_moved(self, key: object) -> None:
        self._forget()
        if key is not None and not self._is_done:
            self.looked_at.emit(str(key))

    def _on_enter(self) -> None:
        state = self._state
        if self._is_done:
            self.shut()
        elif state is None:
            self._look_for_typed()
        elif state.is_voided or self._is_busy:
            return
        elif self._side.currentIndex() == LIST:
            self._side.setCurrentIndex(WHY)
            self.effects.ask_why()
            self.why.focus()
        elif self.why.explanation() is None:
            self.why.ask()
        else:
            self._busy(True)
            self.voided.emit(state.sale_id, self.why.explanation())

    def _forget(self) -> None:
        """Another sale is looked at: nothing of the one before stays in sight."""
        self._state = None
        self.set_titles(tr("作废"))
        self.effects.show_nothing()

    def _look_for_typed(self) -> None:
        """A number that is not in the list may be of another day: the till says so."""
        if self.search.text() and self.list.current_key() is None:
            self.looked_at.emit(self.search.text())

    def _busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.effects.set_busy(is_busy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.effects.set_compact(self.parentWidget().height() < LOW_WINDOW)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↑ and ↓ in the line go through the sales; left alone they would scroll the sheet."""
        if (
            watched is self.search.edit
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in STEPS
        ):
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        is_listing = self._side.currentIndex() == LIST and not self._is_done
        if event.key() in ENTER and not event.isAutoRepeat():
            if isinstance(focus, QAbstractButton) and focus is not self.effects.done:
                focus.click()
            elif focus is not self.search.edit:
                self._on_enter()
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and not is_listing and not self._is_done:
            self._back_to_list()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _back_to_list(self) -> None:
        """One step back: another sale may be meant."""
        self._side.setCurrentIndex(LIST)
        if self._state is not None:
            self.effects.show_state(self._state)
        self.search.focus()
