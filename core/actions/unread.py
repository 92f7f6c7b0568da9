"""未读: which members this till has told of what the server has not read yet.

Of those it knows better than the server, which tells of them again when it has read on: until then
what the server says of them is passed over (sync.md 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from msgspec import Struct, field

from core.errors import BadRecord
from core.ports import Reading
from core.sync.effects import Effects
from core.sync.fact import Event
from core.sync.reading import read, sale_asked

AT_ONCE = 200


class Unread(Struct):
    """Members of own events behind `through` of one life of this till, and behind what the server
    has of the others; `came_to`: up to which number of each that was looked at."""

    incarnation: int
    through: int
    members: set[UUID] = field(default_factory=set)
    came_to: dict[int, int] = field(default_factory=dict)


def look_on(reading: Reading, unread: Unread) -> None:
    """Look at what there is behind what was looked at before."""
    for incarnation in reading.links.incarnations():
        begins = unread.came_to.get(incarnation, _from(reading, unread, incarnation))
        unread.came_to[incarnation] = begins
        for event in _behind(reading, incarnation, begins):
            unread.members |= _named(reading, event)
            unread.came_to[incarnation] = event.seq


def _from(reading: Reading, unread: Unread, incarnation: int) -> int:
    is_asked = incarnation == unread.incarnation
    return unread.through if is_asked else reading.links.acknowledged(incarnation)


def _behind(reading: Reading, incarnation: int, through: int) -> Iterator[Event]:
    while some := reading.links.events_behind(incarnation, through, limit=AT_ONCE):
        yield from some
        through = some[-1].seq


def _named(reading: Reading, event: Event) -> set[UUID]:
    """Whom it is about; what the server cannot read either changes nothing there."""
    try:
        sale_id = sale_asked(event)
        sale = None if sale_id is None else reading.sales.get(sale_id)
        owner = None if sale is None else sale.member_id
        said = Effects()
        read(event, 0, said, {} if sale_id is None or owner is None else {sale_id: owner})
    except BadRecord:
        return set()
    return said.named
