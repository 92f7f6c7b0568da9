"""告知会员: how members stand in the whole chain, as a till may know it (sync.md 4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.list_members import listed_as
from core.actions.read_events import READ
from core.members.profile import FIELDS as PROFILE
from core.ports.feed import Asking
from core.ports.office import OfficeReading
from core.ports.read_on import HowFar
from core.ports.readings import ChainMember
from core.sync.directory import FULL_MONTHS, LotHeld, MemberTold, Person, SaleCounted, check_of
from core.sync.effects import (
    BIRTHDAY,
    CARD,
    CARD_UNTIL,
    FROZEN,
    NAME,
    PHONE,
    TIER_BASE,
    TIER_REVIEW,
)
from core.sync.escrow import Balance
from core.sync.lots import lots_left
from core.sync.reading import named_by
from core.sync.terms import base_of, review_of
from core.values.moment import local_time, months_before


def members_for_tills(
    reading: OfficeReading, asking: Asking, keys: Collection[str], now_us: int
) -> dict[str, Struct]:
    """Of each as they are now; who became another is told under that one.

    Who was told of in an earlier life of this till, where that is not read yet, is told later: when
    it is read, they change.
    """
    roots = {UUID(key) for key in keys}
    told = told_of(reading, asking, roots - unread_of_old(reading, asking), now_us)
    return {root.hex: each for root, each in told.items()}


def unread_of_old(reading: OfficeReading, asking: Asking) -> set[UUID]:
    """The roots of whom earlier lives of a till have said something that is here and unread."""
    named: set[UUID] = set()
    for far in _how_far(reading, asking):
        if far.incarnation != asking.incarnation and far.through < far.there:
            for event in reading.read_on.events(far, behind=far.through, until=far.there):
                named |= named_by(event)
    return reading.members.roots(named)


def _how_far(reading: OfficeReading, asking: Asking) -> tuple[HowFar, ...]:
    read_up_to = reading.duties.get(READ) or 0
    return reading.read_on.of([asking.till_id], read_up_to=read_up_to)


def told_of(
    reading: OfficeReading,
    asking: Asking,
    roots: Collection[UUID],
    now_us: int,
    *,
    in_full: bool = False,
) -> dict[UUID, MemberTold]:
    """Those of these that there are, in a few questions for all of them.

    `in_full`: with the person, wherever they come to; not of who took their consent back.
    """
    persons = reading.members.some(roots)
    known_as = {member: root for root, person in persons.items() for member in person.known_as}
    since = months_before(local_time(now_us, UTC).date(), FULL_MONTHS)
    came = reading.members.who_came(known_as, asking.store_code, since)
    own = {known_as[member] for member in came}
    if in_full:
        own |= {root for root, person in persons.items() if not person.is_withdrawn}
    found = _Reading(reading, asking, persons)
    counted = reading.tier_figures.of(own, since)
    told = {
        root: found.erased(each) if each.is_erased else found.told(each, is_own=root in own)
        for root, each in persons.items()
    }
    for root in own:
        if told[root].person is not None:
            told[root] = found.with_sales(told[root], counted.get(root, ()))
    return told


class _Reading:
    """What is asked once for all of them."""

    def __init__(
        self, reading: OfficeReading, asking: Asking, roots: Mapping[UUID, ChainMember]
    ) -> None:
        self._erasures = reading.erasures
        self._persons = roots
        self._balances = reading.accounts.balances(roots)
        self._lots = reading.accounts.lots_of(roots)
        self._chain_key = reading.chain_key
        far = {each.incarnation: each.through for each in _how_far(reading, asking)}
        self._through = far.get(asking.incarnation, 0)

    def erased(self, person: ChainMember) -> MemberTold:
        """Nothing is told of them any more, but that a till must forget them, too.

        Whoever they were is sealed: that two of them were parted since changes nothing of it.
        """
        known, check = self._erasures.of(person.id), check_of(0, 0, 0, ())
        seal, gone = ("", person.known_as) if known is None else (known[0].seal, known[0].members)
        others = tuple(each for each in gone if each != person.id)
        told = MemberTold(person.id, "", "", self._through, check, others)
        return replace(told, is_erased=True, seal=seal)

    def told(self, person: ChainMember, *, is_own: bool) -> MemberTold:
        """Why somebody is frozen is known in their own store only."""
        fields, balance = person.fields, self._balances.get(person.id, Balance())
        left = lots_left(self._lots.get(person.id, ()), balance.points)
        lots = tuple(LotHeld(lot.id, lot.points, lot.expires_on) for lot in left)
        parts = balance.available, balance.pending, balance.leased
        listed = listed_as(person, self._chain_key)
        frozen = fields.get(FROZEN)
        return MemberTold(
            person.id,
            listed.name,
            listed.tier,
            self._through,
            check_of(*parts, lots),
            tuple(each for each in person.known_as if each != person.id),
            tuple(key.hex() for key in listed.cards),
            tuple(key.hex() for key in listed.phones),
            frozen if is_own or frozen is None else "",
            _day(fields.get(CARD_UNTIL)),
            *parts,
            lots,
            person_of(person) if is_own else None,
        )

    def with_sales(self, told: MemberTold, sales: tuple[SaleCounted, ...]) -> MemberTold:
        """What their tier came from, for who knows the person."""
        fields = self._persons[told.id].fields
        base, review = base_of(fields.get(TIER_BASE)), review_of(fields.get(TIER_REVIEW))
        until = base.until if base is not None and base.tier == told.tier else None
        return replace(told, counted=sales, tier_until=until, review=review)


def person_of(member: ChainMember) -> Person | None:
    """All that a till of their own store has; None of whom nobody has told the name."""
    fields = member.fields
    name = fields.get(NAME)
    if not name:
        return None
    own = [each.on for each in member.joined if each.member_id == member.id]
    return Person(
        name,
        fields.get(PHONE) or "",
        fields.get(CARD) or "",
        fields.get(BIRTHDAY) or "",
        min(own or [each.on for each in member.joined], default=None),
        member.is_withdrawn,
        {field: value for field in PROFILE if (value := fields.get(field))},
    )


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
