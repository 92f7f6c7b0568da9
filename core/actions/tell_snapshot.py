"""快照，总部的一边: what a till must know, in parts that each are one short look (sync.md 4).

Nothing is held over the whole: parts are of different instants, all later than the cursor inside,
and what changed meanwhile lies behind it.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
from msgspec import Raw, Struct

from core.actions.feed import TOPICS, who_asks
from core.ports.feed import Asking
from core.ports.office import OfficeReading
from core.shop import HeadOffice
from core.sync.directory import FULL_MONTHS, MEMBER
from core.sync.feed import Change
from core.sync.snapshot import MOST_BYTES, MOST_KEYS, MOST_ROWS, Manifest, Row
from core.values.moment import months_before

ROW_BYTES = 32
"""About so much of a row is no key."""
_Told = tuple[str, str]


class Place(Struct, frozen=True):
    """What the feed tells goes on behind it; members come last, whatever their name is.

    `tells`: of what it tells; of a member who became another one it tells of that.
    """

    is_member: bool = False
    topic: str = ""
    about: str = ""
    tells: str = ""


class ToldPart(Struct, frozen=True):
    """Changes, and where it goes on; None where there is nothing more."""

    changes: tuple[Change, ...]
    next: Place | None


def begin_snapshot(office: HeadOffice, token: str) -> Manifest:
    """One that begins now; raises SessionOver."""
    with office.store.read() as reading:
        who_asks(office, reading, token)
        # Whatever is read from now on holds all that lies before it.
        cursor = reading.changes.head()
        return Manifest(office.new_id(), cursor, reading.listing.count())


def who_takes(office: HeadOffice, token: str) -> Asking:
    """The till of a session; raises SessionOver."""
    with office.store.read() as reading:
        return who_asks(office, reading, token)


def told_part(office: HeadOffice, token: str, place: Place) -> ToldPart:
    """What the feed tells this till behind a place, a chunk of it; raises SessionOver."""
    with office.store.read() as reading:
        asking = who_asks(office, reading, token)
        keys = _keys(office, reading, asking, place)
        values = _values(office, reading, asking, keys)
    changes, last = dict[_Told, Change](), place
    size = 0
    for key in keys:
        told = key.topic, key.tells
        if told in values and told not in changes:
            size += len(values[told])
            if changes and size > MOST_BYTES:
                return ToldPart(tuple(changes.values()), last)
            changes[told] = Change(*told, Raw(values[told]))
        last = key
    return ToldPart(tuple(changes.values()), last if len(keys) == MOST_KEYS else None)


def told_again(office: HeadOffice, token: str, place: Place, until: Place | None) -> ToldPart:
    """The same up to where somebody was told that it ends; None: it was the last one.

    All of it: others may have come in between since then. Raises SessionOver.
    """
    with office.store.read() as reading:
        asking = who_asks(office, reading, token)
        keys = _keys_up_to(office, reading, asking, place, until)
        values = _values(office, reading, asking, keys)
    told = dict.fromkeys((key.topic, key.tells) for key in keys)
    return ToldPart(tuple(Change(*of, Raw(values[of])) for of in told if of in values), until)


def rows_part(office: HeadOffice, after: UUID | None) -> list[Row]:
    """The next rows of the directory, as many as a chunk holds; none: it is over."""
    with office.store.read() as reading:
        rows = reading.listing.rows(after, most=MOST_ROWS)
    room, count = MOST_BYTES, 0
    for row in rows:
        room -= ROW_BYTES + len(row[5]) + len(row[6])
        if room < 0 and count:
            break
        count += 1
    return rows[:count]


def _keys(office: HeadOffice, reading: OfficeReading, asking: Asking, place: Place) -> list[Place]:
    """`MOST_KEYS`, fewer at the end: first all other topics, then the members of the store."""
    keys: list[Place] = []
    if not place.is_member:
        found = reading.changes.keys(asking.store_code, place.topic, place.about, most=MOST_KEYS)
        keys = [Place(False, topic, about, about) for topic, about in found]
    if len(keys) < MOST_KEYS:
        after = UUID(place.about) if place.is_member else None
        since = months_before(office.today(), FULL_MONTHS)
        left = MOST_KEYS - len(keys)
        members = reading.listing.of_store(asking.store_code, since, after, most=left)
        keys += [Place(True, MEMBER, member.hex, root.hex) for member, root in members]
    return keys


def _keys_up_to(
    office: HeadOffice, reading: OfficeReading, asking: Asking, place: Place, until: Place | None
) -> list[Place]:
    keys: list[Place] = []
    while True:
        more = _keys(office, reading, asking, keys[-1] if keys else place)
        for key in more:
            if until is not None and _is_behind(key, until):
                return keys
            keys.append(key)
            if until is not None and (key.topic, key.about) == (until.topic, until.about):
                return keys
        if len(more) < MOST_KEYS:
            return keys


def _is_behind(key: Place, until: Place) -> bool:
    """Of topics the store knows the order alone: which sign comes first is not the same there."""
    return key.is_member and (not until.is_member or key.about > until.about)


def _values(
    office: HeadOffice, reading: OfficeReading, asking: Asking, keys: list[Place]
) -> dict[_Told, bytes]:
    """Of who are one by now they say the same: it is told once in a part."""
    abouts: dict[str, list[str]] = {}
    for key in keys:
        abouts.setdefault(key.topic, []).append(key.tells)
    now_us, now = office.clock.now_us(), dict[_Told, bytes]()
    for topic, of in abouts.items():
        if topic in TOPICS:
            values = TOPICS[topic](reading, asking, of, now_us)
            now |= {(topic, key): msgspec.json.encode(value) for key, value in values.items()}
    return now
