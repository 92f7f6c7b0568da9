"""一笔差额: what a customer pays or gets back, whether goods of theirs come back or not."""

from __future__ import annotations

from msgspec import Struct

from core.actions.counter import Counter
from core.ports import StoredSale
from core.sales.receipt import CreditLine, LeftLine


class Sums(Struct, frozen=True):
    """Fen: what they handed over, what goods that come back pay, what is still to pay, and what
    is handed back to them of the goods (`left_fen`) and of their money (`change_fen`)."""

    own_fen: int = 0
    credit_fen: int = 0
    due_fen: int = 0
    left_fen: int = 0
    change_fen: int = 0

    @classmethod
    def of(cls, counter: Counter) -> Sums:
        """Of a basket; before its payment begins, what comes back pays as much as it can."""
        basket, quote = counter.basket, counter.quote
        own_fen = basket.taken_fen
        exchange = basket.exchange
        if exchange is None or basket.is_empty:
            return cls(own_fen, due_fen=quote.due_fen)
        if exchange.credit:
            paid_fen = sum(tender.amount_fen for tender in exchange.credit)
            return cls(own_fen, paid_fen, quote.due_fen, exchange.left_fen)
        paid_fen = min(exchange.back_fen, quote.due_fen)
        return cls(own_fen, paid_fen, quote.due_fen - paid_fen, exchange.back_fen - paid_fen)

    @classmethod
    def of_sale(cls, sale: StoredSale) -> Sums:
        """Of a sale that was paid: its receipt says what came back."""
        lines = sale.receipt.lines
        credit_fen = sum(line.amount_fen for line in lines if isinstance(line, CreditLine))
        left_fen = sum(line.amount_fen for line in lines if isinstance(line, LeftLine))
        own_fen = sale.paid_fen - credit_fen
        return cls(own_fen, credit_fen, left_fen=left_fen, change_fen=sale.change_fen)
