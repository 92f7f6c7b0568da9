"""全店的销售: what an office PC is told of what the tills of its own store sold (sync.md 4).

A till numbers its events without a gap, within each of its lives: a page tells which of these
numbers it is about, from one to another, so that nothing is missed, and a second time changes
nothing.
"""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.sync.session import Whole, Words
from core.sync.sold import CAME_BACK, SETTLED, VOIDED

KINDS = (SETTLED, VOIDED, CAME_BACK)
MOST_DEEDS = 100
"""So many are told at once, and made anew within one transaction."""
MOST_PLACES = 5000
"""So many numbers of a till are gone through for one page, where it sold little."""


class Life(Struct, frozen=True):
    """A till of the store in one of its lives: head office has all its events up to `through`.

    `heard_us`: when it last spoke with head office. `is_over`: another machine stands there, or
    the till has begun another life.
    """

    till_id: UUID
    incarnation: Whole
    till_no: Whole
    through: Whole
    heard_us: Whole
    is_over: bool


class Lives(Struct, frozen=True):
    """All of them, as head office has them at this moment."""

    at_us: Whole
    lives: tuple[Life, ...]


class SaleOf(Struct, frozen=True, omit_defaults=True):
    """The sale that was voided, or of which something came back, as its own till told it.

    `is_here`: a till of this store sold it.
    """

    data: str
    till_no: Whole
    store_name: Words
    is_here: bool
    rulebook: int | None = None


class DeedTold(Struct, frozen=True, omit_defaults=True):
    """A sale, a void or a return: the very bytes that were hashed, as text, and nothing beside.

    `rulebook`: which of the page is left out of the text. `sale`: what it takes back; None of a
    sale, and of what head office has no sale of.
    """

    data: str
    rulebook: int | None = None
    sale: SaleOf | None = None


class DeedsPage(Struct, frozen=True, omit_defaults=True):
    """What lies from one number of a till to another, both inclusive; empty below `first`."""

    first: Whole
    last: Whole
    deeds: tuple[DeedTold, ...] = ()
    rulebooks: tuple[str, ...] = ()


def lives_place() -> str:
    """Where the lives are asked for."""
    return "store/tills"


def deeds_place(till_id: UUID, incarnation: int, *, after: int = 0, before: int = 0) -> str:
    """Where the page behind a number is asked for, or that before one."""
    side = f"before={before}" if before else f"after={after}"
    return f"store/sales?till={till_id.hex}&incarnation={incarnation}&{side}"
