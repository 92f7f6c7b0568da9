"""收款: which tenders a quote can take. Recorded amounts; only cash gives change."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import BadTender, NotPaid, TenderTooHigh
from core.pricing.basket import Basket
from core.pricing.quote import Quote
from core.pricing.tender import Tender, TenderKind
from core.rulebook.rulebook import Rulebook

# Cash this far above the payable (10,000 yuan) is a barcode or a slip of the finger.
MOST_CHANGE_FEN = 10_000_00
# The largest note is 100 yuan, so nobody who counts gets more than that back: it is asked about.
MOST_LIKELY_CHANGE_FEN = 200_00


def check_tenders(basket: Basket, quote: Quote, rulebook: Rulebook) -> None:
    """Raises BadTender for zero, negative or unknown tenders, TenderTooHigh beyond their limit.

    Each is measured by what those before it leave: the one told is the one that came last.
    """
    for at, tender in enumerate(basket.tenders):
        if tender.amount_fen <= 0 or rulebook.tender(tender.kind) is None:
            raise BadTender(tender.kind, tender.amount_fen)
        limit = _limit(tender.kind, basket.tenders[:at], basket, quote, rulebook)
        if tender.amount_fen > limit:
            raise TenderTooHigh(tender.kind, tender.amount_fen, limit)


def check_paid(quote: Quote) -> None:
    """Raises NotPaid while something is left to pay."""
    if quote.due_fen:
        raise NotPaid(quote.due_fen)


def may_pay_fen(kind: str, basket: Basket, quote: Quote, rulebook: Rulebook) -> int:
    """Fen that one kind of tender may pay in all: everything, or its own lines (domain.md 3)."""
    rule = rulebook.tender(kind)
    if rule is None:
        return 0
    if rule.pays == "all":
        return quote.payable_fen
    prescriptions = {line.no for line in basket.lines if line.product.is_prescription}
    return sum(line.payable_fen for line in quote.lines if line.no in prescriptions)


def _limit(
    kind: TenderKind, before: Sequence[Tender], basket: Basket, quote: Quote, rulebook: Rulebook
) -> int:
    if kind is TenderKind.CASH:
        return quote.payable_fen + MOST_CHANGE_FEN
    others = sum(t.amount_fen for t in before if t.kind is not TenderKind.CASH)
    same = sum(t.amount_fen for t in before if t.kind is kind)
    own = may_pay_fen(kind, basket, quote, rulebook) - same
    return max(0, min(quote.payable_fen - others, own))
