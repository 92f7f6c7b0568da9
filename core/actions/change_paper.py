"""改票据样式: another design of a paper, by whoever may change settings, and noted."""

from __future__ import annotations

from collections.abc import Callable

from core.actions.allow import allow, noted
from core.sales.design import Design
from core.sales.design_record import design_of, record_of
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff

Keep = Callable[[], object]


def change_paper(
    shop: Shop,
    paper: str,
    design: Design | None,
    *,
    keep: Keep,
    staff: Staff,
    approval: Approval | None = None,
) -> str:
    """Let a design hold, or the shipped one again where it is None; the name of the paper.

    `keep` writes the file, within the transaction of its audit row. Raises NotAllowed, and
    BadRecord for a design that nobody could read back.
    """
    if design is not None:
        design_of(record_of(design), paper)
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        answers = allow(tx, staff, Right.CHANGE_SETTINGS, now_us=now_us, approval=approval)
        said = noted("changed" if design is not None else "as shipped", staff, answers)
        tx.audit.note("paper_changed", at_us=now_us, staff_no=staff.no, subject=paper, detail=said)
        keep()
    return paper
