"""查价: the command of the screenless till that says what a product costs now."""

from __future__ import annotations

from core.actions.check_price import check_price
from core.values.money import format_money
from ui.console.desk import Desk
from ui.text import tr, why


class PriceCommands:
    """For the member at the counter; the basket stays as it is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_check_price(self, code: str) -> str:
        """The price now, the list price, and each offer for it."""
        desk = self._desk
        staff, member_id = desk.who(), desk.open().basket.member_id
        found = check_price(desk.shop, code, staff=staff, member_id=member_id)
        product, quote = found.product, found.counter.quote
        desk.more["price"] = {
            "code": product.code,
            "name": product.name,
            "list_fen": product.price_fen,
            "member_price_fen": product.member_price_fen,
            "special_price_fen": product.special_price_fen,
            "payable_fen": quote.payable_fen,
            "offers": [offer.id for offer in found.offers],
        }
        now, before = format_money(quote.payable_fen), format_money(product.price_fen)
        rows = [tr("{name}：现价 {now}，原价 {before}", name=product.name, now=now, before=before)]
        return "\n".join(rows + [why(made) for made in quote.adjustments])
