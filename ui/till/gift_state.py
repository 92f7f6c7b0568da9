"""赠品 · 加价购: what the counter says of them, and the rows of their sheet, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.actions.counter import Counter
from core.actions.gifts import Choice as GiftChoice
from core.pricing.basket import BasketLine
from core.pricing.quote import Quote
from core.values.money import format_money
from ui.offer_text import choice_words, nearly
from ui.text import tr
from ui.widgets.choices import Choice


@dataclass(frozen=True, slots=True)
class GiftNotice:
    """A line above the summary; `asks` is what its button says, "" for none."""

    title: str
    line: str = ""
    asks: str = ""
    is_urgent: bool = False

    @classmethod
    def of(cls, counter: Counter) -> GiftNotice | None:
        """What is not had any more first, then what may be chosen, then what is near."""
        quote = counter.quote
        if quote.unmet:
            line = counter.basket.line(quote.unmet[0])
            title = tr("“{name}”的赠品条件没有满足", name=line.product.name)
            return cls(title, tr("收款前请取下它，或按售价买"), tr("处理"), is_urgent=True)
        near = next((nearly(each) for each in quote.nearly if each.gives), "")
        gifts, add_ons = _labels(quote, is_gift=True), _labels(quote, is_gift=False)
        if gifts and add_ons:
            words = tr("可选赠品：{gifts}；可加价购：{add_ons}", gifts=gifts, add_ons=add_ons)
            return cls(words, near, tr("选"))
        if gifts:
            return cls(tr("可选赠品：{names}", names=gifts), near, tr("选"))
        if add_ons:
            return cls(tr("可加价购：{names}", names=add_ons), near, tr("选"))
        return cls(near) if near else None


def _labels(quote: Quote, *, is_gift: bool) -> str:
    rows = (
        row for row in quote.offered if row.left and is_gift == (row.price_fen + row.points == 0)
    )
    return tr("、").join(dict.fromkeys(row.label for row in rows))


@dataclass(frozen=True, slots=True)
class Unmet:
    """A row for line `no`: chosen, and not had so any more."""

    no: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A row for a product of an offer that may be chosen now."""

    offer: str
    code: str


Key = Unmet | Offer


def gift_rows(counter: Counter, found: Sequence[GiftChoice]) -> list[Choice]:
    """What has to be decided first, then what may be chosen; what is chosen out is not there."""
    unmet = [_unmet_row(counter.basket.line(no), counter.quote) for no in counter.quote.unmet]
    return unmet + [_row(each) for each in found if each.left]


def _unmet_row(line: BasketLine, quote: Quote) -> Choice:
    price = next(each.payable_fen for each in quote.lines if each.no == line.no)
    return Choice(
        key=Unmet(line.no),
        text=line.product.name,
        sub=tr("赠品条件没有满足：取下，或按售价买"),
        right=format_money(price),
        icon="alert",
    )


def _cost(each: GiftChoice) -> str:
    if each.is_gift:
        return tr("免费")
    price, points = format_money(each.price_fen), f"{each.points:,}"
    if each.price_fen and each.points:
        return tr("{price} + {points} 分", price=price, points=points)
    return tr("{points} 分", points=points) if each.points else price


def _row(each: GiftChoice) -> Choice:
    product = each.product
    return Choice(
        key=Offer(each.offer, product.code),
        text=f"{product.name} {product.spec}".strip(),
        sub=tr("{name}：{what}", name=each.label, what=choice_words(each)),
        right=_cost(each),
        icon="offer",
    )
