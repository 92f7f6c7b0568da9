"""用掉: what a till spent of what was set aside for it is booked, once."""

from __future__ import annotations

from datetime import UTC, date

from core.points.ledger import AccountKind
from core.ports.office import OfficeWriting
from core.ports.readings import Roots
from core.shop import HeadOffice
from core.sync.effects import Used
from core.sync.escrow import EscrowKind, EscrowStatus, give_up, use
from core.trust.cases import Case
from core.values.moment import business_date

OVERSPENT = "overspent"
"""The kind of a case: a till spent what nobody had any more."""


def today(office: HeadOffice) -> date:
    """The day that the server writes beside what it moves itself."""
    return business_date(office.clock.now_us(), UTC, 0)


def book_used(office: HeadOffice, tx: OfficeWriting, used: Used, roots: Roots) -> None:
    """What was set aside first; both ends are locked. Nothing where it is booked already."""
    told = used.transfer
    if tx.accounts.known([told.id]):
        return
    assert told.debit.member_id is not None, "a member spends"
    root = roots[told.debit.member_id]
    escrow = tx.escrows.lock([used.escrow_id]).get(used.escrow_id)
    if escrow is not None:
        roots = {**roots, **tx.members.lock([escrow.member_id])}
        if escrow.till_id != used.till_id or roots[escrow.member_id] != root:
            escrow = None
    available = tx.accounts.balance(root).available
    after, made = use(escrow, told, used.till_id, available)
    if after is not None and after.kind is EscrowKind.AUTHORISED and after.left < after.points:
        after, back = give_up(after, EscrowStatus.CAPTURED, today(office))
        made += back
    tx.accounts.post(made, roots)
    if after is not None:
        tx.escrows.keep(after)
    over = sum(each.amount for each in made if each.debit.kind is AccountKind.OVERSPEND)
    if over:
        now_us = office.clock.now_us()
        case = Case(office.new_id(), OVERSPENT, used.till_id, root.hex, str(over), now_us)
        tx.cases.add(case)
