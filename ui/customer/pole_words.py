"""杆式客显的字: item and price, what is to pay, the change; in two lines of twenty columns."""

from __future__ import annotations

from core.actions.counter import Counter
from core.ports import StoredSale
from core.values.money import format_money
from ui.customer.state import CustomerState, Row, Scene
from ui.customer.sums import Sums
from ui.devices.pole import Lines
from ui.text import tr

# A display without Chinese speaks plain English, whatever the till speaks.
_PLAIN = {
    "欢迎光临": "WELCOME",
    "谢谢光临": "THANK YOU",
    "合计": "TOTAL",
    "还要付": "TO PAY",
    "找零": "CHANGE",
    "退给您": "BACK",
    "处方药": "RX",
}


def pole_lines(counter: Counter | None, paid: StoredSale | None, *, is_plain: bool) -> Lines:
    """What stands at the counter, as a customer may see it."""

    def say(words: str) -> str:
        return _PLAIN[words] if is_plain else tr(words)

    if paid is not None:
        sums = Sums.of_sale(paid)
        back_fen = sums.left_fen + sums.change_fen
        words = say("退给您") if sums.left_fen else say("找零")
        if back_fen:
            return ((say("合计"), format_money(paid.payable_fen)), (words, format_money(back_fen)))
        return ((say("合计"), format_money(paid.payable_fen)), (say("谢谢光临"), ""))
    state = CustomerState.of(counter)
    if counter is None or state.scene is not Scene.BASKET or not state.count:
        return ((say("欢迎光临"), ""), ("", ""))
    total = (say("合计"), format_money(counter.quote.payable_fen))
    if counter.basket.tenders:
        sums = Sums.of(counter)
        if sums.left_fen and not sums.due_fen:
            return (total, (say("退给您"), format_money(sums.left_fen)))
        return (total, (say("还要付"), format_money(sums.due_fen)))
    row = _touched(state)
    name = say("处方药") if not row.quantity else row.name
    if is_plain and not name.isascii():
        name = row.quantity.replace("×", "x")
    return ((name, row.net), total)


def _touched(state: CustomerState) -> Row:
    """The line that changed last, or the last of all."""
    goods = [row for row in state.rows if row.key.isdigit()]
    return next((row for row in goods if row.key == state.touched), goods[-1])
