"""异业账: how many coupons of each partner were used in some days, and what the partner bears.

asked(since, until)     answer with `show_accounts` or `said.say`
filed()                 what stands there, as a table
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from core.sales.offer_use import PartnerAccount
from core.values.money import format_money
from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.day_span import DaySpan, bad_day_words
from ui.widgets.foot import Foot
from ui.widgets.key_hint import ENTER
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule

SIZE = (680, 520)
SIDE = 24


class PartnersSheet(Sheet):
    """A usual span is looked at when it is pressed, other days by Enter."""

    asked = Signal(object, object)
    filed = Signal()
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("异业账"), size=SIZE, name="partners")
        self.span = DaySpan(look, name="partners")
        self.list = ChoiceList(look, name="partners_list", spoken=tr("异业"))
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.said = Said(look, name="partners_said")
        height = look.sizes.control
        self.file = Button(
            look, tr("存成表格…"), icon="export", key="Ctrl+S", height=height, name="partners_file"
        )
        self.look_up = Button(
            look, tr("看这些天"), kind="primary", key="Enter", height=height, name="partners_look"
        )
        self.set_body(self._body(look), Foot(look, self.file, self.look_up, said=self.said))
        self.span.picked.connect(self._ask)
        self.span.typed.connect(self._forget)
        self.span.submitted.connect(self._ask)
        self.look_up.clicked.connect(self._ask)
        self.file.clicked.connect(self.filed)

    def _body(self, look: Look) -> QWidget:
        body, top = QWidget(), QVBoxLayout()
        top.setContentsMargins(SIDE, 16, SIDE, 16)
        top.addWidget(self.span)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(Rule(look))
        column.addWidget(self.list, 1)
        return body

    def begin(self, today: date) -> None:
        """Open with this month until today."""
        if self.isHidden():
            self.open()
        self.span.begin(today)

    def show_accounts(self, accounts: Sequence[PartnerAccount]) -> None:
        """What each partner bears, and all of them."""
        self.list.show_rows([_row(each) for each in accounts])
        self.file.setEnabled(bool(accounts))
        amount = format_money(sum(each.amount_fen for each in accounts))
        words = tr("一共 {amount}，退回的已经减去。", amount=amount)
        self.said.say(words if accounts else tr("这些天没有用过异业券。"))

    def show_error(self, sentence: str) -> None:
        """Why nothing can be shown."""
        self._forget()
        self.said.say(sentence, is_wrong=True)

    def _forget(self) -> None:
        """What stood there was of other days."""
        self.list.show_rows(())
        self.file.setEnabled(False)
        self.said.say("" if self.span.days else bad_day_words())

    def _ask(self) -> None:
        self._forget()
        if self.span.days is not None:
            self.asked.emit(*self.span.days)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter looks, wherever the keys are; on a button it is that button's."""
        if event.key() in ENTER and not isinstance(QApplication.focusWidget(), QAbstractButton):
            event.accept()
            if not event.isAutoRepeat():
                self._ask()
        else:
            super().keyPressEvent(event)


def _row(account: PartnerAccount) -> Choice:
    return Choice(
        account.partner,
        account.partner,
        tr("用了 {count} 张", count=f"{account.uses:,}"),
        right=format_money(account.amount_fen),
        icon="coupon",
    )
