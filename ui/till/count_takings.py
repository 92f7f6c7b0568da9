"""收款合计: what the day took, beside the count of its drawer."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.sales.takings import Takings
from core.values.money import format_money
from ui.drawer_text import sales_of_day
from ui.look import Look
from ui.text import tender_name, tr
from ui.widgets.panel_row import FactRow
from ui.widgets.scroll import Scroll
from ui.widgets.words import Words


class TakingsView(QWidget):
    """Tenders and their sum; a hint below, for what is not cash."""

    def __init__(self, look: Look, takings: Takings, *, name: str) -> None:
        super().__init__()
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setSpacing(0)
        for kind, fen in takings.tenders:
            row = FactRow(look, tender_name(kind), format_money(fen), name=f"{name}_{kind}")
            rows.addWidget(row)
        total = format_money(takings.taken_fen)
        rows.addWidget(FactRow(look, tr("合计"), total, strong=True, name=f"{name}_total"))
        rows.addStretch(1)
        area = Scroll(inner)
        title = Words(look, sales_of_day(takings), "body", bold=True, name=f"{name}_sales")
        hint = tr("非现金按终端的签购单核对。")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 17, 16, 16)
        column.setSpacing(look.space[1])
        column.addWidget(title)
        column.addWidget(area, 1)
        column.addWidget(Words(look, hint, "small", "ink_2", halves=True))
