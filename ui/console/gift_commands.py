"""赠品 · 加价购 · 关优惠: the commands of the screenless till about what offers give."""

from __future__ import annotations

from typing import Any

from core.actions.gifts import Choice, buy_gift, choices, choose_gift, not_had
from core.actions.offers import switch_off, switch_on
from core.values.money import format_money
from ui.console.desk import Desk
from ui.console.language import BadCommand
from ui.offer_text import choice_words, never_words
from ui.text import quoted, tr


class GiftCommands:
    """`gifts` lists what may be chosen, by the offer and the code that `gift` takes.

    `offer` switches one off for this basket, by its id.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_gifts(self) -> str:
        found = choices(self._desk.shop, self._desk.open().basket)
        self._desk.more["gifts"] = [_record(choice) for choice in found]
        lines = [
            f"{each.offer} {each.product.code} {each.product.name}  {choice_words(each)}"
            for each in found
        ] or [tr("现在没有可选的赠品，也没有加价购。")]
        for each in not_had(self._desk.shop, self._desk.open().basket):
            lines.append(f"{each.product.code} {each.product.name}  {never_words(each.why)}")
        return "\n".join(lines)

    def do_gift(self, offer: str, code: str) -> str:
        desk = self._desk
        desk.show(choose_gift(desk.shop, desk.open().basket, offer, code, staff=desk.who()))
        return self._said()

    def do_buy(self, line: str) -> str:
        desk = self._desk
        desk.show(buy_gift(desk.shop, desk.open().basket, desk.line_no(line), staff=desk.who()))
        return self._said()

    def do_offer(self, offer: str, switch: str, reason: str = "") -> str:
        desk = self._desk
        basket, staff = desk.open().basket, desk.who()
        if switch == "on":
            desk.show(switch_on(desk.shop, basket, offer, staff=staff))
        elif switch == "off":
            approval = desk.approval()
            desk.show(switch_off(desk.shop, basket, offer, reason, staff=staff, approval=approval))
        else:
            raise BadCommand(tr("“{text}”不知道是开还是关；写 on 或 off。", text=quoted(switch)))
        return self._said()

    def _said(self) -> str:
        payable = format_money(self._desk.open().quote.payable_fen)
        return tr("好了，应收 {payable}。", payable=payable)


def _record(choice: Choice) -> dict[str, Any]:
    return {
        "offer": choice.offer,
        "label": choice.label,
        "code": choice.product.code,
        "name": choice.product.name,
        "list_fen": choice.product.price_fen,
        "price_fen": choice.price_fen,
        "points": choice.points,
        "left": choice.left,
    }
