"""退货单: the paper of a return, and what the audit says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.actions.spend_points import expiry_line
from core.ports import Writing
from core.sales.receipt import Heading, Receipt
from core.sales.return_receipt import make_return_receipt
from core.sales.returns import Return
from core.values.moment import day_and_time

if TYPE_CHECKING:
    from core.actions.return_sale import ReturnPreview


def return_paper(tx: Writing, made: Return, shown: ReturnPreview) -> Receipt:
    """Made once; of who is no member here nobody knows what expires next."""
    till = tx.till

    def at(at_us: int) -> str:
        return day_and_time(at_us, till.zone)

    return make_return_receipt(
        made,
        Heading(till.store_name, till.till_no),
        shown.lines,
        member=shown.file.member if shown.file else None,
        balance=shown.balance,
        tier_name=shown.tier_name,
        fallen_to=shown.fallen_to,
        local_time=at(made.at_us),
        sold_time=at(made.sale.at_us),
        expiry=expiry_line(tx, shown.member, made.business_on),
    )


def return_detail(made: Return, shown: ReturnPreview) -> str:
    """What the audit says: money, reason, and each rule that it went beyond."""
    beyond = {
        "late": shown.is_late,
        "no_receipt": shown.lacks_receipt,
        "medicine": shown.has_medicine,
        "gift_kept": bool(shown.gifts),
    }
    said = [str(shown.back_fen), made.explanation.reason.value]
    return " ".join(said + [word for word, is_so in beyond.items() if is_so])
