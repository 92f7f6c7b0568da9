"""这家店: which store and till this is, and how it stands with its head office."""

from __future__ import annotations

from datetime import tzinfo

from msgspec import Struct

from core.actions.received import Received, look_at_received
from core.ports import Till
from core.ports.central import Waiting
from core.shop import Shop


class Place(Struct, frozen=True):
    """The till, and where it is in a chain: name and address, "" where it is in none.

    `known_us`: when head office was heard last, of anything that it sends; None where it never was.
    """

    till: Till
    people: int
    zone: tzinfo
    now_us: int
    chain_name: str = ""
    url: str = ""
    enrolled_us: int = 0
    waiting: Waiting = Waiting(0, None)
    kept_apart: int = 0
    known_us: int | None = None
    received: Received | None = None


def look_at_place(shop: Shop) -> Place:
    """As it is now."""
    now_us = shop.clock.now_us()
    with shop.store.read() as reading:
        till, link = reading.till, reading.links.get()
        people = sum(person.is_active for person in reading.people.all())
        place = Place(till, people, till.zone, now_us)
        if link is None or not link.chain_name:
            return place
        taken = [each.at_us for each in reading.feed.taken()]
        waiting, apart = reading.links.waiting(), reading.links.quarantined()
    return Place(
        till,
        people,
        till.zone,
        now_us,
        link.chain_name,
        link.url,
        link.enrolled_us,
        waiting,
        apart,
        max(taken, default=None),
        look_at_received(shop),
    )
