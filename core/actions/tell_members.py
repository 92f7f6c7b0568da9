"""告知会员: how members stand in the whole chain, as a till may know it (sync.md 4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct

from core.actions.read_events import READ
from core.members.masks import mask_name
from core.ports.feed import Asking
from core.ports.office import OfficeReading
from core.ports.readings import ChainMember
from core.sync.directory import Blind, LotHeld, MemberTold, blind_key, check_of
from core.sync.effects import CARD_UNTIL, FROZEN, NAME, TIER
from core.sync.escrow import Balance
from core.sync.lots import LotHere, lots_left


def members_for_tills(
    reading: OfficeReading, asking: Asking, keys: Collection[str], _now_us: int
) -> dict[str, Struct]:
    """Of each as they are now; who became another is told under that one."""
    told = told_of(reading, asking, {UUID(key) for key in keys})
    return {root.hex: each for root, each in told.items()}


def told_of(
    reading: OfficeReading, asking: Asking, roots: Collection[UUID]
) -> dict[UUID, MemberTold]:
    """Those of these that there are, in a few questions for all of them."""
    persons = reading.members.some(roots)
    balances, lots = reading.accounts.balances(persons), reading.accounts.lots_of(persons)
    through, key = _through(reading, asking), reading.chain_key
    return {
        root: _told(person, balances.get(root, Balance()), lots.get(root, ()), through, key)
        for root, person in persons.items()
    }


def _through(reading: OfficeReading, asking: Asking) -> int:
    read_up_to = reading.duties.get(READ) or 0
    of = asking.till_id, asking.incarnation
    return reading.received.read_through(*of, read_up_to=read_up_to)


def _told(
    person: ChainMember, balance: Balance, lots: Iterable[LotHere], through: int, chain_key: bytes
) -> MemberTold:
    fields, left = person.fields, lots_left(lots, balance.points)
    held = tuple(LotHeld(lot.id, lot.points, lot.expires_on) for lot in left)
    parts = balance.available, balance.pending, balance.leased
    until = fields.get(CARD_UNTIL)
    return MemberTold(
        person.id,
        mask_name(fields.get(NAME) or ""),
        fields.get(TIER) or "",
        through,
        check_of(*parts, held),
        tuple(each for each in person.known_as if each != person.id),
        _blind(chain_key, Blind.CARD, person.cards),
        _blind(chain_key, Blind.PHONE, person.phones),
        None if fields.get(FROZEN) is None else "",
        date.fromisoformat(until) if until else None,
        *parts,
        held,
    )


def _blind(chain_key: bytes, what: Blind, values: Iterable[str]) -> tuple[str, ...]:
    return tuple(blind_key(chain_key, what, value).hex() for value in values)
