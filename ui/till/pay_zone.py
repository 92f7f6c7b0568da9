"""收款区: what is payable and the one primary button, at the same place in every state."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.look import Layout, Look
from ui.text import tr
from ui.widgets.amount import Amount
from ui.widgets.button import Button
from ui.widgets.words import Rule


class PayZone(QWidget):
    """Payable, paid or change in a fixed slot, and the button: `pay_asked`."""

    pay_asked = Signal()

    def __init__(self, look: Look, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pay_zone")
        self._verb, self._can_pay, self._is_asking = "", False, False
        self.amount = Amount(look, tr("应收"), name="payable")
        self.button = Button(look, tr("收款"), kind="primary", key="F9", name="pay")
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.pay_asked)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Rule(look, strong=True))
        self._inner = QVBoxLayout()
        self._inner.setSpacing(0)
        self._inner.addStretch(1)
        self._inner.addWidget(self.amount)
        self._inner.addStretch(1)
        self._inner.addWidget(self.button)
        column.addLayout(self._inner)
        self.set_layout(layout)

    def set_layout(self, layout: Layout) -> None:
        """Take the measures for another width of the window."""
        self.setFixedHeight(layout.pay_zone_height)
        self.amount.set_measures(size=layout.payable_size, slot=layout.payable_slot)
        self.button.setFixedHeight(layout.pay_button_height)
        side = layout.right_padding
        bottom = 24 if layout.member_rows else 12
        self._inner.setContentsMargins(side, 0, side, bottom)

    def show_payable(self, payable: str, taken: str = "") -> None:
        """应收, ready to be paid; `taken` is what was handed over for it so far."""
        verb = tr("已收 {taken}，接着收", taken=taken) if taken else tr("收款")
        self._show(tr("应收"), payable, "ink", verb, can_pay=True)

    def show_nothing(self) -> None:
        """Nothing to pay yet."""
        self._show(tr("应收"), "0.00", "disabled_ink", tr("扫入商品后收款"), can_pay=False)

    def show_done(self, label: str, amount: str) -> None:
        """找零 or 已收 of the sale that was just settled."""
        self._show(label, amount, "ink", tr("扫入商品后收款"), can_pay=False)

    def show_asking(self, *, is_asking: bool) -> None:
        """收款 was pressed, and head office is asked first: everything else goes on meanwhile."""
        self._is_asking = is_asking
        self._show_button()

    def _show(self, label: str, amount: str, role: str, verb: str, *, can_pay: bool) -> None:
        self.amount.set_amount(amount, role, label=label)
        self._verb, self._can_pay = verb, can_pay
        self._show_button()

    def _show_button(self) -> None:
        is_asking = self._is_asking and self._can_pay
        verb = tr("正在问总部…") if is_asking else self._verb
        can_pay = self._can_pay and not is_asking
        if self.button.text() != verb or self.button.isEnabled() != can_pay:
            self.button.setEnabled(can_pay)
            self.button.set_label(verb)
