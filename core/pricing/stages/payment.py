"""收款归属: which line was paid with what, as far as points and cash rounding ask (domain.md 3).

Tenders that pay certain lines only come first, then those that do not earn, then the rest, and
cash last; each is spread by `allocate` over what the former left of the lines it may pay. Tenders
of one sort are taken together, so that the order in which they were handed over changes nothing.
What nobody has paid yet is left to cash where cash was handed over, and counts as earning.
"""

from __future__ import annotations

from core.pricing.tender import TenderKind
from core.pricing.working import Working, WorkingLine
from core.rulebook.rulebook import TenderRule
from core.values.money import allocate

# (is open to all lines, is earning), in the order in which they pay.
_ORDER = ((False, False), (False, True), (True, False), (True, True))


def payment(working: Working) -> None:
    """Attribute the tenders other than cash, and note what is left for cash on each line."""
    if not working.tenders:
        return
    amounts = dict.fromkeys(_ORDER, 0)
    for tender in working.tenders:
        if tender.kind is not TenderKind.CASH:
            rule = working.rulebook.tender(tender.kind)
            amounts[_sort(rule)] += max(0, tender.amount_fen)
    left = [line.net_fen for line in working.lines]
    for (is_open, is_earning), amount in amounts.items():
        if amount:
            _pay(working.lines, left, amount, is_open=is_open, is_earning=is_earning)
    if any(tender.kind is TenderKind.CASH for tender in working.tenders):
        for line, fen in zip(working.lines, left, strict=True):
            line.cash_fen = fen


def cash_share(working: Working) -> list[int]:
    """What cash has paid of each line so far, change excluded; in the order of the lines."""
    parts = [line.cash_fen for line in working.lines]
    handed = sum(t.amount_fen for t in working.tenders if t.kind is TenderKind.CASH)
    paid = min(handed, sum(parts))
    return allocate(paid, parts) if paid > 0 else [0] * len(parts)


def _sort(rule: TenderRule | None) -> tuple[bool, bool]:
    return (True, True) if rule is None else (rule.pays == "all", rule.is_earning)


def _pay(
    lines: list[WorkingLine], left: list[int], amount: int, *, is_open: bool, is_earning: bool
) -> None:
    open_fen = [
        fen if is_open or line.product.is_prescription else 0
        for line, fen in zip(lines, left, strict=True)
    ]
    paid = min(amount, sum(open_fen))
    if paid == 0:
        return
    for index, part in enumerate(allocate(paid, open_fen)):
        left[index] -= part
        if not is_earning:
            lines[index].unearning_fen += part
