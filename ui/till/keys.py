"""按键: every key of the counter: its name, what it does, and when it can."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.look import Layout
from ui.text import tr
from ui.widgets.key_strip import Key as StripKey

HELP, MEMBER, QUANTITY, PAY, WHY = "F1", "F2", "F3", "F9", "F11"
BY_HAND, HOLD, RECALL, RETURN, DRAWER, SHIFT = "F4", "F6", "F7", "F8", "F10", "F12"
POINTS = "F5"
REMOVE, CLEAR, DROP = "Del", "Shift+Del", "Ctrl+Del"
REPRINT, ADD, LOCK, SETTINGS = "Ctrl+P", "Ctrl+N", "Ctrl+L", "Ctrl+,"
IN_FULL, GIFTS, TRAIN, PRICE, FRESH = "Ctrl+E", "Ctrl+G", "Ctrl+T", "Ctrl+F", "Ctrl+K"
FIND = "Ctrl+O"
OPENING = (
    *(BY_HAND, POINTS, HOLD, RECALL, RETURN, DRAWER, SHIFT),
    *(SETTINGS, IN_FULL, GIFTS, TRAIN, PRICE, FRESH, FIND),
)
"""Keys that open something of its own: the page only says that they were pressed."""
LOOKING_BACK = frozenset({REPRINT, RETURN, GIFTS})
"""Keys of what was sold before: the sale that was paid just now is one too."""
WAITING = LOOKING_BACK | {PAY, HOLD}
"""Keys that may be pressed before the page shows what they are for: they wait for it."""
ENTER, ESCAPE, UP, DOWN = "Enter", "Esc", "↑", "↓"
MOVES = f"{UP} {DOWN}"

_NAMED = {
    Qt.Key.Key_F1: HELP,
    Qt.Key.Key_F2: MEMBER,
    Qt.Key.Key_F3: QUANTITY,
    Qt.Key.Key_F4: BY_HAND,
    Qt.Key.Key_F5: POINTS,
    Qt.Key.Key_F6: HOLD,
    Qt.Key.Key_F7: RECALL,
    Qt.Key.Key_F8: RETURN,
    Qt.Key.Key_F9: PAY,
    Qt.Key.Key_F11: WHY,
    Qt.Key.Key_F10: DRAWER,
    Qt.Key.Key_F12: SHIFT,
    Qt.Key.Key_Delete: REMOVE,
    Qt.Key.Key_Return: ENTER,
    Qt.Key.Key_Enter: ENTER,
    Qt.Key.Key_Escape: ESCAPE,
    Qt.Key.Key_Up: UP,
    Qt.Key.Key_Down: DOWN,
}
_CONTROLLED = {
    Qt.Key.Key_P: REPRINT,
    Qt.Key.Key_N: ADD,
    Qt.Key.Key_L: LOCK,
    Qt.Key.Key_Comma: SETTINGS,
    Qt.Key.Key_E: IN_FULL,
    Qt.Key.Key_G: GIFTS,
    Qt.Key.Key_T: TRAIN,
    Qt.Key.Key_F: PRICE,
    Qt.Key.Key_K: FRESH,
    Qt.Key.Key_O: FIND,
    Qt.Key.Key_Delete: DROP,
}
_PLAIN = Qt.KeyboardModifier.NoModifier
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.AltModifier
)


class Now(Struct, frozen=True):
    """What the page is at, as far as its keys care.

    `pays_points`: the shop takes points as money; `has_points`: this member could spend some.
    """

    is_empty: bool
    has_last: bool
    pays_points: bool = False
    has_points: bool = False


def key_name(event: QKeyEvent) -> str:
    """The name of a key of ours, "" for any other."""
    key, held = Qt.Key(event.key()), event.modifiers() & _MODIFIERS
    if held == Qt.KeyboardModifier.ControlModifier:
        return _CONTROLLED.get(key, "")
    if held == Qt.KeyboardModifier.ShiftModifier and key == Qt.Key.Key_Delete:
        return CLEAR
    return _NAMED.get(key, "") if held == _PLAIN else ""


def blocked_keys(now: Now) -> frozenset[str]:
    """Keys that can do nothing now."""
    blocked: set[str] = set()
    if now.is_empty:
        blocked |= {QUANTITY, BY_HAND, REMOVE, CLEAR, HOLD, PAY, WHY}
    if now.pays_points and not now.has_points:
        blocked.add(POINTS)
    if not now.has_last:
        blocked |= LOOKING_BACK if now.is_empty else LOOKING_BACK - {GIFTS}
    return frozenset(blocked)


def strip_keys(layout: Layout, now: Now) -> list[StripKey]:
    """The keys along the bottom; a narrow window shows those without a button of their own."""
    labels = {
        HELP: tr("帮助"),
        MEMBER: tr("会员"),
        QUANTITY: tr("数量"),
        BY_HAND: tr("手工优惠"),
        **({POINTS: tr("积分抵扣")} if now.pays_points else {}),
        HOLD: tr("挂单"),
        RECALL: tr("取单"),
        RETURN: tr("退货"),
        PAY: tr("收款"),
        WHY: tr("为什么"),
        SHIFT: tr("班次"),
    }
    blocked = blocked_keys(now)
    keys = [
        StripKey(key, label, enabled=key not in blocked, accent=key == PAY)
        for key, label in labels.items()
    ]
    # The key of points stands there only in shops that take them: one more finds room.
    if len(keys) <= layout.keys_on_strip + now.pays_points:
        return keys
    shown = {MEMBER, QUANTITY, HOLD, RECALL, SHIFT}
    return [*(key for key in keys if key.key in shown), StripKey(HELP, tr("全部按键"))]


def is_act(key: str) -> bool:
    """Whether a key of the help does something by itself, wherever a person stands."""
    return key not in (ENTER, MOVES, ESCAPE, HELP)


def all_keys() -> list[tuple[str, str]]:
    """Every key with what it does, for the help."""
    return [
        (ENTER, tr("扫码和手输都以它结束；选中候选")),
        (MOVES, tr("在本单里上下移动；有候选时在候选里移动")),
        (MEMBER, tr("备注、买过、换卡、冻结；或入会")),
        (QUANTITY, tr("改当前行的数量：输入数字，回车")),
        (BY_HAND, tr("手工优惠：改价、减金额、打折；关掉一个优惠")),
        (POINTS, tr("积分抵扣：会员用积分付一部分，说用多少就用多少")),
        (GIFTS, tr("选赠品、加价购；条件没有满足的在这里处理；没有商品时：上一单的礼品小票")),
        (REMOVE, tr("删去当前行")),
        (CLEAR, tr("清空本单，先问一声")),
        (IN_FULL, tr("看会员完整资料，十秒后遮住")),
        (DROP, tr("本单不用会员，商品留着")),
        (HOLD, tr("挂单：把本单先放一放，接待下一位")),
        (RECALL, tr("取单：把挂着的单取回来，本单换它挂起")),
        (PAY, tr("收款")),
        (WHY, tr("为什么这个价：每一分优惠的来历")),
        (PRICE, tr("查价：一样一样地扫，不进本单")),
        (ADD, tr("把没找到的条码新增为商品")),
        (FRESH, tr("印会员卡；刚新增的商品：打标价签")),
        (REPRINT, tr("补打上一单的小票")),
        (FIND, tr("找以前的单：按会员、金额、商品、日子；补打、退货、礼品小票")),
        (LOCK, tr("锁屏，或换一位收银员接着收；本单留着")),
        (RETURN, tr("退货，或把今天的一单整单作废：先看会发生什么")),
        (DRAWER, tr("开钱箱，要选原因")),
        (SHIFT, tr("班次：营业数、现金、交接、日结")),
        (ESCAPE, tr("退一步：清掉输入、收起、关掉通知")),
        (SETTINGS, tr("设置：语言、外观、大小")),
        (TRAIN, tr("练习：照样收银，什么都不留下；再按一次结束")),
        (HELP, tr("这张表")),
    ]
