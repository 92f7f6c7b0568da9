"""查会员: a till asks its server for members that it does not know (sync.md 4)."""

from __future__ import annotations

from uuid import UUID

from core.actions.feed import who_asks
from core.actions.tell_members import told_of
from core.errors import NoSuchMember
from core.ports.feed import Asking
from core.shop import HeadOffice
from core.sync.directory import MembersFound, MemberTold


def look_up(
    office: HeadOffice, token: str, member_id: UUID, *, in_full: bool = False
) -> tuple[Asking, MemberTold]:
    """How one stands now, also by the id of who was merged, and who has asked.

    `in_full`: the person, too, wherever they come to: somebody needs it, and it is written down.
    Raises SessionOver, NoSuchMember.
    """
    with office.store.read() as reading:
        asking = who_asks(office, reading, token)
        person = reading.members.get(member_id)
        if person is None:
            raise NoSuchMember(member_id.hex)
        told = told_of(reading, asking, [person.id], office.clock.now_us(), in_full=in_full)
        return asking, told[person.id]


def find_by_key(office: HeadOffice, token: str, key: bytes) -> MembersFound:
    """Who has a card, or a phone, by its blind key; raises SessionOver, NoSuchMember for nobody."""
    with office.store.read() as reading:
        asking = who_asks(office, reading, token)
        found = reading.directory.by_key(key)
        if not found:
            raise NoSuchMember(key.hex())
        told = told_of(reading, asking, found, office.clock.now_us())
        return MembersFound(tuple(told[each] for each in found if each in told))
