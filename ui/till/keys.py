"""按键: every key of the counter: its name, what it does, and when it can."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.look import Layout
from ui.text import tr
from ui.widgets.key_strip import Key as StripKey

HELP, MEMBER, QUANTITY, PAY, WHY, CLOSE_DAY = "F1", "F2", "F3", "F9", "F11", "F12"
REMOVE, CLEAR, REPRINT, ADD, LEAVE = "Del", "Shift+Del", "Ctrl+P", "Ctrl+N", "Ctrl+L"
ENTER, ESCAPE, UP, DOWN = "Enter", "Esc", "↑", "↓"

_NAMED = {
    Qt.Key.Key_F1: HELP,
    Qt.Key.Key_F2: MEMBER,
    Qt.Key.Key_F3: QUANTITY,
    Qt.Key.Key_F9: PAY,
    Qt.Key.Key_F11: WHY,
    Qt.Key.Key_F12: CLOSE_DAY,
    Qt.Key.Key_Delete: REMOVE,
    Qt.Key.Key_Return: ENTER,
    Qt.Key.Key_Enter: ENTER,
    Qt.Key.Key_Escape: ESCAPE,
    Qt.Key.Key_Up: UP,
    Qt.Key.Key_Down: DOWN,
}
_CONTROLLED = {Qt.Key.Key_P: REPRINT, Qt.Key.Key_N: ADD, Qt.Key.Key_L: LEAVE}
_PLAIN = Qt.KeyboardModifier.NoModifier
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.AltModifier
)


@dataclass(frozen=True, slots=True)
class Now:
    """What the page is at, as far as its keys care."""

    is_empty: bool
    has_last: bool


def key_name(event: QKeyEvent) -> str:
    """The name of a key of ours, "" for any other."""
    key, held = Qt.Key(event.key()), event.modifiers() & _MODIFIERS
    if held == Qt.KeyboardModifier.ControlModifier:
        return _CONTROLLED.get(key, "")
    if held == Qt.KeyboardModifier.ShiftModifier and key == Qt.Key.Key_Delete:
        return CLEAR
    return _NAMED.get(key, "") if held == _PLAIN else ""


def strip_keys(layout: Layout, now: Now) -> list[StripKey]:
    """The keys along the bottom; a narrow window shows those without a button of their own."""
    sells = not now.is_empty
    keys = [
        StripKey(HELP, tr("帮助")),
        StripKey(MEMBER, tr("会员")),
        StripKey(QUANTITY, tr("数量"), enabled=sells),
        StripKey(REMOVE, tr("删行"), enabled=sells),
        StripKey(CLEAR, tr("清空"), enabled=sells),
        StripKey(PAY, tr("收款"), enabled=sells, accent=True),
        StripKey(WHY, tr("为什么"), enabled=sells),
        StripKey(REPRINT, tr("补打"), enabled=now.has_last),
        StripKey(LEAVE, tr("换人"), enabled=now.is_empty),
        StripKey(CLOSE_DAY, tr("日结"), enabled=now.is_empty),
    ]
    if len(keys) <= layout.keys_on_strip:
        # the longest key's name does not fit beside its label in a tenth of a narrow window
        return keys if layout.shows_second_clauses else [k for k in keys if k.key != CLEAR]
    shown = {MEMBER, QUANTITY, REMOVE, REPRINT, CLOSE_DAY}
    return [*(key for key in keys if key.key in shown), StripKey(HELP, tr("全部按键"))]


def all_keys() -> list[tuple[str, str]]:
    """Every key with what it does, for the help."""
    return [
        (ENTER, tr("扫码枪和手输都以它结束；有候选时选中那一条")),
        ("↑ ↓", tr("在本单里上下移动；有候选时在候选里移动")),
        (MEMBER, tr("新会员入会，或用手机找回会员")),
        (QUANTITY, tr("改当前行的数量：输入数字，回车")),
        (REMOVE, tr("删去当前行")),
        (CLEAR, tr("清空本单，先问一声")),
        (PAY, tr("收款")),
        (WHY, tr("为什么这个价：每一分优惠的来历")),
        (ADD, tr("把没找到的条码新增为商品")),
        (REPRINT, tr("补打上一单的小票")),
        (LEAVE, tr("换一位收银员登录")),
        (CLOSE_DAY, tr("日结：点钱箱，对账，备份")),
        (ESCAPE, tr("退一步：清掉输入、收起、关掉通知；连按两次，本单不用会员")),
        (HELP, tr("这张表")),
    ]
