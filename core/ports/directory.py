"""会员名录: where a till keeps the masked members of its chain, and what it knows of a snapshot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.sync.directory import Blind
from core.sync.entry import Entry
from core.sync.snapshot import Row


class Condition(StrEnum):
    """没有 · 在 · 坏了: none was ever taken; it can be read; it is gone or damaged."""

    NONE = "none"
    THERE = "there"
    LOST = "lost"


class Filled(Struct, frozen=True):
    """How far a file has come: the number of its next chunk, its members, what they add up to.

    `is_whole`: there are no more.
    """

    next_n: int = 0
    total: int = 0
    summed: bytes = b""
    is_whole: bool = False


class Filling(Protocol):
    """A directory that is being filled; each step is durable, and is done once."""

    def filled(self) -> Filled: ...

    def add(self, rows: Sequence[Row], before: Filled, after: Filled) -> None:
        """Rows that are new; nothing where somebody beside us has come further meanwhile.

        Raises ChunkBroken where one of them was there already.
        """
        ...

    def index(self) -> bool:
        """Make a part of what finds members by their keys; whether more is left to be made."""
        ...

    def count(self) -> int:
        """How many members are really there."""
        ...

    def close(self) -> None:
        """It is not filled any more, or goes on another time."""
        ...


class Directory(Protocol):
    """The masked members of the whole chain, in a file of its own beside the store.

    A file that is missing or damaged stops nothing: then nobody is found, nothing is kept, and
    `condition` says so until another one was taken. Each may raise Disk… errors.
    """

    def by_key(self, blind: Blind, key: bytes) -> tuple[Entry, ...]:
        """Who has this card or phone, by id; several may share a phone."""
        ...

    def get(self, member_id: UUID) -> Entry | None: ...

    def keep(self, entries: Sequence[Entry]) -> None:
        """They are so now, whatever they were; durable when it returns."""
        ...

    def remove(self, member_ids: Collection[UUID]) -> None:
        """Nothing remains of them, also not in free pages of the file."""
        ...

    def count(self) -> int:
        """How many there are."""
        ...

    def condition(self) -> Condition:
        """How it is; nothing is opened at the start of a till."""
        ...

    def fill(self, file_id: UUID) -> Filling:
        """The file that a snapshot is being taken into, as far as it has come.

        Nobody looks at it before the store says that it holds.
        """
        ...

    def sweep(self) -> None:
        """Remove the files that neither hold nor are being taken."""
        ...


class Current(Struct, frozen=True):
    """The directory that is looked at, by the id of its file, and since when."""

    id: UUID
    at_us: int


class Loading(Struct, frozen=True):
    """A snapshot that is being taken: the cursor inside it, and about how many members it has.

    `file` is the id of what it is taken into: one and the same snapshot may be taken twice.
    `taken` chunks of what it tells this store are applied; `is_told`: all of them. Where somebody
    only has asked for one it is not begun, and has the id of nobody.
    """

    id: UUID
    cursor: str
    members: int
    file: UUID
    taken: int = 0
    is_told: bool = False

    @property
    def is_begun(self) -> bool:
        """Whether the server has named it."""
        return bool(self.id.int)


class Snapshots(Protocol):
    """快照, at a till: which directory holds, and which one is being taken; in its store.

    Which file holds is said here alone, so that it changes in one transaction with the cursor.
    """

    def current(self) -> Current | None: ...

    def loading(self) -> Loading | None: ...

    def load(self, loading: Loading) -> None:
        """It is being taken, in the place of any other; or has come so far."""
        ...

    def switch(self, current: Current) -> None:
        """This one holds from now on, and nothing is being taken."""
        ...

    def ask(self) -> None:
        """One is to be begun, in the place of what is being taken; what holds goes on."""
        ...

    def drop(self) -> None:
        """The chain was left."""
        ...
