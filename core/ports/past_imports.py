"""导入记录的端口: imports that came to their end, and how one of them is taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.values.moment import Moment

DAYS_TO_TAKE_BACK = 30
"""So long what an import has replaced is kept."""
MOST_STAYS = 500
"""So many of those that stay stand in full."""

OnDone = Callable[[int, int], object]
"""Hears how many rows are done, and of how many; what it raises stops what goes on."""


class Stays(StrEnum):
    """Why a member or product stays as it is."""

    BOUGHT = "bought"
    POINTS = "points"
    MERGED = "merged"
    IMPORTED = "imported"
    EDITED = "edited"
    OTHER = "other"


class Stay(Struct, frozen=True):
    """Somebody, or something, that stays; `is_new`: the import had added it."""

    name: str
    number: str
    why: Stays
    is_new: bool


class PastImport(Struct, frozen=True):
    """An import that came to its end; `what` is "products" or "members", `staff_no` 0 for nobody.

    `taken_back_us` is 0 unless somebody took it back; `is_under_way` while that is not done.
    """

    id: UUID
    what: str
    file_name: str
    staff_no: int
    started_us: int
    added: int
    changed: int
    unchanged: int
    bad: int
    taken_back_us: int
    is_under_way: bool


class Outlook(Struct, frozen=True):
    """What taking it back comes to, or has come to.

    So many that it had added go, with so many points, and so many that it had changed are as they
    were; `stays` counts all the others by why, the first of them stand in `first`.
    """

    gone: int
    restored: int
    points: int
    stays: Mapping[Stays, int]
    first: tuple[Stay, ...]


class PastImports(Protocol):
    """Implemented by `storage.past_imports`."""

    def all(self) -> tuple[PastImport, ...]:
        """The newest first."""
        ...

    def get(self, import_id: UUID) -> PastImport | None:
        """One of them."""
        ...

    def look(self, import_id: UUID, on_done: OnDone) -> Outlook:
        """What taking it back would come to now; nothing is changed."""
        ...

    def take_back(self, import_id: UUID, moment: Moment, on_done: OnDone) -> Outlook:
        """Take it back beside a till that sells.

        Whoever stops it (by what `on_done` raises) leaves the rest to the till. Raises
        ImportRunning, Unavailable.
        """
        ...
