"""看到的: a world at its end, read once for all that is demanded of it."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import msgspec
from msgspec import Struct

from benchmarks.simulate.records import Kept, events_of, kept_by
from benchmarks.simulate.world import World
from core.sync.fact import Event
from core.sync.sold import Issued, Returned, Settled, Shelved, Voided, sold_by


class Chain(Struct, frozen=True):
    """What all events at the server say of sales and shelves, by none of its own readings.

    `back` are the quantities that came back of a line by each return; `uses` are the sales that
    used a code; `shelves` is what each till said last of a reward, with the place where it did.
    """

    lines: dict[UUID, dict[int, int]] = msgspec.field(default_factory=dict)
    void: set[UUID] = msgspec.field(default_factory=set)
    back: dict[UUID, dict[tuple[UUID, int], int]] = msgspec.field(default_factory=dict)
    uses: dict[str, set[UUID]] = msgspec.field(default_factory=dict)
    issued: set[str] = msgspec.field(default_factory=set)
    shelves: dict[tuple[UUID, str], tuple[int, int, int]] = msgspec.field(default_factory=dict)

    def back_of(self, sale_id: UUID, *, by: set[UUID] | None = None) -> Counter[int]:
        """How much of each line came back; `by`: only by these returns."""
        found: Counter[int] = Counter()
        for (return_id, no), milli in self.back.get(sale_id, {}).items():
            found[no] += milli if by is None or return_id in by else 0
        return found

    def stands(self, sale_id: UUID) -> bool:
        """Whether anything of a sale is still sold."""
        back = self.back_of(sale_id)
        left = (milli > back[no] for no, milli in self.lines[sale_id].items())
        return sale_id not in self.void and any(left)


class Seen(Struct, frozen=True):
    """A world at its end, and what its server and its tills have."""

    world: World
    kept: Kept
    made: dict[str, list[Event]]
    """By the name of the home that has them."""
    chain: Chain
    erased: frozenset[UUID]
    """Whom the server has erased by now."""

    @property
    def is_plain(self) -> bool:
        """Whether no till is an old copy of itself, and no server has forgotten anything."""
        return not (self.world.town.has_copies or self.world.server.was_put_back)


def look_at(world: World) -> Seen:
    """Read all files once."""
    with world.server.looked_into() as connection:
        kept = kept_by(connection)
        rows = connection.execute("SELECT member_id FROM erased").fetchall()
    made = {machine.home.name: [*events_of(machine.store)] for machine in world.machines()}
    chain = Chain()
    for event in kept.events.values():
        if event.till_id != world.stranger.id:
            _read(event, chain)
    erased = frozenset(UUID(str(member)) for (member,) in rows)
    return Seen(world, kept, made, chain, erased)


def _read(event: Event, chain: Chain) -> None:
    match sold_by(event):
        case Settled() as told:
            sale_id = told.basket.sale_id
            chain.lines[sale_id] = {line.no: line.quantity_milli for line in told.basket.lines}
            for code in told.used:
                chain.uses.setdefault(code, set()).add(sale_id)
        case Voided() as told:
            chain.void.add(told.sale)
        case Returned() as told:
            parts = {(told.return_id, no): milli for no, milli, *_ in told.lines}
            chain.back[told.sale] = chain.back.get(told.sale, {}) | parts
        case Issued() as told:
            chain.issued.update(told.codes)
        case Shelved(stock=(code, units)):
            place = (event.incarnation, event.seq, units)
            known = chain.shelves.get((event.till_id, code), place)
            chain.shelves[event.till_id, code] = max(known, place)
        case _:
            pass
