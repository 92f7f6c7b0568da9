"""手工优惠: the commands of the screenless till that give a price or a discount by hand."""

from __future__ import annotations

from core.actions import by_hand as giving
from core.pricing.by_hand import ByHand, DiscountByHand, PriceByHand
from core.trust.staff import Staff
from core.values.money import format_money, parse_money
from core.values.rate import parse_discount
from ui.console.desk import Desk
from ui.console.language import BadCommand
from ui.text import quoted, tr


class ByHandCommands:
    """`line N` or `basket`, then an amount off or a rate (9折), then a reason of the rulebook."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_price(self, line: str, price: str, reason: str) -> str:
        by_hand = PriceByHand(parse_money(price), reason, self._desk.who().no)
        return self._give(self._desk.line_no(line), by_hand)

    def do_discount(self, *words: str) -> str:
        *where, cut, reason = words
        return self._give(self._where(where), _discount(cut, reason, self._desk.who()))

    def do_take_back(self, *where: str) -> str:
        desk = self._desk
        after = giving.take_back_by_hand(desk.shop, desk.open().basket, self._where(list(where)))
        desk.show(after)
        return tr("已撤销，应收 {payable}。", payable=format_money(after.quote.payable_fen))

    def _give(self, no: int | None, by_hand: ByHand) -> str:
        desk = self._desk
        basket, approval = desk.open().basket, desk.approval()
        after = giving.give_by_hand(
            desk.shop, basket, no, by_hand, staff=desk.who(), approval=approval
        )
        desk.show(after)
        return tr("好了，应收 {payable}。", payable=format_money(after.quote.payable_fen))

    def _where(self, words: list[str]) -> int | None:
        match words:
            case ["basket"]:
                return None
            case ["line", number]:
                return self._desk.line_no(number)
        raise BadCommand(
            tr("“{text}”不知道是哪里；写 line 加行号，或 basket。", text=quoted(" ".join(words)))
        )


def _discount(text: str, reason: str, staff: Staff) -> DiscountByHand:
    if text.endswith("折"):
        return DiscountByHand(reason, staff.no, rate_bp=parse_discount(text))
    return DiscountByHand(reason, staff.no, amount_fen=parse_money(text))
