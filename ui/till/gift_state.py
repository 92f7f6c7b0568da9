"""赠品 · 加价购: what the counter says of them, and the rows of their sheet, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from core.actions.counter import Counter
from core.actions.gifts import Choice as GiftChoice
from core.actions.gifts import NotHad
from core.pricing.adjustment import Reason
from core.pricing.basket import BasketLine
from core.pricing.quote import Quote
from core.rulebook.giving import Giving
from core.rulebook.offers import CouponOffer, GiftOffer
from core.values.money import format_money
from ui.offer_text import choice_words, nearly, never_words
from ui.text import tr
from ui.widgets.choices import Choice

_GIVEN = (Reason.GIFT, Reason.ADD_ON)


class GiftNotice(Struct, frozen=True):
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
            title = tr("“{name}”：{why}", name=line.product.name, why=why_unmet(counter, line))
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


class Unmet(Struct, frozen=True):
    """A row for line `no`: chosen, and not had so any more."""

    no: int


class Offer(Struct, frozen=True):
    """A row for a product of an offer that may be chosen now."""

    offer: str
    code: str


class Never(Struct, frozen=True):
    """A row for a product that an offer lists, and that is given to nobody."""

    code: str


Key = Unmet | Offer | Never


def gift_rows(
    counter: Counter,
    found: Sequence[GiftChoice],
    prices: Mapping[int, int],
    not_had: Sequence[NotHad] = (),
) -> list[Choice]:
    """What has to be decided first, then what may be chosen; what is chosen out is not there.

    `prices` are what the lines that are unmet cost if they are bought. Last what is `not_had`.
    """
    unmet = (counter.basket.line(no) for no in counter.quote.unmet)
    return [
        *(_unmet_row(counter, line, prices[line.no]) for line in unmet if line.no in prices),
        *(_row(each) for each in found if each.left),
        *map(_never_row, not_had),
    ]


def why_unmet(counter: Counter, line: BasketLine) -> str:
    """Why a line that was chosen is not had so: its offer is not reached, or gives fewer."""
    given = (each.offer for each in counter.quote.adjustments if each.reason in _GIVEN)
    if line.offer in given:
        return tr("件数比能选的多")
    if _is_gift(counter, line):
        return tr("赠品条件没有满足")
    return tr("加价购条件没有满足")


def _is_gift(counter: Counter, line: BasketLine) -> bool:
    offers = (each for each in counter.rulebook.offers if each.id == line.offer)
    gives = (giving for each in offers for giving in _gives(each))
    own = [giving for giving in gives if line.product.code in giving.products]
    return any(giving.is_gift and not giving.points for giving in own)


def _gives(offer: object) -> list[Giving]:
    if isinstance(offer, GiftOffer):
        return [step.gives for step in offer.steps]
    if isinstance(offer, CouponOffer) and offer.gives is not None:
        return [offer.gives]
    return []


def _unmet_row(counter: Counter, line: BasketLine, price_fen: int) -> Choice:
    return Choice(
        key=Unmet(line.no),
        text=line.product.name,
        sub=tr("{why}：取下，或按售价买", why=why_unmet(counter, line)),
        right=format_money(price_fen),
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


def _never_row(each: NotHad) -> Choice:
    return Choice(
        key=Never(each.product.code),
        text=f"{each.product.name} {each.product.spec}".strip(),
        sub=tr("{name}：{what}", name=each.label, what=never_words(each.why)),
        right=tr("不能选"),
        icon="minus",
    )
