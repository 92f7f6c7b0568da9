"""退货的事实: what the fact of a return says, in plain values."""

from __future__ import annotations

from core.actions.undo import Burn, burn_record
from core.sales.returns import Return


def return_record(made: Return, burn: Burn | None) -> dict[str, object]:
    """Its lines, its money and the points that were taken back for it."""
    return {
        "return": made.id,
        "no": made.no,
        "number": made.number,
        "sale": made.sale.sale_id,
        "shift": made.shift_id,
        "staff_no": made.staff_no,
        "approved_by": made.approved_by,
        "reason": made.explanation.reason.value,
        "has_receipt": made.has_receipt,
        "lines": [
            [
                part.no,
                part.quantity_milli,
                part.list_fen,
                part.money_fen,
                part.spend_fen,
                part.points,
            ]
            for part in made.refund.lines
        ],
        "back": [[tender.kind.value, tender.amount_fen] for tender in made.back],
        "withheld_fen": made.shortage.withheld_fen,
        "spend_fen": made.refund.spend_fen,
        "points": made.refund.points,
        "points_taken": made.points_taken,
        **({"expired": made.shortage.expired} if made.shortage.expired else {}),
        **burn_record(burn),
        "tier_before": made.tier_before,
        "tier_after": made.tier_after,
    }
