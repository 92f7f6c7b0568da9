"""放回: what was set aside goes back when nothing can come any more that was spent of it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from core.actions.book_used import today
from core.actions.note_members import note_points
from core.points.ledger import Transfer
from core.ports.office import OfficeWriting
from core.shop import HeadOffice
from core.sync.escrow import Escrow, EscrowStatus, give_up, is_over

AT_ONCE = 100


def release_due(office: HeadOffice, duty: str) -> bool:
    """Whether more is left; `duty` says how far the events are read."""
    now_us = office.clock.now_us()
    with office.store.read() as reading:
        read_up_to = reading.duties.get(duty) or 0
        ready = reading.escrows.ready(read_up_to=read_up_to, now_us=now_us, at_most=AT_ONCE)
    if not ready:
        return False
    with office.store.write() as tx:
        give_back_ended(office, tx, ready, now_us)
    return len(ready) == AT_ONCE


def give_back_ended(
    office: HeadOffice, tx: OfficeWriting, ready: Iterable[tuple[Escrow, int]], now_us: int
) -> dict[UUID, Escrow]:
    """Those that are over go back, whatever became of them meanwhile; how they stand now.

    Each comes with the number up to which the events of its till are read.
    """
    told = {escrow.id: through for escrow, through in ready}
    there = tx.escrows.lock(told)
    roots = tx.members.lock({each.member_id for each in there.values()})
    moved: list[Transfer] = []
    back_to: list[UUID] = []
    for escrow in list(there.values()):
        if is_over(escrow, told[escrow.id], now_us):
            there[escrow.id], back = give_up(escrow, EscrowStatus.RETURNED, today(office))
            tx.escrows.keep(there[escrow.id])
            moved += back
            back_to.append(roots[escrow.member_id])
    tx.accounts.post(moved, roots)
    note_points(tx, back_to)
    return there
