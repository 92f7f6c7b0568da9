"""收款: the payment sheet: choose how, type how much, and see what goes back.

Two keys for exact cash: F9 opens it with cash and the amount due, Enter takes it. Digits are the
amount, always; ↑ and ↓, or Ctrl with a digit, change the way to pay at any time.

    tender_added(kind, fen)   recorded, something is still to pay; answer with `show_payment`
    tender_removed(index)     take a recorded tender away; answer with `show_payment`
    confirmed(kind, fen)      the last tender: it covers what is due; answer with `show_change`.
                              ("", 0) where nothing was left to pay
    cancelled()               the person turned back; what is recorded stays with the basket
    scanned(text)             a code came meanwhile: a member's card may belong to this sale

After each of the first three the sheet waits, so a second Enter emits nothing: `show_payment`,
`show_change` or `show_error` goes on.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QWidget

from core.errors import PaymentCode, Refused
from core.ports import StoredSale
from core.pricing.tender import TenderKind
from core.sales.payment import MOST_LIKELY_CHANGE_FEN
from core.values.money import format_money
from ui.look import Look
from ui.text import sentence, tr
from ui.till.amount_entry import is_pick
from ui.till.payment_change import PaymentChange
from ui.till.payment_choices import PaymentChoices
from ui.till.payment_money import PaymentMoney
from ui.till.payment_state import PaymentState
from ui.widgets.key_hint import ENTER, STEPS
from ui.widgets.low_foot import LowFoot
from ui.widgets.sheet import LOW_WINDOW, Sheet
from ui.widgets.words import Rule

LEFT, RIGHT = 543, 558
# So soon after the change appears, Enter is the second half of a double press.
DOUBLE_PRESS_MS = 500
CHANGE_SIZE = (640, 572)


class PaymentSheet(Sheet):
    """The payment over the counter, and after it the change."""

    tender_added = Signal(str, int)
    tender_removed = Signal(int)
    confirmed = Signal(str, int)
    cancelled = Signal()
    scanned = Signal(str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("收款"), size=look.dialog_payment, name="payment")
        self._state: PaymentState | None = None
        self._kind = TenderKind.CASH
        self._is_busy = False
        self._change: PaymentChange | None = None
        self._since_change = QElapsedTimer()
        self._is_low = False
        self._waiting = 0
        self._asked_fen = 0
        self.left.connect(self._on_left)

    # What the wiring says

    def show_payment(self, state: PaymentState) -> None:
        """The payment of this state; opens the sheet where it is closed."""
        if self._change is not None or not self.has_body:
            self._begin()
        self._state = state
        self._busy(False)
        self._show_titles(state)
        self._choices.show_pad(False)
        if self.isHidden():
            self.open(self._money.entry.edit)
        self._asked_fen = 0
        self._choose(state.first)

    def show_waiting(self, count: int) -> None:
        """So many scans came meanwhile; they wait behind the payment, and it says for whom."""
        self._waiting = count
        if self._state is not None:
            self._show_titles(self._state)

    def show_asking(self, points: int) -> None:
        """The server is asked for the points in this sale: nothing can be confirmed before."""
        if self._state is not None:
            self._busy(True)
            self._money.zone.show_note(tr("正在向总部预留 {points} 分…", points=f"{points:,}"))

    def show_change(self, sale: StoredSale) -> None:
        """The sale is settled: its change, until the next scan, Enter or Esc."""
        self._busy(False)
        self._state = None
        self._change = PaymentChange(self._look, sale)
        self._change.set_compact(self._is_low)
        self._change.seen.connect(self.shut)
        self._wanted = CHANGE_SIZE
        self.subtitle.set_role("ink_2")
        self.set_titles(tr("收款完成"), sale.no)
        self.leave.set_label(tr("下一位"))
        self.set_body(self._change, LowFoot(self._look, self._change.next))
        self._since_change.start()
        if self.isHidden():
            self.open()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, text: str) -> None:
        """One sentence; the amount stays, and one may try again."""
        self._busy(False)
        if self._state is not None:
            self._money.show_problem(text)
            self._money.entry.focus()

    def take_scan(self, text: str) -> bool:
        """A scan after the change begins the next sale."""
        if self._change is not None:
            self.shut()
            return False
        self.scanned.emit(text)
        return True

    def refuse_scan(self, words: str = "") -> None:
        """A payment code is for the terminal, and that is said where one pays."""
        if self._state is None or self._change is not None:
            super().refuse_scan(words)
            return
        self._money.show_problem(words)
        self.scan_refused.emit()

    @property
    def is_settled(self) -> bool:
        """Whether the change is shown."""
        return self._change is not None

    # What the person does

    def _choose(self, kind: TenderKind) -> None:
        state = self._state
        if state is None:
            return
        self._kind = kind
        self._choices.choose(kind)
        self._choices.show_payment(state, kind)
        self._money.show_payment(state, kind)
        self._money.entry.focus()

    def _on_key(self, key: str) -> None:
        state = self._state
        found = [choice for choice in state.choices if choice.key == key] if state else []
        if not found:
            return
        if found[0].most_fen:
            self._choose(found[0].kind)
        else:
            self._money.show_problem(tr("这一单没有它可以付的。已收的不变；请换一种支付方式。"))

    def _on_step(self, step: int) -> None:
        state = self._state
        kinds = [choice.kind for choice in state.choices if choice.most_fen] if state else []
        if kinds:
            at = kinds.index(self._kind) + step if self._kind in kinds else 0
            self._choose(kinds[at % len(kinds)])

    def _on_finished(self) -> None:
        state = self._state
        if self._is_busy or state is None:
            return
        if state.due_fen == 0:
            self._busy(True)
            self.confirmed.emit("", 0)
            return
        try:
            fen = self._money.taken_fen()
        except Refused as refused:
            if isinstance(refused, PaymentCode):
                self._money.entry.set_text("")  # it stands nowhere, neither here nor in a sentence
            self._money.show_problem(sentence(refused))
            self._money.entry.focus()
            return
        if self._must_ask(state, fen):
            return
        self._busy(True)
        covers = state.left_fen(self._kind, fen) <= 0
        (self.confirmed if covers else self.tender_added).emit(self._kind.value, fen)

    def _must_ask(self, state: PaymentState, fen: int) -> bool:
        """Whether the change is larger than any that notes make: one more Enter takes it."""
        change = -state.left_fen(self._kind, fen)
        if self._kind is not TenderKind.CASH or change < MOST_LIKELY_CHANGE_FEN:
            return False
        if self._asked_fen == fen:
            return False
        self._asked_fen = fen
        words = "要找 {change}。真的收了 {amount} 就再按一次回车，不是就改金额。"
        self._money.show_problem(tr(words, change=format_money(change), amount=format_money(fen)))
        self._money.entry.focus()
        return True

    def _on_changed(self, _text: str) -> None:
        """Whoever changes the amount has not been asked about it, even where it comes back."""
        self._asked_fen = 0

    def _on_removed(self, at: int) -> None:
        if not self._is_busy:
            self._busy(True)
            self.tender_removed.emit(at)

    def _on_left(self) -> None:
        if self._change is None:
            self.cancelled.emit()

    # How it stands

    def _show_titles(self, state: PaymentState) -> None:
        """Who pays for what; scans that wait are of more account."""
        said = _subtitle(state)
        if self._waiting:
            said = tr("有 {count} 次扫码等着：收完款算下一位，返回就进本单", count=self._waiting)
        self.subtitle.set_role("ink" if self._waiting else "ink_2")
        self.set_titles(tr("收款"), said)

    def _begin(self) -> None:
        self._change = None
        self._money = PaymentMoney(self._look)
        self._choices = PaymentChoices(self._look, self._money.entry.edit)
        self._choices.chosen.connect(lambda kind: self._choose(TenderKind(kind)))
        self._choices.removed.connect(self._on_removed)
        self._choices.pad_left.connect(self._flip_pad)
        self._money.finished.connect(self._on_finished)
        self._money.entry.changed.connect(self._on_changed)
        self._money.entry.picked.connect(self._on_key)
        self._money.entry.stepped.connect(self._on_step)
        self._money.entry.keyboard_asked.connect(self._flip_pad)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._choices, LEFT)
        row.addWidget(Rule(self._look, upright=True))
        row.addWidget(self._money, RIGHT)
        self._wanted = self._look.dialog_payment
        self.leave.set_label(tr("返回"))
        foot = LowFoot(self._look, self._money.zone, self._money.done, side=0)
        self.set_body(body, foot)
        self._fit()

    def _flip_pad(self) -> None:
        self._choices.show_pad(not self._choices.has_pad())
        self._money.entry.focus()

    def _busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        if self._state is not None:
            self._money.set_busy(is_busy)
            self._choices.set_busy(is_busy)

    def _fit(self) -> None:
        self._is_low = self.parentWidget().height() < LOW_WINDOW
        if self._change is not None:
            self._change.set_compact(self._is_low)
        elif self.has_body:
            self._choices.set_compact(self._is_low)
            self._money.set_compact(self._is_low)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._change is not None:
            self._close_change(event)
            return
        key, focus = event.key(), QApplication.focusWidget()
        if key in ENTER and isinstance(focus, QAbstractButton):
            focus.click()
        elif key in STEPS:
            self._on_step(STEPS[Qt.Key(key)])
        elif is_pick(event):
            self._on_key(chr(key))
        elif event.text().isdigit():
            self._money.entry.type_in(event.text())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _close_change(self, event: QKeyEvent) -> None:
        event.accept()
        is_enter = event.key() in ENTER
        if is_enter and (event.isAutoRepeat() or self._since_change.elapsed() < DOUBLE_PRESS_MS):
            return
        is_typing = bool(event.text()) and event.text().isprintable()
        if not (is_enter or is_typing or event.key() == Qt.Key.Key_Escape):
            return
        self.shut()
        target = QApplication.focusWidget()
        if is_typing and target is not None:
            # the first character of the next code belongs to the counter's input
            QApplication.sendEvent(
                target, QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
            )


def _subtitle(state: PaymentState) -> str:
    facts = [state.who, state.tier] if state.has_member else []
    pieces = tr("{kinds} 种 {pieces} 件", kinds=state.kinds, pieces=state.pieces)
    return tr("·").join([*facts, pieces])
