"""实收和找零: the right side of the payment sheet: what is due, what is given, what goes back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import Refused
from core.pricing.tender import TenderKind
from core.values.money import format_money
from ui.look import Look
from ui.text import tender_name, tr
from ui.till.amount_entry import AmountEntry
from ui.till.figure_zone import FigureZone
from ui.till.payment_state import PaymentState, notes_words, quick_amounts
from ui.widgets.amount import Amount
from ui.widgets.button import Button
from ui.widgets.panel_row import FactRow
from ui.widgets.tile import Tile
from ui.widgets.words import Rule

QUICK = 5


class PaymentMoney(QWidget):
    """Shows one kind of tender at a time; `finished` when the person wants to take the money."""

    finished = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._state: PaymentState | None = None
        self._kind = TenderKind.CASH
        self._is_busy = False
        self._fen = 0
        self.facts = {
            "payable": FactRow(
                look,
                tr("应收"),
                ruled=False,
                height=28,
                keeps_value=True,
                name="payment_payable",
            ),
            "paid": FactRow(look, tr("已收"), ruled=False, height=28, name="payment_paid"),
            "rounding": FactRow(look, tr("抹零"), ruled=False, height=28, name="payment_rounding"),
        }
        self.due = Amount(look, size=64, slot=92, name="payment_due")
        self.entry = AmountEntry(look, tr("实收"), name="payment_amount")
        self.quick = [Tile(look, "", centred=True, name=f"quick_{at}") for at in range(QUICK)]
        self._quick_fen = [0] * QUICK
        self.zone = FigureZone(look, name="payment_change")
        self.done = Button(look, tr("完成收款"), kind="primary", key="Enter", name="payment_done")
        self._arrange()
        self.entry.changed.connect(self._on_changed)
        self.entry.entered.connect(self.finished)
        self.done.clicked.connect(self.finished)
        for at, tile in enumerate(self.quick):
            tile.clicked.connect(lambda _on=True, at=at: self._take_quick(at))

    def show_payment(self, state: PaymentState, kind: TenderKind) -> None:
        """The money of this state if this kind pays; the amount due stands ready."""
        self._state, self._kind = state, kind
        self.set_busy(False)
        self._show_facts(state)
        most = state.choice(kind).most_fen
        label = tr("{kind}应收", kind=tender_name(kind))
        self.due.set_amount(format_money(most), label=label)
        self.entry.set_label(tr("实收") if kind is TenderKind.CASH else tr("收"))
        self._show_quick(state, kind)
        self.entry.set_text(format_money(most))
        self._on_changed(self.entry.text())

    def taken_fen(self) -> int:
        """Fen of the amount as it stands; raises as `PaymentState.take`."""
        if self._state is None:
            return 0
        return self._state.take(self._kind, self.entry.text())

    def show_problem(self, text: str) -> None:
        """One sentence in place of the change; the amount stays as it was typed."""
        self.entry.set_wrong(True, text)
        self.zone.show_problem(text)

    def set_busy(self, is_busy: bool) -> None:
        """While a payment is on its way nothing can be pressed twice."""
        self._is_busy = is_busy
        self.done.setEnabled(not is_busy)

    def set_compact(self, is_compact: bool) -> None:
        """For a low window: everything a step smaller."""
        sizes = self._look.sizes
        self.due.set_measures(size=48 if is_compact else 64, slot=60 if is_compact else 92)
        self.entry.setFixedHeight(52 if is_compact else sizes.input)
        for tile in self.quick:
            tile.setFixedHeight(sizes.control if is_compact else sizes.choice)
        for row in self.facts.values():
            row.setFixedHeight(24 if is_compact else 28)
            row.label.setFont(self._look.font("small" if is_compact else "body"))
        self.zone.set_compact(is_compact)
        self.done.setFixedHeight(sizes.choice if is_compact else sizes.primary)
        self._above.setContentsMargins(24, 8 if is_compact else 17, 24, 12)
        self._below.setContentsMargins(24, *((10, 24, 10) if is_compact else (16, 24, 16)))

    def _arrange(self) -> None:
        look = self._look
        self._above = QVBoxLayout()
        self._above.setSpacing(0)
        for row in self.facts.values():
            self._above.addWidget(row)
        self._above.addStretch(1)
        self._above.addWidget(Rule(look, strong=True))
        self._above.addWidget(self.due)
        self._above.addWidget(self.entry)
        self._above.addSpacing(look.space[2])
        amounts = QHBoxLayout()
        amounts.setSpacing(look.space[2])
        for tile in self.quick:
            amounts.addWidget(tile, 1)
        self._above.addLayout(amounts)
        self._below = QVBoxLayout()
        self._below.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._above, 1)
        column.addWidget(self.zone)
        column.addLayout(self._below)

    def _show_facts(self, state: PaymentState) -> None:
        paid = sum(fen for _, fen in state.tenders)
        rounding = state.rounding_fen
        if self._kind is TenderKind.CASH:
            rounding += state.cash_rounding_fen
        said = tr("应收（{points}）", points=state.by_points) if state.by_points else tr("应收")
        self.facts["payable"].label.setText(said)
        self.facts["payable"].set_value(format_money(state.payable_fen))
        for name, fen in (("paid", paid), ("rounding", rounding)):
            self.facts[name].set_value(format_money(-fen), "accent_text")
            self.facts[name].setVisible(bool(fen))

    def _show_quick(self, state: PaymentState, kind: TenderKind) -> None:
        due = state.choice(kind).most_fen
        amounts = (due, *quick_amounts(due)) if kind is TenderKind.CASH and due else ()
        for at, tile in enumerate(self.quick):
            has_one = at < len(amounts)
            self._quick_fen[at] = amounts[at] if has_one else 0
            words = tr("刚好") if at == 0 else _short(self._quick_fen[at])
            tile.set_words(words)
            policy = tile.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            tile.setSizePolicy(policy)
            tile.setVisible(has_one)

    def _take_quick(self, at: int) -> None:
        self.entry.set_text(format_money(self._quick_fen[at]))
        self._mark_quick()

    def _mark_quick(self) -> None:
        for tile, fen in zip(self.quick, self._quick_fen, strict=True):
            tile.set_chosen(bool(fen) and fen == self._fen)

    def _on_changed(self, _text: str) -> None:
        state, kind = self._state, self._kind
        if state is None:
            return
        try:
            self._fen = self.taken_fen()
        except Refused:
            # half a number is no mistake yet: the sentence comes with Enter
            self._fen = 0
        self._mark_quick()
        left = state.left_fen(kind, self._fen)
        if left > 0:
            after = tr("记下这一笔，其余再选方式") if self._fen else ""
            self.zone.show_figure(tr("还差"), format_money(left), after=after)
            self.done.set_label(
                tr("先收 {amount}", amount=format_money(self._fen)) if self._fen else tr("完成收款")
            )
            return
        if state.left and not self._fen:
            fen = sum(fen for _, fen in state.left)
            self.done.set_label(tr("退给顾客 {amount}", amount=format_money(fen)))
            self.zone.show_figure(
                tr("退给顾客"),
                format_money(fen),
                before=_earned(state),
                after=state.left_words,
            )
            return
        self.done.set_label(tr("完成收款"))
        notes = _notes(kind, -left)
        self.zone.show_figure(tr("找零"), format_money(-left), before=_earned(state), after=notes)


def _short(fen: int) -> str:
    """Whole yuan without idle zeros, as on a button: "1,240"."""
    text = format_money(fen)
    return text.removesuffix(".00")


def _notes(kind: TenderKind, change_fen: int) -> str:
    if kind is not TenderKind.CASH:
        return tr("核对到账，再完成收款")
    return notes_words(change_fen) or tr("刚好，不用找零")


def _earned(state: PaymentState) -> str:
    if not state.has_member:
        return ""
    return tr(
        "本单得 +{points} 分，余 {after} 分",
        points=f"{state.points:,}",
        after=f"{state.points_after:,}",
    )
