"""规则册: the data that prices a basket; versioned, and kept by every sale that used it."""

from __future__ import annotations

from dataclasses import dataclass

from core.rulebook.by_hand import NOTHING_ALONE, ByHandLimits
from core.rulebook.offers import PriceOffer
from core.rulebook.points_policy import PointsPolicy
from core.rulebook.returns import PLAIN, ReturnPolicy
from core.rulebook.schemes import TierScheme


@dataclass(frozen=True, slots=True)
class TenderRule:
    """支付方式: what a tender may pay and whether it earns (domain.md 2 and 3).

    `pays` is "all", or "prescription": insurance that pays prescription lines only.
    """

    kind: str
    is_earning: bool = True
    pays: str = "all"


@dataclass(frozen=True, slots=True)
class LabelCode:
    """店内码: layout of 13-digit codes with an embedded price or weight (domain.md 2, stage 1).

    `prefix` two digits from 20 to 29; `item_digits` follow it, then `value_digits`. `holds` is
    "price" (fen) or "weight" (grams). `is_checked`: the last digit is a true check digit.
    """

    prefix: str
    holds: str
    item_digits: int = 5
    value_digits: int = 5
    is_checked: bool = True


@dataclass(frozen=True, slots=True)
class Outside:
    """What takes no offer and neither earns nor spends: prescription by default (domain.md 2)."""

    is_prescription_outside: bool = True
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One published version of the shop's rules; `currency` is an ISO code, amounts are fen."""

    name: str
    version: int
    currency: str
    points: PointsPolicy
    scheme: TierScheme
    tenders: tuple[TenderRule, ...]
    outside: Outside = Outside()
    offers: tuple[PriceOffer, ...] = ()
    labels: tuple[LabelCode, ...] = ()
    cash_rounding_fen: int = 0
    by_hand: ByHandLimits = NOTHING_ALONE
    returns: ReturnPolicy = PLAIN

    def tender(self, kind: str) -> TenderRule | None:
        """The rule of a tender, or None where the shop does not take it."""
        return next((rule for rule in self.tenders if rule.kind == kind), None)
