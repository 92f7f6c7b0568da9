"""找零: what stands after a sale is settled: the change, how to count it, and what was earned."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.ports import StoredSale
from core.pricing.tender import TenderKind
from core.sales.receipt import FigureLine, LeftLine, PointsLine, UpgradeLine
from core.values.money import format_money
from ui.drawer_text import back_by
from ui.look import Look
from ui.text import tr
from ui.till.payment_state import notes_words
from ui.till.points_state import points_words
from ui.widgets import paint
from ui.widgets.amount import Amount
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.panel_row import FactRow
from ui.widgets.words import Words

LEAST_SIDE = 24


class PaymentChange(QWidget):
    """The figures of one settled sale; `seen` when the cashier is ready for the next one."""

    seen = Signal()

    def __init__(self, look: Look, sale: StoredSale) -> None:
        super().__init__()
        self._look = look
        left = [line for line in sale.receipt.lines if isinstance(line, LeftLine)]
        back_fen = sum(line.amount_fen for line in left) + sale.change_fen
        label = tr("退给顾客") if left else tr("找零")
        self.change = Amount(look, label, size=64, slot=92, name="change_due")
        self.change.set_amount(format_money(back_fen))
        self.notes = Words(
            look,
            left_words(left) or notes_words(sale.change_fen) or tr("不用找零"),
            "item",
            align=paint.RIGHT,
            elides=True,
            name="change_notes",
        )
        self.next = Button(look, tr("下一位"), kind="primary", key="Enter", name="change_next")
        self.next.clicked.connect(self.seen)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._fill(sale)

    def _fill(self, sale: StoredSale) -> None:
        column, look = self._column, self._look
        column.addWidget(self.change)
        column.addWidget(self.notes)
        column.addSpacing(16)
        for name, label, value in self._facts(sale):
            column.addWidget(FactRow(look, label, value, height=44, name=f"change_{name}"))
        upgrade = _upgrade(sale)
        if upgrade:
            column.addSpacing(12)
            column.addWidget(
                Banner(
                    look,
                    tr("升级为{tier}", tier=upgrade),
                    tr("道声祝贺，下一单起就用新等级"),
                    icon="user",
                    name="change_upgrade",
                )
            )
        column.addStretch(1)
        column.addSpacing(12)
        hint = tr("扫下一位的商品就开始下一单")
        column.addWidget(Words(look, hint, "body", "ink_2", align=paint.CENTRE, name="change_hint"))
        column.addSpacing(12)
        column.addWidget(self.next)

    def _facts(self, sale: StoredSale) -> list[tuple[str, str, str]]:
        facts = [
            ("payable", tr("应收"), format_money(sale.payable_fen)),
            ("paid", tr("实收"), format_money(sale.paid_fen)),
        ]
        if spent := _spent(sale):
            facts.append(("spent", tr("积分抵扣"), spent))
        if sale.member_id is not None:
            points = tr(
                "+{earned} 分　余 {balance} 分",
                earned=f"{sale.points_earned:,}",
                balance=f"{sale.points_balance:,}",
            )
            facts.append(("points", tr("本单积分"), points))
        return facts

    def set_compact(self, is_compact: bool) -> None:
        """For a low window: a step smaller."""
        look = self._look
        self.change.set_measures(size=56 if is_compact else 64, slot=72 if is_compact else 92)
        self.next.setFixedHeight(look.sizes.choice if is_compact else look.sizes.primary)
        edge = 6 if is_compact else LEAST_SIDE
        self._column.setContentsMargins(32, edge, 32, edge)


def left_words(left: Sequence[LeftLine]) -> str:
    """How what goods that came back left goes back: notes of cash, or the terminal."""
    notes = (notes_words(line.amount_fen) for line in left if line.kind == TenderKind.CASH)
    others = (back_by(line.kind) for line in left if line.kind != TenderKind.CASH)
    return tr("，").join((*notes, *others))


def _spent(sale: StoredSale) -> str:
    """What points paid, as the receipt has it."""
    lines = sale.receipt.lines
    points = sum(line.spent for line in lines if isinstance(line, PointsLine))
    fen = (line.amount for line in lines if isinstance(line, FigureLine) and line.kind == "points")
    return points_words(points, sum(fen))


def _upgrade(sale: StoredSale) -> str:
    found = (line.tier_name for line in sale.receipt.lines if isinstance(line, UpgradeLine))
    return next(found, "")
