"""Pages of the picture book that show widgets one by one: controls, panels, parts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Layout, Look
from ui.widgets.amount import Amount
from ui.widgets.banner import Action, Banner, Notice
from ui.widgets.big_input import BigInput
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.choices import Choice
from ui.widgets.empty import Empty, Offer
from ui.widgets.field import Field
from ui.widgets.header import Header, Status
from ui.widgets.key_strip import Key, KeyStrip
from ui.widgets.panel_row import FactRow, Figure, PanelRow
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.stepper import Stepper
from ui.widgets.suggestions import Suggestions
from ui.widgets.tile import Tile
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
        )
    )
    _fields_and_words(look, body)
    column.addStretch(1)
    column.addWidget(KeyStrip(look, KEYS))
    return page


def _fields_and_words(look: Look, body: QVBoxLayout) -> None:
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


def panel(look: Look) -> QWidget:
    """The panel at the right of the counter."""
    layout = Layout.for_width(1366)
    page = QWidget()
    page.setFixedWidth(layout.right_width)
    column = QVBoxLayout(page)
    column.setContentsMargins(24, 24, 24, 24)
    column.setSpacing(8)
    column.addWidget(
        Banner(
            look,
            "青霉素过敏",
            "已核对本单 6 种，无青霉素类",
            tone="danger",
            action=Action("record", "用药记录"),
        )
    )
    column.addWidget(
        Banner(
            look,
            "明天生日",
            "道声祝福，告知生日礼 95折",
            icon="cake",
            action=Action("told", "已告知"),
        )
    )
    rows = QVBoxLayout()
    rows.setSpacing(0)
    rows.addWidget(
        PanelRow(
            look,
            "优惠券 3 张",
            icon="coupon",
            beside="满 200 减 8，问过再用",
            action="用一张",
            key="F4",
        )
    )
    rows.addWidget(
        PanelRow(
            look,
            "11 月 30 日到期 300 分",
            icon="hourglass",
            icon_role="warn",
            action="抵扣",
            key="F5",
        )
    )
    rows.addWidget(
        PanelRow(
            look,
            "山楂丸 9g × 10丸",
            icon="recall",
            line="常买·上次 10 月 8 日",
            amount="18.50",
            action_icon="plus",
            spoken="加上山楂丸",
        )
    )
    rows.addWidget(FactRow(look, "实收", "58.00"))
    rows.addWidget(FactRow(look, "现金找零", "42.00", strong=True))
    column.addLayout(rows)
    column.addStretch(1)
    for text, role in (("246.31", "ink"), ("1,234,567.80", "ink"), ("0.00", "disabled_ink")):
        amount = Amount(look, "应收")
        amount.set_amount(text, role)
        column.addWidget(amount)
    column.addWidget(Button(look, "收款", kind="primary", key="F9"))
    return page


def parts(look: Look) -> QWidget:
    """Empty state, notice, tiles, segments, figures; the panel at the right."""
    page = QWidget()
    halves = QHBoxLayout(page)
    halves.setContentsMargins(0, 0, 0, 0)
    halves.setSpacing(0)
    left = QVBoxLayout()
    left.setSpacing(12)
    offers = [
        Offer(
            "scan",
            "scan",
            "扫任何码",
            "商品、会员卡、优惠券、小票、追溯码，不必先点输入框",
            acts=False,
        ),
        Offer("recall", "recall", "取回挂单 2 笔", "09:41 张*　3 种 86.40　　14:20 散客", "F7"),
        Offer("join", "people", "新会员，20 秒办好", "手机、姓名、生日，扫一张新卡", "F2"),
    ]
    left.addWidget(Empty(look, "下一位，请", "先扫会员卡还是先扫商品，结果都一样。", offers=offers))
    tiles = QHBoxLayout()
    tiles.setContentsMargins(16, 0, 16, 0)
    cash = Tile(look, "现金", sub="抹零 −0.01", icon="cash", amount="153.70", key="2")
    cash.set_chosen(True)
    off = Tile(look, "储值卡", icon="wallet", key="5")
    off.setEnabled(False)
    for tile in (cash, Tile(look, "扫码付", icon="qr", key="3"), off):
        tiles.addWidget(tile)
    left.addLayout(tiles)
    presets = QHBoxLayout()
    presets.setContentsMargins(16, 0, 16, 0)
    chosen = Tile(look, "5,000 分", sub="−50.00", centred=True)
    chosen.set_chosen(True)
    for tile in (
        Tile(look, "刚好", centred=True),
        Tile(look, "2,000 分", sub="−20.00", centred=True),
        chosen,
    ):
        presets.addWidget(tile)
    left.addLayout(presets)
    _small_things(look, left)
    halves.addLayout(left, 1)
    halves.addWidget(Rule(look, upright=True))
    halves.addWidget(panel(look))
    return page


def _small_things(look: Look, left: QVBoxLayout) -> None:
    segments = Segments(
        look, [Segment("all", "全部", "1,204"), Segment("gold", "金卡", "88"), Segment("x", "冻结")]
    )
    stepper = Stepper(look)
    stepper.set_number("12")
    line = row(segments, stepper)
    line.setContentsMargins(16, 0, 16, 0)
    left.addLayout(line)
    left.addWidget(
        Notice(
            look,
            "小票打印机缺纸",
            "S01-T2-000122 没有打出来；收款照常",
            icon="printer",
            actions=[
                Action("again", "装好了，补打"),
                Action("pdf", "存 PDF"),
                Action("skip", "不打了"),
            ],
        )
    )
    saved = Figure(look, "已省")
    saved.set_value("39.79", role="accent_text", bold=True)
    figures = row(Figure(look, "原价", "286.10"), saved, Figure(look, "本单积分", "+271"))
    figures.setContentsMargins(16, 0, 16, 8)
    figures.setSpacing(32)
    left.addLayout(figures)


def suggesting(look: Look) -> QWidget:
    """Suggestions below the input."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 16, 448, 16)
    scan = BigInput(look, "扫码，或输入")
    scan.set_text("lxh")
    column.addWidget(scan)
    column.addStretch(1)
    popup = Suggestions(look, scan, page)
    page.resize(1366, 768)
    page.show()
    popup.show_rows(
        [
            Choice(1, "李*华", "138****5678　金卡　12,480 分", icon="user"),
            Choice(2, "买买提·吐尔逊·阿卜杜拉希姆", "139****0001　普通　0 分", icon="user"),
            Choice(3, "连花清瘟胶囊 0.35g × 24粒", "6901234567892　以岭药业", "14.80", icon="pill"),
            Choice(4, "新会员 lxh", right="F2", icon="people"),
        ]
    )
    return page
