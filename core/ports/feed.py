"""变更: what the server remembers of what tills must know, and a till of what it has taken."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

import msgspec
from msgspec import Struct

from core.errors import Shortfall


class Asking(Struct, frozen=True):
    """Which till asks what changed, and in which life of it."""

    till_id: UUID
    incarnation: int
    store_code: str


class Noted(Struct, frozen=True):
    """A change that was noted: its key, and the cursor behind it."""

    topic: str
    about: str
    cursor: str


class Behind(Struct, frozen=True):
    """What lies behind a cursor, the oldest first; `is_known` says whether there is such a one."""

    noted: tuple[Noted, ...]
    cursor: str
    is_last: bool
    is_known: bool


class Changes(Protocol):
    """变更, at the server: keys of what changed, in the order in which it was committed."""

    def note(self, topic: str, about: str, store_code: str | None = None) -> None:
        """Tills must know; those of one store alone where it is given.

        What the value is now is asked when a till comes for it: the key says which.
        """
        ...

    def note_all(self, topic: str, abouts: Collection[str], store_code: str | None = None) -> None:
        """The same of many."""
        ...

    def is_held(self, till_id: UUID, asked: str, given: str) -> bool:
        """Whether it is written down that a till stands there."""
        ...

    def hold(self, till_id: UUID, asked: str, given: str) -> None:
        """A till came with one cursor and was given another: both stay known."""
        ...

    def compact(self, *, up_to: int, at_most: int) -> int:
        """Changes up to a number go that a newer one of them has the key of; how many went.

        Where a till stands stays.
        """
        ...

    def newest(self) -> int:
        """The highest number there is; 0 where there is none."""
        ...

    def behind(self, cursor: str, store_code: str, *, most: int) -> Behind:
        """For a till of a store; where the cursor is not known, from the first one on."""
        ...

    def head(self) -> str:
        """The cursor behind all there is; what is being written now comes behind it."""
        ...

    def keys(
        self, store_code: str, topic: str, about: str, *, most: int
    ) -> tuple[tuple[str, str], ...]:
        """Topic and about of all that was ever noted for tills of a store, each once, in order.

        Those behind the given ones; without members, of whom a listing tells.
        """
        ...


class Aside(Struct, frozen=True):
    """放着: a change that this till cannot use, and why; `value` is as it came."""

    topic: str
    about: str
    error: str
    facts: str
    value: bytes
    at_us: int


def aside_of(topic: str, about: str, error: Shortfall, value: bytes, at_us: int) -> Aside:
    """What is kept of a change that cannot be used."""
    facts = msgspec.json.encode({name: getattr(error, name) for name in error.facts}).decode()
    return Aside(topic, about, type(error).__name__, facts, value, at_us)


class Taken(Struct, frozen=True):
    """收到: the last thing of a topic that was taken, and when."""

    topic: str
    about: str
    at_us: int


class Feed(Protocol):
    """变更, at a till: how far it has come, what it took last, what it could not use."""

    def cursor(self, topics: str) -> str:
        """Where it goes on; "" from the beginning, also where it now knows other topics."""
        ...

    def move(self, cursor: str, topics: str) -> None: ...

    def took(self, taken: Taken) -> None: ...

    def taken(self) -> tuple[Taken, ...]:
        """The newest one first."""
        ...

    def lay_aside(self, aside: Aside) -> None:
        """It, in the place of what lay there of the same key."""
        ...

    def aside(self) -> tuple[Aside, ...]:
        """The newest one first."""
        ...

    def clear(self, topic: str, about: str = "") -> None:
        """Nothing lies aside of it any more; of the whole topic where nothing is named."""
        ...

    def drop(self) -> None:
        """The chain was left: of what it sent nothing is waited for."""
        ...
