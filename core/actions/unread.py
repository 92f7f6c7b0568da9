"""未读: which members this till has told of what the server has not read yet.

Of those it knows better than the server, which tells of them again when it has read on: until then
what the server says of them is passed over (sync.md 4). After a day without a network there are
thousands of such events, and after an import of a whole chain a gigabyte: each is read once, a few
at a time, and what it named is remembered for the pages behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from msgspec import Struct, field

from core.errors import BadRecord
from core.ports import Reading
from core.shop import Shop
from core.sync.fact import Event
from core.sync.named import Named
from core.sync.reading import IMPORTED, named_by, sale_asked
from core.sync.wire import MOST_BYTES

AT_ONCE = 200


class Unread(Struct):
    """Of those `asked` for the `members` of own events behind `through` of one life of this till,
    and behind what the server has of the others; `came_to`: up to which number of each that was
    looked at."""

    incarnation: int
    through: int
    asked: frozenset[UUID]
    members: set[UUID] = field(default_factory=set)
    came_to: dict[int, int] = field(default_factory=dict)


def look_ahead_of(shop: Shop, unread: Unread) -> None:
    """Look at all that there is by now; nobody waits behind it."""
    while not _has_looked(shop, unread):
        pass


def look_on(reading: Reading, unread: Unread) -> None:
    """Look at what there is behind what was looked at before."""
    for incarnation in reading.links.incarnations():
        begins = unread.came_to.get(incarnation, _from(reading, unread, incarnation))
        unread.came_to[incarnation] = begins
        for event in _behind(reading, incarnation, begins):
            unread.members |= unread.asked & _named(reading, event)
            unread.came_to[incarnation] = event.seq


def _has_looked(shop: Shop, unread: Unread) -> bool:
    """A few more are read; or there are no more, and it is known who is among those asked for."""
    with shop.store.read() as reading, shop.store.named() as lives:
        for incarnation in reading.links.incarnations():
            begins = _from(reading, unread, incarnation)
            named = lives.get(incarnation)
            if named is None or not named.begins <= begins <= named.came_to:
                named = lives[incarnation] = Named(begins, begins)
            named.forget(begins)
            events = _some(reading, incarnation, named.came_to)
            for event in events:
                named.add(event.seq, _named(reading, event))
            if events:
                return False
        unread.members = {m for named in lives.values() for m in named.among(unread.asked)}
        unread.came_to = {incarnation: named.came_to for incarnation, named in lives.items()}
    return True


def _from(reading: Reading, unread: Unread, incarnation: int) -> int:
    is_asked = incarnation == unread.incarnation
    return unread.through if is_asked else reading.links.acknowledged(incarnation)


def _behind(reading: Reading, incarnation: int, through: int) -> Iterator[Event]:
    while some := _some(reading, incarnation, through):
        yield from some
        through = some[-1].seq


def _some(reading: Reading, incarnation: int, through: int) -> tuple[Event, ...]:
    """The persons of an import stand beside it, and say of nobody what it does not say itself."""
    return reading.links.events_behind(
        incarnation, through, limit=AT_ONCE, most_bytes=MOST_BYTES, bare=IMPORTED
    )


def _named(reading: Reading, event: Event) -> set[UUID]:
    """Whom it is about; what the server cannot read either changes nothing there."""
    try:
        sale_id = sale_asked(event)
    except BadRecord:
        return set()
    sale = None if sale_id is None else reading.sales.get(sale_id)
    owner = None if sale is None else sale.member_id
    return named_by(event, {} if sale_id is None or owner is None else {sale_id: owner})
