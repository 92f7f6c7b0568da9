"""这家店: which store and till this is, its head office, and the machines beside it."""

from __future__ import annotations

from datetime import tzinfo
from enum import Enum

from msgspec import Struct

from core.actions.look_at_store_sales import StoreSalesSeen, store_sales_seen
from core.actions.put_out import is_put_out
from core.actions.received import Received, look_at_received
from core.ports import Till
from core.ports.central import TillsHeard, Waiting
from core.shop import Shop

FRESH_US = 5 * 60 * 1_000_000
"""A till that is open asks each two minutes; where nothing was heard for so long, none is."""


class Line(Enum):
    """How it stands with head office: it answers; it does not; nobody asks it; it put us out."""

    OPEN = "open"
    BROKEN = "broken"
    UNASKED = "unasked"
    OUT = "out"


class Beside(Struct, frozen=True):
    """A machine of this store, as head office told of it; times by the clock here.

    `unsent`: so many of its events head office did not have when it began to speak last.
    """

    till_no: int
    kind: str
    program: str
    enrolled_us: int
    heard_us: int
    revoked_us: int | None
    clock_behind_us: int
    unsent: int
    is_here: bool


class Place(Struct, frozen=True):
    """The till, and where it is in a chain: name and address, "" where it is in none.

    `known_us`: when head office was heard last, of anything that it sends; None where it never was.
    `tills`: those of the store, as head office told at `told_us`; None where it never did.
    `store_sales`: what an office PC has of its tills' sales; None at a till.
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
    line: Line = Line.UNASKED
    told_us: int | None = None
    tills: tuple[Beside, ...] = ()
    store_sales: StoreSalesSeen | None = None


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
        seen = None if till.till_no else store_sales_seen(reading, now_us)
        waiting, apart = reading.links.waiting(), reading.links.quarantined()
        heard, line, is_out = reading.links.tills(), reading.escrows.line(), is_put_out(reading)
    is_broken = line is not None and not line.is_open
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
        Line.OUT if is_out else _line(heard, now_us, is_broken=is_broken),
        None if heard is None else heard.at_us,
        () if heard is None else _beside(heard),
        seen,
    )


def _line(heard: TillsHeard | None, now_us: int, *, is_broken: bool) -> Line:
    if is_broken:
        return Line.BROKEN
    is_fresh = heard is not None and now_us - heard.at_us < FRESH_US
    return Line.OPEN if is_fresh else Line.UNASKED


def _beside(heard: TillsHeard) -> tuple[Beside, ...]:
    """Head office tells times by its own clock."""
    ahead_us = heard.told.now_us - heard.at_us
    return tuple(
        Beside(
            till.till_no,
            till.kind,
            till.program,
            till.enrolled_us - ahead_us,
            till.heard_us - ahead_us,
            None if till.revoked_us is None else till.revoked_us - ahead_us,
            till.clock_behind_us,
            till.unsent,
            till.is_asking,
        )
        for till in heard.told.tills
    )
