"""查价: what is said of one product: list, member and special price, what holds for it now."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from core.actions.check_price import PriceChecked
from core.members.masks import mask_name
from core.values.money import format_money
from ui.offer_text import nearly
from ui.text import tr, why
from ui.till.state import outside_words, quantity_words

Fact = tuple[str, str]


class PriceState(Struct, frozen=True):
    """The name, the price now, and what it comes from, as labels and values."""

    name: str
    price: str
    facts: tuple[Fact, ...]
    code: str = ""

    @classmethod
    def of(cls, checked: PriceChecked) -> PriceState:
        """In words, for whoever stands at the counter."""
        product, quote = checked.product, checked.counter.quote
        name = f"{product.name}　{product.spec}" if product.spec else product.name
        facts = tuple(_facts(checked))
        return cls(name, format_money(quote.payable_fen), facts, product.code)


def _facts(checked: PriceChecked) -> Iterator[Fact]:
    product, counter = checked.product, checked.counter
    unit = f" / {product.unit}" if product.unit else ""
    yield tr("原价"), format_money(product.price_fen) + unit
    milli = counter.basket.lines[0].quantity_milli
    yield tr("这次扫的"), quantity_words(product, milli)
    if counter.file is not None and counter.tier is not None:
        yield tr("按会员"), f"{mask_name(counter.file.member.name)} {counter.tier.name}"
    if product.member_price_fen is not None:
        yield tr("会员价"), format_money(product.member_price_fen) + unit
    if product.special_price_fen is not None:
        yield tr("特价"), format_money(product.special_price_fen) + unit
    for made in counter.quote.adjustments:
        yield tr("现在优惠"), why(made)
    for near in counter.quote.nearly:
        yield tr("差一点"), nearly(near)
    used = {made.offer for made in counter.quote.adjustments}
    for offer in checked.offers:
        if offer.id not in used and offer.name:
            yield tr("还有优惠"), offer.name
    if product.is_prescription:
        yield tr("处方药"), outside_words(product)
