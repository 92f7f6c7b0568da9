"""分开: two who were taken for one person, because of their phone or card, are two again."""

from __future__ import annotations

from uuid import UUID

from core.actions.openings import settle_openings
from core.actions.read_events import regroup
from core.errors import NoSuchAlias
from core.ports.office import OfficeWriting
from core.shop import HeadOffice


def part_members(office: HeadOffice, gone_id: UUID, into_id: UUID) -> None:
    """Each has their own points again, and they are not taken for one any more; NoSuchAlias."""
    with office.store.write() as tx:
        if not _part(office, tx, gone_id, into_id):
            raise NoSuchAlias(gone_id.hex, into_id.hex)


def part_card(office: HeadOffice, card_no: str) -> None:
    """The same of all who were taken for one because of this card; NoSuchAlias."""
    with office.store.write() as tx:
        having = [each.id for several in tx.members.same_card({card_no}) for each in several]
        made = [each for member in having[:1] for each in tx.members.aliases(member)]
        ends = [(each.gone_id, each.into_id) for each in made if each.event_id is None]
        parted = [_part(office, tx, *each) for each in ends if set(each) <= set(having)]
        if not any(parted):
            raise NoSuchAlias(card_no, "")


def _part(office: HeadOffice, tx: OfficeWriting, gone_id: UUID, into_id: UUID) -> bool:
    ends = {gone_id, into_id}
    tx.members.lock(ends)
    if not tx.members.undo_alias(gone_id, into_id, at_us=office.clock.now_us()):
        return False
    regroup(tx, ends)
    settle_openings(office, tx, set(tx.members.lock(ends).values()))
    return True
