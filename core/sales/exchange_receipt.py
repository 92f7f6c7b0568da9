"""换货小票: one paper for what came back, what went out, and the difference."""

from __future__ import annotations

from collections.abc import Iterator

from core.pricing.basket import Basket
from core.pricing.exchange import Exchange
from core.sales.receipt import (
    BackItemLine,
    CreditLine,
    ExchangeLine,
    FigureLine,
    ItemLine,
    LeftLine,
    Line,
    PointsBackLine,
    PointsLine,
    Receipt,
    ReturnInfo,
    SaleInfo,
    TenderLine,
    TierBackLine,
)


def exchange_receipt(sold: Receipt, back: Receipt, basket: Basket) -> Receipt:
    """The receipt of the sale with what came back above its goods, and what that paid."""
    exchange = basket.exchange
    assert exchange is not None, "nothing is exchanged"
    lines: list[Line] = []
    tenders = 0
    for line in sold.lines:
        if isinstance(line, PointsLine):
            lines += [each for each in back.lines if isinstance(each, PointsBackLine)]
            lines += [each for each in back.lines if isinstance(each, TierBackLine)]
        if isinstance(line, TenderLine):
            tenders += 1
            if tenders <= len(exchange.credit):
                lines.append(CreditLine(line.kind, line.amount_fen))
                continue
        lines.append(line)
        if isinstance(line, SaleInfo):
            lines += _came_back(back, exchange)
        if isinstance(line, FigureLine) and line.kind == "paid":
            lines += [LeftLine(each.kind.value, each.amount_fen) for each in exchange.left]
    return Receipt(sold.sale_no, tuple(lines))


def _came_back(back: Receipt, exchange: Exchange) -> Iterator[Line]:
    for line in back.lines:
        if isinstance(line, ReturnInfo):
            yield ExchangeLine(line.no, line.sold_time)
        elif isinstance(line, ItemLine):
            yield BackItemLine(
                line.name, line.spec, line.unit, line.quantity_milli, line.payable_fen
            )
        elif isinstance(line, FigureLine) and line.kind in ("rounding", "withheld"):
            yield line
    yield FigureLine("returned", exchange.back_fen)
