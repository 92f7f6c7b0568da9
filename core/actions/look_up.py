"""查会员: a till asks its server for members that it does not know (sync.md 4)."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from core.actions.feed import who_asks
from core.actions.tell_members import told_of, unread_of_old
from core.errors import NoSuchMember, ServerBusy
from core.ports.feed import Asking
from core.ports.office import OfficeReading
from core.shop import HeadOffice
from core.sync.directory import MembersFound, MemberTold

AGAIN_S = 5
"""Reading what has come takes about so long."""


def look_up(
    office: HeadOffice, token: str, member_id: UUID, *, in_full: bool = False
) -> tuple[Asking, MemberTold]:
    """How one stands now, also by the id of who was merged, and who has asked.

    `in_full`: the person, too, wherever they come to: somebody needs it, and it is written down.
    Raises SessionOver, NoSuchMember; ServerBusy while they are read of an earlier life of the till.
    """
    with office.store.read() as reading:
        asking = who_asks(office, reading, token)
        person = reading.members.get(member_id)
        if person is None:
            raise NoSuchMember(member_id.hex)
        _require_read(reading, asking, [person.id])
        told = told_of(reading, asking, [person.id], office.clock.now_us(), in_full=in_full)
        return asking, told[person.id]


def find_by_key(office: HeadOffice, token: str, key: bytes) -> MembersFound:
    """Who has a card, or a phone, by its blind key.

    Raises SessionOver, NoSuchMember for nobody; ServerBusy as `look_up`.
    """
    with office.store.read() as reading:
        asking = who_asks(office, reading, token)
        found = reading.directory.by_key(key)
        if not found:
            raise NoSuchMember(key.hex())
        _require_read(reading, asking, found)
        told = told_of(reading, asking, found, office.clock.now_us())
        return MembersFound(tuple(told[each] for each in found if each in told))


def _require_read(reading: OfficeReading, asking: Asking, roots: Collection[UUID]) -> None:
    """Else the till would lose again what it has told of them before it was put back."""
    if not unread_of_old(reading, asking).isdisjoint(roots):
        raise ServerBusy(AGAIN_S)
