"""The picture book: every widget in a window, written as PNG files to look at.

`python -m tests.ui.widgets.gallery FOLDER [THEME]` writes one picture for each page.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from tests.ui.widgets.gallery_lines import lines, odd_lines
from tests.ui.widgets.gallery_parts import KEYS, controls, dialog, header, parts, row, suggesting
from ui.look import Layout, Look
from ui.widgets.amount import Amount
from ui.widgets.banner import Action, Banner
from ui.widgets.big_input import BigInput
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.key_strip import Key, KeyStrip
from ui.widgets.ledger import Ledger, LedgerRow
from ui.widgets.line_row import LineRow
from ui.widgets.line_table import LineTable
from ui.widgets.panel_row import Figure, PanelRow
from ui.widgets.words import Rule, Words


def counter(look: Look, width: int, rows: list[LineRow]) -> QWidget:
    """The counter with a sale, at a logical width."""
    layout = Layout.for_width(width)
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(header(look))
    halves = QHBoxLayout()
    halves.setSpacing(0)
    halves.addLayout(basket(look, layout, rows), 1)
    halves.addWidget(Rule(look, upright=True))
    halves.addWidget(pay_panel(look, layout))
    column.addLayout(halves, 1)
    keys = KEYS if layout.keys_on_strip == 10 else [*KEYS[1:6], Key("F1", "全部按键")]
    column.addWidget(KeyStrip(look, keys, height=layout.key_strip_height))
    return page


def basket(look: Look, layout: Layout, rows: list[LineRow]) -> QVBoxLayout:
    left = QVBoxLayout()
    left.setSpacing(0)
    scan = BigInput(
        look,
        "扫码，或输入会员卡、手机、姓名拼音、商品、优惠券",
        keyboard="触摸键盘",
        height=layout.input_height,
    )
    zone = QVBoxLayout()
    margin = layout.input_margin
    bottom = margin if margin == 16 else 0
    zone.setContentsMargins(margin, margin, margin, bottom)
    zone.addWidget(scan)
    left.addLayout(zone)
    table = LineTable(look, layout)
    table.show_rows(rows, current=[row for row in rows if row.kind == "line"][-1].identity)
    left.addWidget(table, 1)
    saved = Figure(look, "已省")
    saved.set_value("39.79", role="accent_text", bold=True)
    figures = row(Figure(look, "原价", "286.10"), saved, Figure(look, "本单积分", "+271"))
    figures.addWidget(Button(look, "为什么这个价", icon="why", key="F11"))
    figures.setSpacing(32)
    summary = QWidget()
    summary.setFixedHeight(layout.summary_height)
    summary.setLayout(figures)
    figures.setContentsMargins(layout.left_padding, 0, layout.left_padding, 0)
    left.addWidget(summary)
    return left


def pay_panel(look: Look, layout: Layout) -> QWidget:
    right = QWidget()
    right.setFixedWidth(layout.right_width - 1)
    column = QVBoxLayout(right)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    member = QVBoxLayout()
    pad = layout.right_padding
    member.setContentsMargins(pad, 20, pad, 0)
    member.setSpacing(8)
    points = Words(look, "12,480", "figure")
    top = row(Words(look, "李*华", "figure"), Chip(look, "金卡", kind="inverse"))
    top.addWidget(points)
    member.addLayout(top)
    cake = Banner(look, "明天生日", "生日礼 95折", icon="cake", action=Action("told", "已告知"))
    member.addWidget(cake)
    member.addWidget(PanelRow(look, "优惠券 3 张", icon="coupon", action="用一张", key="F4"))
    column.addLayout(member)
    column.addStretch(1)
    zone = QWidget()
    zone.setFixedHeight(layout.pay_zone_height)
    pay = QVBoxLayout(zone)
    gap = 24 if layout.pay_button_height == 72 else 12
    pay.setContentsMargins(0, 0, 0, gap)
    pay.setSpacing(0)
    pay.addWidget(Rule(look, strong=True))
    inner = QVBoxLayout()
    inner.setContentsMargins(pad, 0, pad, 0)
    inner.setSpacing(0)
    amount = Amount(look, "应收", size=layout.payable_size, slot=layout.payable_slot)
    amount.set_amount("246.31")
    inner.addStretch(1)
    inner.addWidget(amount)
    inner.addStretch(1)
    inner.addWidget(Button(look, "收款", kind="primary", key="F9", height=layout.pay_button_height))
    pay.addLayout(inner)
    column.addWidget(zone)
    return right


def ledger(look: Look) -> QWidget:
    """Why this price, once as drawn and once with more offers than fit."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 16, 432, 16)
    heads = ("商品", "原价", "会员价", "第二件半价", "金卡95折", "满 100 减 10", "应收")
    rows = [
        LedgerRow("维生素C咀嚼片 × 2", "78.00", ("−4.00", "", "", "−6.62"), "67.38"),
        LedgerRow("碳酸钙D3片", "68.00", ("", "", "−3.40", "−5.77"), "58.83"),
        LedgerRow("阿托伐他汀钙片", "42.60", ("",) * 4, "42.60", chips=("处方",)),
        LedgerRow("注射用重组人促红素预充式注射器", "29.90", ("", "", "−1.50", "−2.54"), "25.86"),
    ]
    total = LedgerRow("合计", "286.10", ("−4.00", "−7.90", "−7.89", "−20.00"), "246.31")
    drawn = Ledger(look)
    drawn.show_rows(heads, rows, total)
    column.addWidget(drawn)
    many = Ledger(look)
    heads = ("商品", "原价", *(f"第 {no} 个优惠规则" for no in range(9)), "应收")
    rows = [LedgerRow("维生素C咀嚼片 × 2", "123,478.00", ("−12,345.00",) * 9, "123,467.38")] * 3
    many.show_rows(heads, rows, rows[0])
    column.addWidget(many)
    return page


PAGES = {
    "ledger": ledger,
    "controls": controls,
    "dialog": dialog,
    "parts": parts,
    "suggesting": suggesting,
}


COUNTERS = {
    "counter": (lines, (1366, 768)),
    "counter_odd": (odd_lines, (1366, 768)),
    "counter_1024": (lines, (1024, 768)),
    "counter_1920": (lines, (1920, 1080)),
    "counter_911": (lines, (911, 512)),
    "counter_683": (lines, (683, 384)),
}


def main(folder: Path, theme: str = "light", width: int = 1366, height: int = 768) -> None:
    app = QApplication.instance() or QApplication([])
    look = Look.load(theme)
    look.apply(app)
    for name, build in PAGES.items():
        page = build(look)
        page.resize(width, height)
        page.show()
        app.processEvents()
        page.grab().save(str(folder / f"{name}.png"))
        page.deleteLater()
    for name, (rows, size) in COUNTERS.items():
        page = counter(look, size[0], rows())
        page.resize(*size)
        page.show()
        app.processEvents()
        page.grab().save(str(folder / f"{name}.png"))
        page.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
