"""放入 · 取出现金: how much, and why.

moved(fen, Explanation)   answer with `shut` or `show_error`
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import BadMoney, Refused
from core.sales.drawer import MoveKind
from core.sales.explanation import FOR_PAY_IN, FOR_PAY_OUT
from core.values.money import parse_money
from ui.look import Look
from ui.text import sentence, tr
from ui.till.amount_entry import AmountEntry
from ui.till.reason_picker import ReasonPicker
from ui.widgets.button import Button
from ui.widgets.digit_pad import DigitPad
from ui.widgets.low_foot import LowFoot
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import LOW_WINDOW, Sheet
from ui.widgets.words import Rule, Words

SIZE = (900, 620)
REASONS = {MoveKind.IN: FOR_PAY_IN, MoveKind.OUT: FOR_PAY_OUT}


class CashSheet(Sheet):
    """The amount first, then the reason; Enter goes from one to the other, then does it."""

    moved = Signal(int, object)
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("放入现金"), size=SIZE, name="cash")
        self._is_busy = False

    def begin(self, kind: MoveKind) -> None:
        """Ask for an amount that goes in or out."""
        verb = tr("放入现金") if kind is MoveKind.IN else tr("取出现金")
        self.set_titles(verb, tr("记在钱箱应有的数里，打一张单签字"))
        body = self._body_of(kind, verb)
        self.set_body(body, LowFoot(self._look, self.done))
        self._is_busy = False
        self._fit()
        if self.isHidden():
            self.open(self.entry.edit)
        self.entry.focus()

    def show_error(self, text: str) -> None:
        """One sentence; amount and reason stay."""
        self._busy(False)
        self._say(text)

    def set_waiting(self) -> None:
        """Somebody else is asked to allow it: everything stays as it is."""
        self._busy(False)

    def _body_of(self, kind: MoveKind, verb: str) -> QWidget:
        look = self._look
        self.entry = AmountEntry(look, tr("金额"), name="cash_amount", has_keyboard=False)
        self.pad = DigitPad(look, self.entry.edit, name="cash_pad")
        self.why = ReasonPicker(look, REASONS[kind], name="cash_why")
        kinds = "primary" if kind is MoveKind.IN else "inverse"
        self.done = Button(
            look, verb, kind=kinds, key="Enter", height=look.sizes.primary, name="cash_done"
        )
        self.said = Words(look, "", "small", "danger_text", wraps=True, name="cash_problem")
        self.said.setFixedHeight(3 * look.line("small"))
        self.entry.entered.connect(self._on_enter)
        self.entry.changed.connect(lambda _text: self._say(""))
        self.why.changed.connect(lambda: self._say(""))
        self.why.entered.connect(self._on_enter)
        self.pad.pressed.connect(self.entry.edit.setFocus)
        self.done.clicked.connect(self._on_enter)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        why = self._column(Words(look, tr("为什么"), "body", bold=True), self.why)
        row.addWidget(Scroll(why), 1)
        row.addWidget(Rule(look, upright=True))
        row.addWidget(self._column(self.entry, self.said, self.pad, last=self.done), 1)
        return body

    def _column(self, *parts: QWidget, last: QWidget | None = None) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(self._look.space[3])
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        if last is not None:
            column.addWidget(last)
        return page

    def _amount_fen(self) -> int:
        text = self.entry.text()
        fen = parse_money(text)
        if fen <= 0:
            raise BadMoney(text)
        return fen

    def _on_enter(self) -> None:
        if self._is_busy:
            return
        try:
            fen = self._amount_fen()
        except Refused as refused:
            self._say(sentence(refused) if self.entry.text() else tr("请先输入金额。"))
            self.entry.set_wrong(True)
            self.entry.focus()
            return
        told = self.why.explanation()
        if told is None:
            self.why.focus()
        else:
            self._busy(True)
            self.moved.emit(fen, told)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.entry.set_wrong(False, text)

    def _busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.done.setEnabled(not is_busy)

    def _fit(self) -> None:
        low, sizes = self.parentWidget().height() < LOW_WINDOW, self._look.sizes
        if self.has_body:
            self.entry.setFixedHeight(52 if low else sizes.input)
            self.done.setFixedHeight(sizes.choice if low else sizes.primary)
