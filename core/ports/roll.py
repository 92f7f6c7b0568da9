"""名册的端口: all members of a store by figures, filtered and sorted as fast as one types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.members.member import Member
from core.members.segment import Segment


class Sort(StrEnum):
    """What rows may be ordered by."""

    TIER = "tier"
    POINTS = "points"
    SPENT = "spent"
    LAST = "last"
    BIRTHDAY = "birthday"
    JOINED = "joined"


class RollDay(Struct, frozen=True):
    """What figures depend on: the business date, twelve months before, tiers from the lowest."""

    today: date
    since: date
    tiers: tuple[str, ...]
    leap_day: str


class Wanted(Struct, frozen=True):
    """Whom: a typed text ("" for everybody), conditions, and in which order."""

    text: str = ""
    segment: Segment = Segment()
    sort: Sort = Sort.LAST
    is_down: bool = True


class Filling(Struct, frozen=True):
    """How far the roll is. `is_usable`: an answer can be had; `is_done`: it is as the store is.

    `made` counts how often it was made: an answer of another count is one of an older roll.
    """

    done: int
    all: int
    is_usable: bool
    is_done: bool
    made: int = 0


class Matched(Struct, frozen=True):
    """How many there are, and the points that they hold together; of which making (`Filling`)."""

    members: int
    points: int
    made: int = 0


class Profiled(Struct, frozen=True):
    """What is kept beside the figures: codes and words of `core.members.profile`, "" for none.

    `has_agreed` is None for who was never asked here; `referrer` and their card as they are now.
    """

    kind: str = ""
    sex: str = ""
    source: str = ""
    tags: str = ""
    has_agreed: bool | None = None
    referrer: str = ""
    referrer_card: str = ""


class RolledMember(Struct, frozen=True):
    """A row, whole: the tier by its code; `last_on` None for who never came.

    `spent_fen` is None where the roll is being made and nobody knows yet.
    `birthday_on` is the next day on which they celebrate; `profile` is there where it was asked.
    """

    member: Member
    tier: str
    points: int
    spent_fen: int | None
    last_on: date | None
    birthday_on: date | None
    profile: Profiled = Profiled()


class Taken(Protocol):
    """Members as they were found at one moment, for whoever goes through all of them."""

    @property
    def members(self) -> int: ...

    def batches(self, *, with_profiles: bool = False) -> Iterator[tuple[RolledMember | None, ...]]:
        """In their order; None for who is gone since."""
        ...


class Roll(Protocol):
    """名册, in memory, without names, cards or phones; one thread asks it but for what says so."""

    def step(self, day: RollDay) -> Filling:
        """Do a little of what is to be done until the roll is as the store is."""
        ...

    def find(self, wanted: Wanted) -> Matched:
        """Whom the rows are from now on; until the roll can be asked, some of them."""
        ...

    def rows(self, at: int, most: int) -> tuple[RolledMember | None, ...]:
        """Rows in their order from a place on; None for who is gone since."""
        ...

    def meant(self, segment: Segment, most: int) -> tuple[UUID, ...]:
        """Who they are, in the order in which they joined; the first `most` of them.

        On any thread. Raises RollNotReady until the roll can be asked.
        """
        ...

    def take(self, wanted: Wanted) -> AbstractContextManager[Taken]:
        """All of them, whole, to go through on any thread. Raises RollNotReady."""
        ...

    def count(self, segments: Sequence[Segment]) -> tuple[int, ...]:
        """How many members each means."""
        ...
