"""下一位，请: the two halves of the counter between customers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Layout, Look
from ui.text import tr
from ui.till.idle_state import IdleState, LastSale
from ui.widgets.button import Button
from ui.widgets.empty import Empty, Offer
from ui.widgets.panel_row import FactRow
from ui.widgets.words import Words


class NextPlease(Empty):
    """The left half: what can be done now. `chosen` gives "join" or "close_day"."""

    def __init__(self, look: Look, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(look, "", name="idle", parent=parent)
        self.set_layout(layout)

    def set_layout(self, layout: Layout) -> None:
        """Take the measures for another width of the window: a low one has room for three."""
        is_roomy = layout.member_rows
        self.layout().setContentsMargins(*((76, 36, 72, 0) if is_roomy else (24, 8, 24, 0)))
        self.set_offers(_offers() if is_roomy else _offers()[1:])

    def show_idle(self, state: IdleState, member_name: str) -> None:
        """Greet the next one; before that, say what to hand back to the last one."""
        if member_name:
            self.set_words(tr("请扫商品"), tr("这一单算{name}的。", name=member_name))
        elif state.is_just_paid and state.last is not None:
            self.set_words(*_thanks(state.last))
        else:
            self.set_words(tr("下一位，请"), tr("先扫会员卡还是先扫商品，结果都一样。"))


class LastSalePanel(QWidget):
    """上一单, at the right: its figures, and `reprint_asked`."""

    reprint_asked = Signal()

    def __init__(self, look: Look, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("last_sale")
        self._look = look
        self._heading = Words(look, tr("上一单"), "body", "ink_2", bold=True)
        self.no = Words(look, "", "title", name="last_no")
        self.time = Words(look, "", "body", "ink_2", name="last_time")
        self.payable = FactRow(look, tr("应收"), name="last_payable")
        self.paid = FactRow(look, tr("实收"), name="last_paid")
        self.change = FactRow(look, tr("找零"), strong=True, name="last_change")
        self.member = FactRow(look, tr("会员"), name="last_member")
        self.reprint = Button(
            look, tr("补打小票"), icon="receipt", key="Ctrl+P", name="last_reprint"
        )
        self.reprint.clicked.connect(self.reprint_asked)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self._heading)
        self._column.addSpacing(4)
        number = QHBoxLayout()
        number.addWidget(self.no)
        number.addStretch(1)
        number.addWidget(self.time)
        self._column.addLayout(number)
        for row in (self.payable, self.paid, self.change, self.member):
            self._column.addWidget(row)
        self._column.addSpacing(16)
        self._column.addWidget(self.reprint)
        self._column.addStretch(1)
        self.set_layout(layout)

    def set_layout(self, layout: Layout) -> None:
        """Take the measures for another width of the window."""
        top = 16 if layout.member_rows else 4
        self._column.setContentsMargins(layout.right_padding, top, layout.right_padding, 0)
        self.payable.setVisible(layout.member_rows)
        height = 50 if layout.member_rows else 40
        for row in (self.payable, self.paid, self.change, self.member):
            row.setFixedHeight(height)

    def show_last(self, last: LastSale | None) -> None:
        """Show a sale; before the first there is nothing."""
        for part in self.findChildren(QWidget):
            if part.parentWidget() is self and part is not self.payable:
                part.setVisible(last is not None)
        if last is None:
            self.payable.hide()
            return
        self.no.setText(last.no)
        self.time.setText(last.time)
        self.payable.set_value(last.payable)
        self.paid.set_value(last.paid)
        self.change.set_value(last.change or "0.00")
        self.member.set_value(last.member)


def _thanks(last: LastSale) -> tuple[str, str]:
    parts = (
        [tr("找零 {change}：{notes}", change=last.change, notes=last.notes)]
        if (last.change)
        else []
    )
    if last.upgrade:
        parts.append(f"{last.member.split('　')[0]}{last.upgrade}")
    title = tr("已收款 {paid}", paid=last.payable)
    return title, "　".join(parts) or tr("不用找零。下一位，请。")


def _offers() -> list[Offer]:
    return [
        Offer("scan", "scan", tr("扫任何码"), tr("商品、会员卡，不必先点输入框"), acts=False),
        Offer(
            "find",
            "phone",
            tr("手机后四位，或姓名拼音首字母"),
            tr("例：5678　　lxh → 李*华"),
            acts=False,
        ),
        Offer("join", "people", tr("新会员，20 秒办好"), tr("手机、姓名、生日，扫一张新卡"), "F2"),
        Offer("close_day", "drawer", tr("日结"), tr("点钱箱，对账，做好备份"), "F12"),
    ]
