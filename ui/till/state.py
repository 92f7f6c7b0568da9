"""柜台: what the counter page shows, in words, computed from what stands at the counter."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from core.actions.counter import Counter
from core.catalog.product import Product
from core.ports import StoredSale
from core.pricing.adjustment import Adjustment, Reason, Stage
from core.pricing.basket import BasketLine
from core.pricing.by_hand import PriceByHand
from core.pricing.quote import Quote, QuoteLine, unit_list_fen
from core.values.money import format_money
from core.values.quantity import format_quantity, is_whole
from ui.exchange_text import exchange_words
from ui.scan_words import origin_words, unweighed_words
from ui.text import by_hand_name, discount, says_rate, tr
from ui.till.gift_state import GiftNotice, why_unmet
from ui.till.idle_state import IdleState
from ui.till.member_state import MemberState
from ui.why_state import WhyState
from ui.widgets.line_row import Fragment, LineRow

_Facts = tuple[int, QuoteLine, BasketLine, list[Adjustment], str]
# What comes off the whole basket has a row of its own.
_OFF_BASKET = (Stage.BASKET_BY_HAND, Stage.POINTS)
BY_HAND = (Stage.PRICE_BY_HAND, Stage.LINE_BY_HAND, Stage.BASKET_BY_HAND)


class Figures(Struct, frozen=True):
    """The summary below the basket, in words: 原价 已省 本单积分 件数."""

    list: str
    saved: str
    points: str
    pieces: str


class TillState(Struct, frozen=True):
    """One state of the counter page.

    `current` names the row that was touched, None keeps the one that is selected. `idle` is what
    is shown while the basket is empty.
    """

    rows: tuple[LineRow, ...]
    current: str | None
    member: MemberState | None
    figures: Figures
    payable: str
    idle: IdleState
    counter: Counter
    gift: GiftNotice | None = None
    exchange: tuple[str, str] | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing scanned yet; a member alone is no basket."""
        return not self.rows

    @property
    def taken(self) -> str:
        """已收: what was handed over for it so far, "" for nothing."""
        taken_fen = self.counter.basket.taken_fen
        return format_money(taken_fen) if taken_fen else ""

    @property
    def pays_points(self) -> bool:
        """Whether the shop takes points as money."""
        return self.counter.rulebook.points.spend is not None

    @property
    def has_points(self) -> bool:
        """Whether some points make sense now, or were chosen already, or why none can be used."""
        counter = self.counter
        made_sense = counter.quote.most_points or counter.basket.points
        return bool(made_sense) or counter.is_out_of_reach

    @classmethod
    def of(
        cls,
        counter: Counter,
        *,
        rows: LineRows | None = None,
        last: StoredSale | None = None,
        is_just_paid: bool = False,
        is_of_before: bool = False,
    ) -> TillState:
        """The page for a counter; `last` is the sale before, `is_just_paid` shows its change.

        `is_of_before`: that sale was made before the program started.

        `rows` knows those of the counter before.
        """
        quote = counter.quote
        touched = counter.changed_line
        return cls(
            rows=(rows or LineRows()).of(counter),
            current=None if touched is None else str(touched),
            member=MemberState.of(counter),
            figures=figures_of(counter),
            payable=format_money(quote.payable_fen),
            idle=IdleState.of(last, is_just_paid=is_just_paid, is_of_before=is_of_before),
            counter=counter,
            gift=GiftNotice.of(counter),
            exchange=exchange_words(counter) if counter.basket.exchange else None,
        )

    def why(self) -> WhyState:
        """The ledger of this price, made only where it is asked for."""
        return WhyState.of(self.counter)


