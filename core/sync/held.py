"""同店挂单: what the tills of a store tell each other of their held baskets, by their server.

A till tells all that it holds, each time with a higher number: what comes late changes nothing.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from core.sync.escrow import MINUTE_US
from core.sync.session import Whole, Words

MOST_HELD = 99
LONGEST_RECORD = 1 << 18
TAKEN_US = 120 * MINUTE_US
"""So long a basket is another till's that has taken it and says nothing more."""
Some = Annotated[tuple[UUID, ...], Meta(max_length=MOST_HELD)]


class HeldPut(Struct, frozen=True):
    """挂单: one as it was held; `called` is what it is known by, `record` the basket as JSON."""

    id: UUID
    held_us: Whole
    called: Words
    lines: Whole
    payable_fen: Whole
    version: Whole
    record: Annotated[str, Meta(max_length=LONGEST_RECORD)]


class HeldTold(Struct, frozen=True):
    """All that a till holds, and of others' what it has at its counter, and what it has done with.

    What it had taken and names no more comes back.
    """

    no: Whole
    held: Annotated[tuple[HeldPut, ...], Meta(max_length=MOST_HELD)] = ()
    has: Some = ()
    done: Some = ()


class HeldThere(Struct, frozen=True):
    """One of another till of the store, which can be taken."""

    id: UUID
    till_no: Whole
    called: Words
    lines: Whole
    payable_fen: Whole
    held_us: Whole


class HeldAway(Struct, frozen=True, array_like=True):
    """One of the till that asks, which another one has taken."""

    id: UUID
    till_no: Whole


class HeldSaid(Struct, frozen=True):
    """What others hold; what of the till's own others have taken; and what they have sold."""

    there: tuple[HeldThere, ...] = ()
    away: tuple[HeldAway, ...] = ()
    gone: tuple[UUID, ...] = ()


class HeldTake(Struct, frozen=True):
    """The till that asks takes this one; `no` as in what it tells."""

    id: UUID
    no: Whole
