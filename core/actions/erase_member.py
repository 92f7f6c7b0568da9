"""删除会员: the server forgets a person, has every till forget them, and can show that it did."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from msgspec import Struct

from core.actions.list_members import list_members
from core.actions.note_members import note_members
from core.errors import BadPhone, NoSuchMember, SeveralKnown
from core.members.phone import parse_phone
from core.ports.office import OfficeReading, OfficeWriting
from core.shop import HeadOffice
from core.sync.effects import NAME, Effects
from core.sync.erasure import Erasure, Wiped, is_sealed, seal_of
from core.trust.cases import Case

UNSEALED = "unsealed"
"""The kind of a case: somebody wants a member erased whom no server of this chain has erased."""
WANTED = "erasure_wanted"
"""The kind of a case: the office of a shop asks for a member to be erased."""
NOBODY = UUID(int=0)


class Certificate(Struct, frozen=True):
    """删除证明: nothing in it says who it was; `seal` can be made again by this chain alone."""

    member_id: UUID
    at_us: int
    wiped: Wiped
    seal: str


class ToErase(Struct, frozen=True):
    """Who would be erased; the name is for who asks, and is written down nowhere."""

    member_id: UUID
    name: str
    points: int
    is_erased: bool


def find_to_erase(office: HeadOffice, said: str) -> ToErase:
    """By id, card number or phone; raises NoSuchMember, SeveralKnown."""
    with office.store.read() as reading:
        root = _root_of(reading, said.strip())
        member = reading.members.get(root)
        if member is None:
            raise NoSuchMember(said)
        points = reading.accounts.balance(root).points
        is_erased = bool(reading.erasures.among([root]))
        return ToErase(root, member.fields.get(NAME) or "", points, is_erased)


def erase_member(office: HeadOffice, member_id: UUID) -> Certificate:
    """For ever, with all that they were known as; said twice it is done once.

    Raises NoSuchMember.
    """
    with office.store.write() as tx:
        if not tx.members.lock([member_id]):
            raise NoSuchMember(member_id.hex)
        member = tx.members.get(member_id)
        assert member is not None, "it is locked"
        known = tx.erasures.of(member.id)
        if known is None:
            ids = member.known_as
            known = Erasure(ids, seal_of(tx.erasures.key, ids)), office.clock.now_us()
        erasure, at_us = known
        wiped = _erase(tx, erasure, at_us)
    office.store.scrub()
    return Certificate(member.id, at_us, wiped, erasure.seal)


def erase_told(office: HeadOffice, tx: OfficeWriting, erasures: Iterable[Erasure]) -> None:
    """What tills repeat: this server may have been put back to a time before it."""
    for erasure in erasures:
        if not erasure.seal and tx.erasures.among(erasure.members) == set(erasure.members):
            continue  # it was asked for, and is done already
        if not is_sealed(tx.erasures.key, erasure):
            kind = UNSEALED if erasure.seal else WANTED
            about, now_us = min(erasure.members, default=NOBODY).hex, office.clock.now_us()
            if not tx.cases.is_there(kind, about):
                tx.cases.add(Case(office.new_id(), kind, NOBODY, about, "", now_us))
        elif tx.erasures.among(erasure.members) != set(erasure.members):
            _erase(tx, erasure, office.clock.now_us())


def forget_erased(tx: OfficeWriting, said: Effects) -> None:
    """Of who was erased nothing personal is read of what comes late; nor do others become them."""
    gone = tx.erasures.among(said.named)
    if not gone:
        return
    tx.erasures.wipe(gone)
    said.wrote[:] = [each for each in said.wrote if each.member_id not in gone]
    said.aliases[:] = [
        each for each in said.aliases if gone.isdisjoint((each.gone_id, each.into_id))
    ]


def _erase(tx: OfficeWriting, erasure: Erasure, at_us: int) -> Wiped:
    roots = tx.members.lock(erasure.members, makes=True)
    tx.erasures.keep(erasure, at_us=at_us)
    wiped = tx.erasures.wipe(erasure.members)
    list_members(tx, set(roots.values()))
    note_members(tx, roots.values())
    return wiped


def _root_of(reading: OfficeReading, said: str) -> UUID:
    found = set(reading.members.known_by(said))
    if not found:
        with suppress(BadPhone):
            found = set(reading.members.known_by(parse_phone(said)))
    if len(found) > 1:
        raise SeveralKnown(said, tuple(str(each) for each in sorted(found)))
    if found:
        return found.pop()
    try:
        return UUID(said)
    except ValueError:
        raise NoSuchMember(said) from None
