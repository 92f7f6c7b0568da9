"""分开: two who were taken for one person, because of their phone, are two again."""

from __future__ import annotations

from uuid import UUID

from core.actions.read_events import regroup
from core.errors import NoSuchAlias
from core.shop import HeadOffice


def part_members(office: HeadOffice, gone_id: UUID, into_id: UUID) -> None:
    """Each has their own points again, and they are not taken for one any more; NoSuchAlias."""
    with office.store.write() as tx:
        tx.members.lock([gone_id, into_id])
        if not tx.members.undo_alias(gone_id, into_id, at_us=office.clock.now_us()):
            raise NoSuchAlias(gone_id.hex, into_id.hex)
        regroup(tx, {gone_id, into_id})
