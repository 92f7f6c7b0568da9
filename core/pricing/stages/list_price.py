"""原价: price × quantity, or what the scale printed, rounded once (domain.md 2, stage 1)."""

from __future__ import annotations

from core.pricing.working import Working, WorkingLine
from core.values.money import round_half_up
from core.values.quantity import ONE


def list_price(working: Working) -> None:
    """Give every line its list price; a price label is the list price of its line."""
    for line in working.lines:
        label = line.label_fen
        at_list = at_price(line, line.product.price_fen) if label is None else label
        line.list_fen = line.net_fen = at_list


def at_price(line: WorkingLine, price_fen: int) -> int:
    """Fen of a line at another unit price; of a price label: label × price ÷ list, rounded once.

    A label on a product without a price (0) stands as it is: there is no ratio to take.
    """
    if line.label_fen is None:
        return round_half_up(price_fen * line.quantity_milli, ONE)
    if line.product.price_fen <= 0:
        return line.label_fen
    return round_half_up(line.label_fen * price_fen, line.product.price_fen)