class LineRows:
    """The rows of one counter after the other: a line that stands as before keeps its row."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[_Facts, LineRow]] = {}

    def of(self, counter: Counter) -> tuple[LineRow, ...]:
        """The basket line by line, in order of scanning; what came off the whole is a row too.

        A line's net is what it costs before that, so that the nets and the row add up.
        """
        lines = {line.no: line for line in counter.basket.lines}
        made: dict[int, list[Adjustment]] = {}
        for each in counter.quote.adjustments:
            if each.stage is not Stage.CASH_ROUNDING:
                made.setdefault(each.line, []).append(each)
        before, self._known = self._known, {}
        for place, priced in enumerate(counter.quote.lines, 1):
            line, is_unmet = lines[priced.no], priced.no in counter.quote.unmet
            unmet = why_unmet(counter, line) if is_unmet else ""
            facts = (place, priced, line, made.get(priced.no, []), unmet)
            known = before.get(priced.no)
            row = known[1] if known and known[0] == facts else _row(*facts)
            self._known[priced.no] = (facts, row)
        rows = (row for _facts, row in self._known.values())
        return (*rows, *_basket_row(counter.quote.adjustments), *_points_row(counter.quote))


def figures_of(counter: Counter) -> Figures:
    """The sums of the basket."""
    quote = counter.quote
    return Figures(
        list=format_money(quote.list_fen),
        saved=format_money(quote.offers_fen),
        points=f"+{quote.points:,}" if counter.file else "0",
        pieces=f"{counter.basket.pieces:,}",
    )


def saving_name(each: Adjustment) -> str:
    """What took something off, in the words of the counter: 会员价 37.00, 手工9折·临期."""
    if each.stage in BY_HAND:
        return tr("{name}·{reason}", name=by_hand_name(each), reason=each.label)
    if each.stage is Stage.UNIT_PRICE:
        name = each.label or tr("特价")
        return f"{name} {format_money(each.unit_price_fen)}"
    if each.stage is Stage.PERCENTAGE and not says_rate(each.label, each.rate_bp):
        name = each.label or tr("会员")
        return tr("{name}{rate}", name=name, rate=discount(each.rate_bp))
    return each.label or tr("抹零")


def outside_words(product: Product) -> str:
    """Why a line takes no offer and no discount."""
    return tr("处方药不参加优惠") if product.is_prescription else tr("不参加优惠")


def quantity_words(product: Product, quantity_milli: int) -> str:
    """2, or what is weighed with its unit: 0.375 kg, 0.375公斤."""
    amount = format_quantity(quantity_milli)
    if is_whole(quantity_milli) and not product.is_weighed:
        return amount
    return f"{amount} {product.unit}".strip() if product.unit.isascii() else amount + product.unit


def _row(
    place: int, priced: QuoteLine, line: BasketLine, made: list[Adjustment], unmet: str
) -> LineRow:
    product = line.product
    price = format_money(unit_list_fen(line, priced))
    can_step = line.label_fen is None and not product.is_weighed and is_whole(priced.quantity_milli)
    return LineRow(
        no=str(place),
        key=str(priced.no),
        name=product.name,
        spec=product.spec,
        chips=_chips(line, made),
        sub=(Fragment(unmet),) if unmet else _sub(priced, line, made),
        quantity=f"{quantity_words(product, priced.quantity_milli)} × {price}",
        list=format_money(priced.list_fen),
        net=format_money(priced.payable_fen + _off_basket(made)),
        count=format_quantity(priced.quantity_milli) if can_step else "",
        unit=f"{price} / {product.unit}" if product.unit else price,
    )


def _chips(line: BasketLine, made: list[Adjustment]) -> tuple[str, ...]:
    if line.offer:
        is_add_on = any(each.reason is Reason.ADD_ON for each in made)
        return (tr("加价购") if is_add_on else tr("赠品"),)
    return (tr("处方"),) if line.product.is_prescription else ()


def _sub(priced: QuoteLine, line: BasketLine, made: list[Adjustment]) -> tuple[Fragment, ...]:
    pieces = [Fragment(unweighed_words(), "warn")] if line.is_unweighed else []
    if origin := origin_words(line):
        pieces.append(Fragment(origin, "warn" if line.traces_lacking else "plain"))
    if priced.is_outside:
        return (*pieces, Fragment(outside_words(line.product)))
    by_hand = line.by_hand
    is_told = any(each.stage is Stage.PRICE_BY_HAND for each in made)
    if isinstance(by_hand, PriceByHand) and not is_told:
        price = tr("改价 {price}", price=format_money(by_hand.price_fen))
        pieces.append(Fragment(tr("{name}·{reason}", name=price, reason=by_hand.reason)))
    for each in made:
        if each.stage in _OFF_BASKET:
            continue
        pieces.append(Fragment(saving_name(each)))
        if each.amount_fen:
            pieces.append(Fragment(format_money(-each.amount_fen), "saved"))
    return tuple(pieces)


def _off_basket(made: Iterable[Adjustment]) -> int:
    return sum(each.amount_fen for each in made if each.stage in _OFF_BASKET)


def _basket_row(made: Iterable[Adjustment]) -> tuple[LineRow, ...]:
    own = [each for each in made if each.stage is Stage.BASKET_BY_HAND]
    if not own:
        return ()
    return (
        LineRow(
            no="",
            name=by_hand_name(own[0]),
            sub=(Fragment(own[0].label),),
            net=format_money(-_off_basket(own)),
            kind="offer",
            key="basket",
        ),
    )


def _points_row(quote: Quote) -> tuple[LineRow, ...]:
    if not quote.paying_points:
        return ()
    return (
        LineRow(
            no="",
            name=tr("积分抵扣"),
            sub=(Fragment(tr("用 {points} 分", points=f"{quote.paying_points:,}")),),
            net=format_money(-quote.points_fen),
            kind="offer",
            key="points",
        ),
    )
