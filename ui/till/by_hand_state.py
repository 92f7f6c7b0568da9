"""手工优惠: what the sheet shows, in words, computed from what stands at the counter."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from core.actions.by_hand import Tried
from core.actions.counter import Counter
from core.pricing.adjustment import Adjustment, Stage
from core.pricing.by_hand import ByHand, DiscountByHand, PriceByHand
from core.pricing.given import Given
from core.pricing.quote import QuoteLine, unit_list_fen
from core.rulebook.by_hand import ByHandLimits
from core.values.money import format_money, parse_money
from core.values.rate import FULL, parse_discount
from ui.text import discount, tr
from ui.till.state import outside_words, quantity_words

BY_HAND = (Stage.LINE_BY_HAND, Stage.PRICE_BY_HAND)


class Way(StrEnum):
    """改价 · 减金额 · 打折: how something is given by hand."""

    PRICE = "price"
    AMOUNT = "amount"
    RATE = "rate"


class Place(Struct, frozen=True):
    """Where it can be given: line `no`, or the basket (None). `blocked` says why it cannot be.

    `given` is what is given there already, "" for nothing.
    """

    no: int | None
    name: str
    words: str
    net: str
    blocked: str = ""
    given: str = ""


class ByHandState(Struct, frozen=True):
    """Both places, the rulebook's reasons, and what is to pay now."""

    line: Place | None
    basket: Place
    reasons: tuple[str, ...]
    limits: str
    payable: str

    @classmethod
    def of(cls, counter: Counter, no: int | None) -> ByHandState:
        """What can be given on line `no` and on the basket; None where no line is chosen."""
        quote = counter.quote
        chosen = next((line for line in quote.lines if line.no == no), None)
        return cls(
            line=None if chosen is None else _line(counter, chosen),
            basket=_basket(counter),
            reasons=counter.rulebook.by_hand.reasons,
            limits=_limits(counter.rulebook.by_hand),
            payable=format_money(quote.payable_fen),
        )

    def place(self, no: int | None) -> Place:
        """The line, or the basket."""
        return self.basket if no is None or self.line is None else self.line


class Preview(Struct, frozen=True):
    """What the counter would be: the payable, from what to what, and whether it is too much."""

    payable: str
    before: str
    needs_approval: bool

    @classmethod
    def of(cls, tried: Tried) -> Preview:
        """Of something that was tried."""
        given = tried.given
        left = given.of_fen - given.off_fen
        return cls(
            payable=format_money(tried.counter.quote.payable_fen),
            before=tr(
                "{of} 减 {off}，剩 {left}",
                of=format_money(given.of_fen),
                off=format_money(given.off_fen),
                left=format_money(left),
            )
            if given.off_fen
            else tr("不减钱，改按 {price}", price=format_money(given.of_fen)),
            needs_approval=tried.needs_approval,
        )


def by_hand_of(way: Way, text: str, reason: str) -> ByHand:
    """What was typed and chosen; raises BadMoney, BadDiscount. Who gave it, the action says."""
    if way is Way.PRICE:
        return PriceByHand(parse_money(text), reason, 0)
    if way is Way.RATE:
        return DiscountByHand(reason, 0, rate_bp=parse_discount(text))
    return DiscountByHand(reason, 0, amount_fen=parse_money(text))


def by_hand_words(by_hand: ByHand) -> str:
    """改价 30.00, 减 5.00, 9折: what somebody wants to give."""
    if isinstance(by_hand, PriceByHand):
        return tr("改价 {price}", price=format_money(by_hand.price_fen))
    if by_hand.amount_fen:
        return tr("减 {amount}", amount=format_money(by_hand.amount_fen))
    return discount(by_hand.rate_bp)


def grown_words(given: Sequence[Given]) -> str:
    """Why somebody is asked about what was given before: how much it was, and is now."""
    off = format_money(sum(each.off_fen for each in given))
    if len(given) > 1:
        return tr("本单变了：{count} 处手工优惠现在一共 {off}。", count=len(given), off=off)
    (only,) = given
    rate, approved = discount(FULL - only.share_bp), only.by_hand.approved
    if approved is None:
        words = "给的时候在收银员的限额内。本单变了，现在是 {off}（{rate}）。"
        return tr(words, off=off, rate=rate)
    return tr(
        "授权过 {was}（{was_rate}）。本单变了，现在是 {off}（{rate}）。",
        was=format_money(approved.fen),
        was_rate=discount(FULL - approved.share_bp),
        off=off,
        rate=rate,
    )


def _limits(limits: ByHandLimits) -> str:
    """How far a cashier goes alone, in the words of a shop."""
    if not (limits.line_bp or limits.basket_bp or limits.price_bp):
        return tr("都要店长授权")
    return tr(
        "不用授权：一行到 {line}，整单到 {basket}，改价到 {price}",
        line=discount(FULL - limits.line_bp),
        basket=discount(FULL - limits.basket_bp),
        price=discount(FULL - limits.price_bp),
    )


def _line(counter: Counter, priced: QuoteLine) -> Place:
    line = counter.basket.line(priced.no)
    quantity = quantity_words(line.product, priced.quantity_milli)
    return Place(
        no=priced.no,
        name=line.product.name,
        words=f"{quantity} × {format_money(unit_list_fen(line, priced))}",
        net=format_money(priced.payable_fen),
        blocked=outside_words(line.product) if priced.is_outside else "",
        given=_given(line.by_hand, _taken(counter, priced.no)),
    )


def _basket(counter: Counter) -> Place:
    quote, basket = counter.quote, counter.basket
    off = [each for each in quote.adjustments if each.stage is Stage.BASKET_BY_HAND]
    is_outside = all(line.is_outside for line in quote.lines)
    return Place(
        no=None,
        name=tr("整单"),
        words=tr("{kinds} 种 {pieces} 件", kinds=len(quote.lines), pieces=f"{basket.pieces:,}"),
        net=format_money(quote.payable_fen),
        blocked=tr("这一单都不参加优惠") if is_outside else "",
        given=_given(basket.discount, off),
    )


def _taken(counter: Counter, no: int) -> list[Adjustment]:
    return [e for e in counter.quote.adjustments if e.line == no and e.stage in BY_HAND]


def _given(by_hand: ByHand | None, made: list[Adjustment]) -> str:
    """What stands there now: 9折·临期 −3.90."""
    if by_hand is None:
        return ""
    off = format_money(-sum(each.amount_fen for each in made))
    name = by_hand_words(by_hand)
    return tr("{name}·{reason}　{off}", name=name, reason=by_hand.reason, off=off)
