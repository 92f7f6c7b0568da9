"""下一位，请: the two halves of the counter between customers."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from ui.look import Layout, Look
from ui.text import tr
from ui.till.idle_state import IdleState, LastSale
from ui.widgets import paint
from ui.widgets.button import Button
from ui.widgets.empty import Empty, Offer
from ui.widgets.panel_row import FactRow
from ui.widgets.words import Words

# Sentence, line and the space around them; one offer.
HEAD, ROW = 84, 72
BELOW_HEAD, GAP = 4, 8


class _Shown(Struct, frozen=True):
    """What of the last sale has room: its rows and their height, air below them, the buttons."""

    rows: tuple[str, ...]
    height: int
    air: int
    has_gift: bool = False
    has_head: bool = True
    has_no: bool = True


EACH = ("payable", "paid", "change", "member")
# The fullest first. What was handed back and the way to its receipt stay the longest.
SHOWN = (
    _Shown(EACH, 50, 16, has_gift=True),
    _Shown(EACH, 40, 12, has_gift=True),
    _Shown(EACH[1:], 38, 10, has_gift=True),
    _Shown(EACH[2:], 36, 8, has_gift=True),
    _Shown(EACH[1:], 40, 16),
    _Shown(("change",), 28, 0),
    _Shown(("change",), 28, 0, has_head=False),
    _Shown((), 28, 0, has_head=False),
    _Shown((), 28, 0, has_head=False, has_no=False),
)


class NextPlease(Empty):
    """The left half: what can be done now. `chosen` gives "join", "earlier" or "shift"."""

    def __init__(self, look: Look, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(look, "", name="idle", parent=parent)
        self._room = -1
        self.set_layout(layout)

    def set_layout(self, layout: Layout) -> None:
        """Take the measures for another width of the window."""
        margins = (76, 36, 72, 0) if layout.member_rows else (24, 8, 24, 0)
        self.layout().setContentsMargins(*margins)
        self._fit()

    def _fit(self) -> None:
        """As many offers as the height has room for, the least needed one first to go."""
        top = self.layout().contentsMargins().top()
        room = max(0, (self.height() - top - HEAD) // ROW)
        if room != self._room:
            self._room = room
            offers = _offers()
            self.set_offers(offers[max(0, len(offers) - room) :])

    def show_idle(self, state: IdleState, member_name: str) -> None:
        """Greet the next one; before that, say what to hand back to the last one."""
        if member_name:
            self.set_words(tr("请扫商品"), tr("这一单算{name}的。", name=member_name))
        elif state.is_just_paid and state.last is not None:
            self.set_words(*_thanks(state.last))
        else:
            self.set_words(tr("下一位，请"), tr("先扫会员卡还是先扫商品，结果都一样。"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class LastSalePanel(QWidget):
    """上一单, at the right: its figures, `reprint_asked` and `gift_asked` (礼品小票)."""

    reprint_asked = Signal()
    gift_asked = Signal()

    def __init__(self, look: Look, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("last_sale")
        self._look = look
        self.heading = Words(
            look, tr("上一单"), "body", "ink_2", bold=True, elides=True, name="last_heading"
        )
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
        self.gift = Button(look, tr("礼品小票"), icon="receipt", key="Ctrl+G", name="last_gift")
        self.gift.clicked.connect(self.gift_asked)
        self._nothing = Words(
            look, tr("还没有。卖出第一单以后，在这里补打小票。"), "body", "ink_2", wraps=True
        )
        self._rows = (self.payable, self.paid, self.change, self.member)
        self._figures = self._arrange_figures()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self.heading)
        self._column.addSpacing(BELOW_HEAD)
        self._column.addWidget(self._nothing)
        self._column.addWidget(self._figures)
        self._column.addStretch(1)
        self.set_layout(layout)
        self.show_last(None)

    def _arrange_figures(self) -> QWidget:
        figures = QWidget(self)
        column = QVBoxLayout(figures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        number = QHBoxLayout()
        number.addWidget(self.no)
        number.addStretch(1)
        number.addWidget(self.time)
        column.addLayout(number)
        for row in self._rows:
            column.addWidget(row)
        self._air, self._below_reprint = QSpacerItem(0, 16), QSpacerItem(0, GAP)
        column.addItem(self._air)
        column.addWidget(self.reprint)
        column.addItem(self._below_reprint)
        column.addWidget(self.gift)
        return figures

    def set_layout(self, layout: Layout) -> None:
        """Take the measures for another width of the window."""
        top = 16 if layout.member_rows else 4
        self._column.setContentsMargins(layout.right_padding, top, layout.right_padding, 0)
        self._may_gift = layout.member_rows  # in a low window its key stands in the help
        self._fit()

    def _fit(self) -> None:
        """As much as the height has room for: no row lies on another, no button is cut."""
        wanted = [each for each in SHOWN if self._may_gift or not each.has_gift]
        shown = next((each for each in wanted if self._takes(each) <= self.height()), wanted[-1])
        for name, row in zip(EACH, self._rows, strict=True):
            row.setFixedHeight(shown.height)
            row.setVisible(name in shown.rows)
        self.heading.setVisible(shown.has_head or self._figures.isHidden())
        self.no.setVisible(shown.has_no)
        self.time.setVisible(shown.has_no)
        self.gift.setVisible(shown.has_gift)
        self._fit_number()
        self._air.changeSize(0, shown.air)
        self._below_reprint.changeSize(0, GAP if shown.has_gift else 0)

    def _fit_number(self) -> None:
        """One from before a restart tells its day as well: its number is set smaller beside it."""
        margins, look = self._column.contentsMargins(), self._look
        room = self.width() - margins.left() - margins.right() - GAP
        room -= paint.advance(self.time.font(), self.time.text())
        fonts = [look.font(style, True) for style in ("title", "body", "small")]
        fitting = (each for each in fonts if paint.advance(each, self.no.text()) <= room)
        self.no.setFont(next(fitting, fonts[-1]))

    def _takes(self, shown: _Shown) -> int:
        """How high it stands."""
        head = self.heading.height() if shown.has_head else 0
        number = self.no.height() if shown.has_no else 0
        buttons = self.reprint.height() + (self.gift.height() + GAP if shown.has_gift else 0)
        rows = len(shown.rows) * shown.height
        top = self._column.contentsMargins().top() + BELOW_HEAD
        return top + head + number + rows + shown.air + buttons

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_last(self, last: LastSale | None) -> None:
        """Show a sale; before the first there is nothing to print again."""
        self._figures.setVisible(last is not None)
        self._nothing.setVisible(last is None)
        self._fit()
        if last is None:
            self.heading.setText(tr("上一单"))
            return
        self.heading.setText(last.mark or tr("上一单"))
        self.no.setText(last.no)
        self.time.setText(last.time)
        self.payable.set_value(last.payable)
        self.paid.set_value(last.paid)
        self.change.label.setText(tr("退给顾客") if last.back else tr("找零"))
        self.change.set_value(last.back or last.change or "0.00")
        self.member.set_value(last.member)
        self._fit_number()


def _thanks(last: LastSale) -> tuple[str, str]:
    parts = []
    if last.back:
        parts.append(tr("退给顾客 {back}：{notes}", back=last.back, notes=last.notes))
    elif last.change:
        parts.append(tr("找零 {change}：{notes}", change=last.change, notes=last.notes))
    if last.upgrade:
        name = last.member.split("　")[0]
        parts.append(tr("{name}{upgrade}", name=name, upgrade=last.upgrade))
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
        Offer("earlier", "receipt", tr("找以前的单"), tr("补打、退货、礼品小票"), "Ctrl+O"),
        Offer("shift", "drawer", tr("班次"), tr("交接班，放入取出现金，日结"), "F12"),
    ]
