"""The picture book: every widget in a window, written as PNG files to look at.

`python -m tests.ui.widgets.gallery FOLDER [THEME]` writes one picture for each page.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Layout, Look
from ui.widgets.big_input import BigInput
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.field import Field
from ui.widgets.header import Header, Status
from ui.widgets.key_hint import KeyHint
from ui.widgets.key_strip import Key, KeyStrip
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words

KEYS = [
    Key("F1", "帮助"),
    Key("F2", "会员"),
    Key("F3", "数量"),
    Key("F4", "优惠"),
    Key("F5", "积分抵扣", enabled=False),
    Key("F6", "挂单"),
    Key("F7", "取单"),
    Key("F8", "退货"),
    Key("F9", "收款", accent=True),
    Key("F10", "开钱箱"),
]


def header(look: Look, *, troubled: bool = False) -> Header:
    head = Header(look, "熟客", "中山路店·2 号台")
    if troubled:
        head.set_status(
            [
                Status("link", "offline", "离线 27 分钟", "warn"),
                Status("outbox", "outbox", "3 笔待上传", "warn"),
                Status("printer", "printer", "缺纸", "warn"),
                Status("staff", "user", "王芳"),
            ]
        )
    else:
        head.set_status(
            [
                Status("link", "online", "在线", "good"),
                Status("outbox", "outbox", "待上传 0"),
                Status("printer", "printer", "就绪"),
                Status("staff", "user", "王芳"),
            ]
        )
    head.set_clock("14:32")
    return head


def row(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return line


def controls(look: Look) -> QWidget:
    """Buttons, chips, fields and words in all their states."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    column.addWidget(header(look, troubled=True))
    body = QVBoxLayout()
    body.setContentsMargins(16, 4, 16, 4)
    body.setSpacing(12)
    column.addLayout(body)
    body.addWidget(
        BigInput(look, "扫码，或输入会员卡、手机、姓名拼音、商品、优惠券", keyboard="触摸键盘")
    )
    wide = Button(look, "收款", kind="primary", key="F9")
    waits = Button(look, "扫入商品后收款", kind="primary", key="F9")
    waits.setEnabled(False)
    for button in (wide, waits):
        button.setMinimumWidth(383)
    body.addLayout(
        row(wide, waits, Button(look, "退款 44.93", kind="inverse", height=72, key="Enter"))
    )
    gone = Button(look, "补打小票", icon="receipt", key="F8")
    gone.setEnabled(False)
    body.addLayout(
        row(
            Button(look, "用药记录"),
            Button(look, "为什么这个价", icon="why", key="F11"),
            Button(look, "补打小票", icon="receipt"),
            gone,
            Button(look, "用一张", kind="text", key="F4"),
            Button(look, "看名单", kind="text"),
            Button(look, "返回", kind="quiet", icon="close", key="Esc"),
            Button(look, icon="plus", spoken="加上"),
            Button(look, icon="eye", kind="quiet", spoken="看全"),
            Button(look, "删除", kind="danger"),
            Button(look, "登录", kind="primary", height=44),
        )
    )
    body.addLayout(
        row(
            Chip(look, "金卡", kind="inverse"),
            Chip(look, "处方"),
            Chip(look, "草稿", kind="warn"),
            Chip(look, "冻结", kind="danger"),
            KeyHint(look, "F5"),
            KeyHint(look, "Enter"),
        )
    )
    wrong = Field(look, "手机", hint="11 位")
    wrong.set_text("1380013800")
    wrong.set_problem("手机号少一位。再看一眼，或先用姓名找。")
    off = Field(look, "门店")
    off.set_text("中山路店")
    off.edit.setEnabled(False)
    fields = row(Field(look, "姓名", placeholder="例：李小华"), wrong, off)
    fields.setAlignment(Qt.AlignmentFlag.AlignTop)
    body.addLayout(fields)
    body.addWidget(Rule(look, strong=True))
    for style in ("caption", "small", "body", "item", "amount", "title"):
        body.addLayout(
            row(
                Words(look, f"{style} 维生素C咀嚼片 1,234.50 −4.00", style),
                Words(look, "二级", style, "ink_2"),
                Words(look, "三级", style, "ink_3"),
                Words(look, "−3.40", style, "accent_text"),
            )
        )
    column.addStretch(1)
    column.addWidget(KeyStrip(look, KEYS))
    return page


def dialog(look: Look) -> QWidget:
    """A sheet over a page."""
    page = controls(look)
    page.resize(1366, 768)
    sheet = Sheet(look, page, "收款", subtitle="李*华·金卡·6 种 8 件", size=look.dialog_payment)
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(24, 16, 24, 16)
    column.addWidget(Field(look, "会员卡", placeholder="刷卡或输入卡号"))
    column.addStretch(1)
    column.addWidget(Button(look, "完成收款", kind="primary", key="Enter"))
    sheet.set_body(inside)
    sheet.open()
    return page


PAGES = {"controls": controls, "dialog": dialog}


def main(folder: Path, theme: str = "light", width: int = 1366, height: int = 768) -> None:
    app = QApplication.instance() or QApplication([])
    look = Look.load(theme)
    look.apply(app)
    Layout.for_width(width)
    for name, build in PAGES.items():
        page = build(look)
        page.resize(width, height)
        page.show()
        app.processEvents()
        page.grab().save(str(folder / f"{name}.png"))
        page.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
