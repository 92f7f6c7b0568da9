"""收到的: what the server asks of the events that it has."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from msgspec import Struct

from core.sync.fact import Event

if TYPE_CHECKING:
    from core.ports.office import Apart, Arrived


class Ahead(Struct, frozen=True):
    """What will be asked of events: of their ids, and from one place of a till to another."""

    ids: frozenset[UUID]
    till_id: UUID
    incarnation: int
    first: int
    last: int


class Received(Protocol):
    """The events of all tills, each kept for good with its personal values beside it."""

    def look_ahead(self, ahead: Ahead) -> None:
        """Ask at once what will be asked of each of them."""
        ...

    def get(self, event_id: UUID) -> Event | None:
        """One of them, without the personal values beside it."""
        ...

    def hash_of(self, event_id: UUID) -> bytes | None: ...

    def hash_at(self, till_id: UUID, incarnation: int, seq: int) -> bytes | None: ...

    def prev_at(self, till_id: UUID, incarnation: int, seq: int) -> bytes | None:
        """The hash that the event at this place follows from."""
        ...

    def add(self, event: Event, *, at_us: int) -> None: ...

    def durable_through(self, till_id: UUID, incarnation: int) -> int:
        """The last number up to which none is missing; those that are kept apart count."""
        ...

    def last_incarnation(self, till_id: UUID) -> int:
        """The highest that anything was received of; 0 where nothing was."""
        ...

    def is_apart(self, mark: bytes) -> bool:
        """Whether such a thing was kept apart before."""
        ...

    def apart_of(self, mark: bytes) -> frozenset[UUID]:
        """Of whom a personal value came with what was kept apart."""
        ...

    def keep_apart(self, apart: Apart) -> None:
        """Its bytes are kept, its place is taken."""
        ...

    def count(self) -> int: ...

    def after(self, pos: int, *, at_most: int, until: int | None = None) -> tuple[Arrived, ...]:
        """The next in the order of arrival, none behind `until`.

        Only those that nothing can come before any more: what is being written now comes later.
        """
        ...

    def of_kind(self, kind: str, event_ids: Collection[UUID]) -> dict[UUID, bytes]:
        """What those of them say that are of this kind."""
        ...

    def newest(self) -> int:
        """The highest place there is; 0 where nothing has come."""
        ...

    def behind(self, pos: int) -> tuple[int, int | None]:
        """How many came after this place, as far as is worth counting, and when the first did."""
        ...


class KeptApart(Protocol):
    """另放的, for who can read more by now."""

    def later(self, reason: str, *, behind: Apart | None, at_most: int) -> tuple[Apart, ...]:
        """What was kept apart so, and has the place of no event, in the order of its places."""
        ...

    def let_go(self, mark: bytes) -> None:
        """Its personal values lie beside an event now."""
        ...
