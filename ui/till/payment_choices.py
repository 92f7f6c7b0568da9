"""支付方式: the left side of the payment sheet: the ways to pay and what is recorded so far."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.pricing.tender import TenderKind
from core.values.money import format_money
from ui.look import Look
from ui.text import tender_name, tr
from ui.till.payment_state import PaymentState
from ui.widgets import paint
from ui.widgets.button import Button
from ui.widgets.digit_pad import DigitPad
from ui.widgets.scroll import Scroll
from ui.widgets.tile import Tile
from ui.widgets.words import Rule, Words

ICONS = {
    TenderKind.INSURANCE: "shield",
    TenderKind.CASH: "cash",
    TenderKind.WECHAT: "chat",
    TenderKind.ALIPAY: "qr",
    TenderKind.CARD: "bankcard",
    TenderKind.VOUCHER: "coupon",
}
WIDE = (TenderKind.INSURANCE, TenderKind.CASH)


class PaymentChoices(QWidget):
    """`chosen` names a kind; `removed` the place of a recorded tender."""

    chosen = Signal(str)
    removed = Signal(int)
    pad_left = Signal()

    def __init__(self, look: Look, line: QLineEdit) -> None:
        super().__init__()
        self._look = look
        self._is_compact = False
        self._tiles: dict[TenderKind, Tile] = {}
        self._state: PaymentState | None = None
        self._grid = QGridLayout()
        self._grid.setSpacing(look.space[2])
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._recorded = QVBoxLayout()
        self._recorded.setContentsMargins(0, 0, 0, 0)
        self._recorded.setSpacing(0)
        self._heading = Words(look, tr("已收"), "body", bold=True)
        self._hint = Words(look, self._hint_words(), "small", "ink_2", elides=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(Scroll(self._ways()))
        self._stack.addWidget(self._keys(line))
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._stack)

    def show_payment(self, state: PaymentState, chosen: TenderKind) -> None:
        """The ways to pay in this state, and what was recorded."""
        self._state = state
        if set(self._tiles) != {choice.kind for choice in state.choices}:
            self._make_tiles(state)
        for at, (kind, tile) in enumerate(self._tiles.items()):
            tile.setEnabled(state.choice(kind).most_fen > 0)
            self._place(tile, kind, at)
            tile.show()
        self.choose(chosen)
        self._show_recorded(state)

    def choose(self, kind: TenderKind) -> None:
        """Mark one way as chosen; its tile shows what it would pay."""
        if self._state is None:
            return
        for each, tile in self._tiles.items():
            is_chosen = each is kind and tile.isEnabled()
            tile.set_chosen(is_chosen)
            tile.set_words(tender_name(each), sub=self._sub(each), amount=self._amount(each, kind))

    def set_compact(self, is_compact: bool) -> None:
        """For a low window: two columns of lower tiles."""
        self._is_compact = is_compact
        sides = (20, 12, 16, 12) if is_compact else (24, 17, 20, 16)
        self._column.setContentsMargins(*sides)
        self._hint.setHidden(is_compact)
        for at, (kind, tile) in enumerate(self._tiles.items()):
            self._place(tile, kind, at)
        # The one that is not shown does not tell that it takes less room now.
        self._stack.updateGeometry()

    def show_pad(self, is_shown: bool) -> None:
        """The keys on the screen instead of the ways to pay."""
        self._stack.setCurrentIndex(int(is_shown))

    def has_pad(self) -> bool:
        """Whether the keys on the screen are shown."""
        return self._stack.currentIndex() == 1

    def set_busy(self, is_busy: bool) -> None:
        """Nothing can be chosen or removed while a payment is on its way."""
        self._stack.setEnabled(not is_busy)

    def _ways(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(0)
        column.addWidget(Words(self._look, tr("支付方式"), "body", bold=True))
        column.addSpacing(10)
        column.addLayout(self._grid)
        column.addSpacing(16)
        column.addWidget(self._heading)
        column.addSpacing(4)
        column.addWidget(self._scroll(), 1)
        column.addWidget(self._hint)
        return page

    def _scroll(self) -> Scroll:
        inner = QWidget()
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._recorded)
        outer.addStretch(1)
        area = Scroll(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _keys(self, line: QLineEdit) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(self._look.space[3])
        head = QHBoxLayout()
        head.addWidget(Words(self._look, tr("金额"), "body", bold=True))
        head.addStretch(1)
        back = Button(self._look, tr("回到支付方式"), kind="text", name="payment_ways")
        back.clicked.connect(self.pad_left)
        head.addWidget(back)
        column.addLayout(head)
        column.addWidget(DigitPad(self._look, line, name="payment_pad"))
        column.addStretch(1)
        return page

    def _make_tiles(self, state: PaymentState) -> None:
        for tile in self._tiles.values():
            self._grid.removeWidget(tile)
            tile.deleteLater()
        self._tiles = {}
        for choice in state.choices:
            tile = Tile(
                self._look,
                tender_name(choice.kind),
                icon=ICONS[choice.kind],
                key=f"Ctrl+{choice.key}",
                name=f"tender_{choice.kind.value}",
            )
            tile.clicked.connect(lambda _on=True, kind=choice.kind: self.chosen.emit(kind.value))
            self._tiles[choice.kind] = tile

    def _place(self, tile: Tile, kind: TenderKind, at: int) -> None:
        sizes = self._look.sizes
        tile.setFixedHeight(sizes.choice if self._is_compact else sizes.tender)
        if not self._is_compact:
            wide = [each for each in self._tiles if each in WIDE]
            if kind in wide:
                self._grid.addWidget(tile, wide.index(kind), 0, 1, 2)
                return
            at += len(wide)
        self._grid.addWidget(tile, at // 2, at % 2)

    def _sub(self, kind: TenderKind) -> str:
        state = self._state
        if state is None or self._is_compact:
            return ""
        if state.choice(kind).is_prescription_only:
            return tr("仅处方药")
        if kind is TenderKind.CASH and state.cash_rounding_fen:
            return tr("抹零 {fen}", fen=format_money(-state.cash_rounding_fen))
        return ""

    def _amount(self, kind: TenderKind, chosen: TenderKind) -> str:
        state = self._state
        if state is None:
            return ""
        most = state.choice(kind).most_fen
        is_limited = 0 < most < state.needed_fen(kind)
        is_said = is_limited or (kind is chosen and not self._is_compact)
        return format_money(most) if most and is_said else ""

    def _show_recorded(self, state: PaymentState) -> None:
        while (item := self._recorded.takeAt(0)) is not None:
            row = item.widget()
            row.setParent(None)
            row.deleteLater()
        for at, (kind, fen) in enumerate(state.tenders):
            row = self._row(at, kind, fen)
            self._recorded.addWidget(row)
            row.show()
        self._heading.setVisible(bool(state.tenders))
        self._hint.setText(self._hint_words())

    def _row(self, at: int, kind: TenderKind, fen: int) -> QWidget:
        look, name, amount = self._look, tender_name(kind), format_money(fen)
        is_credit = self._state is not None and at < self._state.credits
        if is_credit:
            name = tr("退货抵（{tender}）", tender=name)
        row = QWidget()
        row.setObjectName(f"paid_{at}")
        row.setAccessibleName(f"{name} {amount}")
        remove = Button(look, tr("退掉"), kind="text", name=f"paid_{at}_remove")
        remove.set_spoken(tr("退掉{kind} {amount}", kind=name, amount=amount))
        remove.clicked.connect(lambda: self.removed.emit(at))
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 8, 0)
        line.setSpacing(look.space[4])
        line.addWidget(Words(look, name))
        line.addStretch(1)
        line.addWidget(Words(look, amount, "item", bold=True, align=paint.RIGHT))
        line.addWidget(remove)
        if is_credit:
            remove.hide()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(Rule(look))
        return row

    @staticmethod
    def _hint_words() -> str:
        return tr("直接输金额；↑ ↓ 或 Ctrl+数字换方式。可以几种一起付。")
