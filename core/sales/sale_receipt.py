"""销售小票: what a settled sale prints, as typed lines made once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.members.masks import mask_card, mask_name
from core.members.member import Member
from core.pricing.adjustment import Adjustment, Reason, Stage
from core.pricing.basket import BasketLine
from core.pricing.quote import unit_list_fen
from core.pricing.tender import TenderKind
from core.sales.receipt import (
    CodeLine,
    ExpiryLine,
    FigureLine,
    Heading,
    ItemLine,
    Line,
    MemberLine,
    OfferLine,
    OriginLine,
    PointsLine,
    Receipt,
    Rule,
    SaleInfo,
    SavingLine,
    TenderLine,
    UpgradeLine,
)
from core.sales.sale import Sale
from core.values.quantity import ONE

_CHOSEN = {Reason.GIFT: "gift", Reason.ADD_ON: "add_on"}
_STAGES = tuple(Stage)
_OFF_THE_SALE = (Stage.POINTS, Stage.CASH_ROUNDING)


def make_receipt(
    sale: Sale,
    *,
    store_name: str,
    till_no: int,
    tier_name: str,
    upgraded_to: str | None,
    member: Member | None,
    local_time: str,
    expiry: ExpiryLine | None = None,
    prints_origin: bool = False,
) -> Receipt:
    """The receipt of a settled sale; `tier_name` before it, `upgraded_to` the tier it brought.

    `prints_origin`: trace codes, batches and last days stand below their items.
    """
    lines: list[Line] = [
        Heading(store_name, till_no),
        SaleInfo(sale.no, local_time, sale.staff_no),
        Rule(),
        *_items(sale, prints_origin=prints_origin),
        Rule(),
        *_totals(sale),
    ]
    if member is not None:
        lines += [Rule(), _member(member, tier_name)]
        spent = sale.quote.points_spent
        lines.append(PointsLine(sale.quote.points, sale.points_balance, spent))
        if expiry is not None:
            lines.append(expiry)
        if upgraded_to is not None:
            lines.append(UpgradeLine(upgraded_to))
    lines += [Rule(), CodeLine(sale.no)]
    return Receipt(sale.no, tuple(lines))


def _items(sale: Sale, *, prints_origin: bool) -> Iterator[Line]:
    lines = {line.no: line for line in sale.basket.lines}
    saved: dict[int, list[Adjustment]] = {}
    for made in sale.quote.adjustments:
        if made.stage not in _OFF_THE_SALE:
            saved.setdefault(made.line, []).append(made)
    for priced in sale.quote.lines:
        line, savings = lines[priced.no], saved.get(priced.no, [])
        product = line.product
        yield ItemLine(
            name=product.name,
            spec=product.spec,
            unit=product.unit,
            quantity_milli=priced.quantity_milli,
            unit_price_fen=unit_list_fen(line, priced),
            list_fen=priced.list_fen,
            payable_fen=priced.list_fen - sum(made.amount_fen for made in savings),
            is_prescription=product.is_prescription,
            chosen=next((_CHOSEN[made.reason] for made in savings if made.reason in _CHOSEN), ""),
            offer=line.offer,
        )
        for made in savings:
            yield SavingLine(
                made.reason.value, made.label, made.rate_bp, made.amount_fen, made.unit_price_fen
            )
        if prints_origin:
            yield from _origin(line)
    if points := sale.quote.points_fen:
        yield FigureLine("points", points)
    if rounding := _rounding_fen(sale):
        yield FigureLine("rounding", rounding)


def _origin(line: BasketLine) -> Iterator[Line]:
    on = line.expires_on.isoformat() if line.expires_on else ""
    if line.batch or on:
        yield OriginLine("", line.batch, on)
    for code in line.traces:
        yield OriginLine(code)


def _rounding_fen(sale: Sale) -> int:
    made = (made for made in sale.quote.adjustments if made.stage == Stage.CASH_ROUNDING)
    return sum(adjustment.amount_fen for adjustment in made)


def _totals(sale: Sale) -> Iterator[Line]:
    quote = sale.quote
    yield FigureLine("pieces", sale.basket.pieces * ONE)
    yield FigureLine("list", quote.list_fen)
    if quote.saved_fen:
        yield FigureLine("saved", quote.saved_fen)
        yield from _by_offer(quote.adjustments)
    yield FigureLine("payable", quote.payable_fen)
    yield FigureLine("paid", sale.paid_fen)
    for tender in sale.basket.tenders:
        yield TenderLine(tender.kind.value, tender.amount_fen)
    if any(tender.kind is TenderKind.CASH for tender in sale.basket.tenders):
        yield FigureLine("change", sale.change_fen)


def _by_offer(adjustments: Sequence[Adjustment]) -> Iterator[OfferLine]:
    """Savings by offer, in the order of the stages; a single one says it where it stands."""
    if sum(made.amount_fen > 0 for made in adjustments) < 2:
        return
    sums: dict[tuple[str, str], tuple[Adjustment, int]] = {}
    for made in sorted(adjustments, key=lambda made: _STAGES.index(made.stage)):
        first, fen = sums.get((made.offer, made.label), (made, 0))
        sums[made.offer, made.label] = (first, fen + made.amount_fen)
    for first, fen in sums.values():
        if fen:
            yield OfferLine(first.reason.value, first.label, first.rate_bp, fen)


def _member(member: Member, tier_name: str) -> MemberLine:
    return MemberLine(mask_name(member.name), mask_card(member.card_no), tier_name)
