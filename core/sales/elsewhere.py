"""别台的单: a sale of another till, made again of its event by the same rules that priced it.

What this program prices otherwise than the till that sold it is taken back there only; its figures
are those that its till told.
"""

from __future__ import annotations

from datetime import tzinfo
from itertools import accumulate, pairwise
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from core.errors import BadRecord, ReturnThere
from core.pricing.basket import Basket
from core.pricing.quote import Quote
from core.pricing.record import inputs_of, price_again, rulebook_in
from core.rulebook.rulebook import Rulebook
from core.sales.receipt import ItemLine, Receipt
from core.sales.returns import SoldLine
from core.sales.sale import Sale
from core.sales.sale_receipt import make_receipt
from core.sales.trace import SoldTrace
from core.sales.void import SaleFacts
from core.values.moment import day_and_time

NO_DAY = UUID(int=0)
"""The day of another till is none of this one's."""


class SoldElsewhere(Struct, frozen=True):
    """The sale, as one of this till stands in its own store.

    `is_as_priced`: this program makes the same of it. `has_cards`: it sold cards of a tier, which
    are known at its own till only.
    """

    sale: Sale
    receipt: Receipt
    facts: SaleFacts
    lines: tuple[SoldLine, ...]
    rulebook: Rulebook
    traces: tuple[SoldTrace, ...]
    lot_id: UUID | None
    is_as_priced: bool = True
    has_cards: bool = False


class _Lot(Struct, frozen=True):
    id: UUID


class _Spent(Struct, frozen=True):
    points: int


class _Body(Struct, frozen=True):
    """What the sale adds to the inputs of its price."""

    number: int
    staff_no: int
    quote_hash: str
    list_fen: int = 0
    payable_fen: int = 0
    change_fen: int = 0
    spend_fen: int = 0
    points: int = 0
    spent: _Spent | None = None
    tier_after: str = ""
    lot: _Lot | None = None
    cards: tuple[object, ...] = ()


class _Event(Struct, frozen=True):
    body: msgspec.Raw


def sold_elsewhere(
    no: str, event: str, zone: tzinfo, *, store_name: str, till_no: int
) -> SoldElsewhere:
    """Raises ReturnThere where it is not what this program makes of it, or sold a card of a tier.

    Such a card is known at its own till only.
    """
    there = made_again(no, event, zone, store_name=store_name, till_no=till_no)
    if not there.is_as_priced or there.has_cards:
        raise ReturnThere(no)
    return there


def made_again(
    no: str, event: str, zone: tzinfo, *, store_name: str, till_no: int
) -> SoldElsewhere:
    """As its till told it, whatever priced it; raises ReturnThere where it cannot be read at all.

    What each line costs is worked out where this program prices otherwise; the sums are the till's.
    """
    try:
        raw = msgspec.json.decode(event, type=_Event).body
        body = msgspec.json.decode(raw, type=_Body)
        inputs = msgspec.json.decode(raw)
        basket, standing, moment, uses = inputs_of(inputs)
        rulebook, quoted = rulebook_in(inputs), price_again(inputs)
    except (msgspec.MsgspecError, BadRecord, ValueError, RecursionError):
        raise ReturnThere(no) from None
    is_as_priced = quoted.hash == body.quote_hash
    if not is_as_priced:
        quoted = _as_told(quoted, body)
    sale = Sale(
        no=no,
        number=body.number,
        basket=basket,
        standing=standing,
        quote=quoted,
        rulebook_version=rulebook.version,
        currency=rulebook.currency,
        moment=moment,
        staff_no=body.staff_no,
        tier_after=body.tier_after,
        uses=uses,
    )
    receipt = make_receipt(
        sale,
        store_name=store_name,
        till_no=till_no,
        tier_name="",
        upgraded_to=None,
        member=None,
        local_time=day_and_time(moment.at_us, zone),
    )
    items = tuple(line for line in receipt.lines if isinstance(line, ItemLine))
    return SoldElsewhere(
        sale,
        receipt,
        _facts(sale),
        _lines(basket, quoted, items),
        rulebook,
        tuple(SoldTrace(line.no, code) for line in basket.lines for code in line.traces),
        body.lot.id if body.lot else None,
        is_as_priced,
        bool(body.cards),
    )


def _as_told(quoted: Quote, told: _Body) -> Quote:
    """The sums that the till told, spread over the lines as this program would have them."""
    names = ("list_fen", "payable_fen", "spend_fen", "points")
    parts = [
        _spread(getattr(told, name), [getattr(line, name) for line in quoted.lines])
        for name in names
    ]
    lines = tuple(
        replace(line, **dict(zip(names, figures, strict=True)))
        for line, *figures in zip(quoted.lines, *parts, strict=True)
    )
    spent = ((lines[0].no, told.spent.points),) if told.spent is not None and lines else ()
    return replace(
        quoted,
        lines=lines,
        adjustments=(),
        spent_points=spent,
        change_fen=told.change_fen,
        **{name: getattr(told, name) for name in names},
    )


def _spread(total: int, weights: list[int]) -> list[int]:
    """The total by weight, exactly; evenly where nothing weighs."""
    weights = weights if sum(weights) > 0 else [1] * len(weights)
    ends = list(accumulate(weights, initial=0))
    return [total * end // ends[-1] - total * at // ends[-1] for at, end in pairwise(ends)]


def _facts(sale: Sale) -> SaleFacts:
    return SaleFacts(
        sale_id=sale.basket.sale_id,
        no=sale.no,
        day_id=NO_DAY,
        member_id=sale.basket.member_id,
        at_us=sale.moment.at_us,
        business_on=sale.moment.business_on,
        payable_fen=sale.quote.payable_fen,
        change_fen=sale.change_fen,
        spend_fen=sale.quote.spend_fen,
        points=sale.quote.points,
        tenders=sale.basket.tenders,
        rulebook_version=sale.rulebook_version,
        spent_points=sale.quote.points_spent,
    )


def _lines(basket: Basket, quoted: Quote, items: tuple[ItemLine, ...]) -> tuple[SoldLine, ...]:
    goods = {line.no: line.product for line in basket.lines}
    spent = {no: (points, fen) for no, points, fen in quoted.points_rows}
    lines = sorted(quoted.lines, key=lambda line: line.no)
    return tuple(
        SoldLine(
            no=line.no,
            code=line.code,
            name=item.name,
            spec=item.spec,
            unit=item.unit,
            category=goods[line.no].category,
            is_prescription=item.is_prescription,
            quantity_milli=line.quantity_milli,
            unit_price_fen=item.unit_price_fen,
            list_fen=line.list_fen,
            payable_fen=line.payable_fen,
            spend_fen=line.spend_fen,
            points=line.points,
            spent_points=spent.get(line.no, (0, 0))[0],
            spent_fen=spent.get(line.no, (0, 0))[1],
            gift=item.offer if item.chosen == "gift" else "",
        )
        for line, item in zip(lines, items, strict=True)
    )
