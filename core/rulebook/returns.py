"""退货规则: how long and in what way goods come back, and what happens to points that are gone."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from core.values.fields import Fields
from core.values.money import MAX_FEN

DEBT, MONEY = "debt", "money"
# What counts as medicine beside the prescription flag; a shop with other words writes its own.
MEDICINES = (
    "处方药",
    "非处方药",
    "甲类非处方药",
    "乙类非处方药",
    "药品",
    "西药",
    "中成药",
)
_MOST_DAYS = 3650


class ReturnPolicy(Struct, frozen=True):
    """`days` after the sale a cashier takes goods back alone (0: that day only).

    Beyond them, without the receipt, and for medicines a manager has to approve; medicines come
    back for a reason of quality only. `shortfall`: points that are to be taken back and are spent
    already become a debt, or their money value (`point_fen` for `per_points`) is held back.
    `is_gift_needed`: a gift that the kept goods do not reach comes back with the others.
    """

    days: int = 7
    is_receipt_needed: bool = True
    is_medicine_restricted: bool = True
    medicines: tuple[str, ...] = MEDICINES
    shortfall: str = DEBT
    point_fen: int = 1
    per_points: int = 1
    is_gift_needed: bool = True

    def is_restricted(self, category: str, *, is_prescription: bool) -> bool:
        """Whether a product comes back for a reason of quality only."""
        return self.is_medicine_restricted and (is_prescription or category in self.medicines)


PLAIN = ReturnPolicy()
"""What a rulebook without a word about returns is read with."""


def returns_of(fields: Fields) -> ReturnPolicy:
    """The section of a rulebook; raises BadRecord."""
    is_own = not fields.is_null("medicines")
    policy = ReturnPolicy(
        days=fields.whole("days", PLAIN.days, most=_MOST_DAYS),
        is_receipt_needed=fields.flag("is_receipt_needed", PLAIN.is_receipt_needed),
        is_medicine_restricted=fields.flag("is_medicine_restricted", PLAIN.is_medicine_restricted),
        medicines=fields.texts("medicines") if is_own else MEDICINES,
        shortfall=fields.text("shortfall", PLAIN.shortfall, among=(DEBT, MONEY)),
        point_fen=fields.whole("point_fen", PLAIN.point_fen, least=1, most=MAX_FEN),
        per_points=fields.whole("per_points", PLAIN.per_points, least=1, most=MAX_FEN),
        is_gift_needed=fields.flag("is_gift_needed", PLAIN.is_gift_needed),
    )
    fields.end()
    return policy


def returns_record(policy: ReturnPolicy) -> dict[str, Any]:
    """Plain JSON values: the inverse of `returns_of`."""
    return {
        "days": policy.days,
        "is_receipt_needed": policy.is_receipt_needed,
        "is_medicine_restricted": policy.is_medicine_restricted,
        "medicines": list(policy.medicines),
        "shortfall": policy.shortfall,
        "point_fen": policy.point_fen,
        "per_points": policy.per_points,
        **({} if policy.is_gift_needed else {"is_gift_needed": False}),
    }
