"""差额: points that are to be taken back and are gone: a debt, or money that is held back for them.

Voids and returns alike (domain.md 3, Claw-back).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from core.pricing.tender import Tender
from core.rulebook.returns import DEBT, ReturnPolicy


class Shortage(NamedTuple):
    """差额: points that are spent already; what is held back in money, and how many that pays.

    `expired` ones are not there either, and count as taken back.
    """

    points: int = 0
    withheld_fen: int = 0
    paid_points: int = 0
    expired: int = 0


NO_SHORTAGE = Shortage()


def hold_back(tenders: Iterable[Tender], withheld_fen: int) -> tuple[Tender, ...]:
    """The tenders less what is held back: of cash first, of what was handed over first last."""
    kept: list[Tender] = []
    for tender in reversed(tuple(tenders)):
        part = min(withheld_fen, tender.amount_fen)
        withheld_fen -= part
        if tender.amount_fen > part:
            kept.append(Tender(tender.kind, tender.amount_fen - part))
    return tuple(reversed(kept))


def held_by_tender(given: Iterable[Tender], back: Iterable[Tender]) -> tuple[Tender, ...]:
    """What of each tender is held back, where so much is handed back."""
    left = {tender.kind: tender.amount_fen for tender in back}
    held = ((each.kind, each.amount_fen - left.get(each.kind, 0)) for each in given)
    return tuple(Tender(kind, fen) for kind, fen in held if fen)


def shortage_of(
    points: int,
    money_fen: int,
    balance: int,
    policy: ReturnPolicy,
    unit_fen: int,
    *,
    expired: int = 0,
) -> Shortage:
    """差额: what of the points is not there, and what the policy of today does about it.

    So many points are to be taken back, so much money goes back. A debt takes nothing from it.
    Held back is the value of what is missing, rounded down, also to the unit of cash; what the
    money does not reach for remains a debt. `expired` of the sale's own points are taken back
    already.
    """
    points -= expired
    missing = points - max(0, min(balance, points))
    if not missing or policy.shortfall == DEBT:
        return Shortage(missing, expired=expired)
    value_fen = missing * policy.point_fen // policy.per_points
    value_fen -= value_fen % max(1, unit_fen)
    if value_fen <= money_fen:
        return Shortage(missing, value_fen, missing, expired)
    paid = money_fen * policy.per_points // policy.point_fen
    return Shortage(missing, money_fen, min(missing, paid), expired)
