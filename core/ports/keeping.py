"""养着的端口: what keeps a shop running by itself, in its home beside the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from msgspec import Struct

from core.catalog.product_table import ProductRow
from core.ports import OnProgress, unheard
from core.ports.upkeep import Check, Finding
from core.values.routine import Routine
from core.values.settings import Settings
from core.values.table import BadRow

BACKUP, DRILL = "backup", "drill"


class Done(Struct, frozen=True):
    """What became of a thing that happens by itself, when it was done last.

    `done_us` is when it went well, 0 where it never did; `through` the last day that a report has
    told of. `trouble` is the sentence of why it failed since, at `failed_us`, "" where it did not.
    """

    done_us: int = 0
    through: date | None = None
    facts: dict[str, str | int] = {}
    trouble: str = ""
    failed_us: int = 0


class Kept(Struct, frozen=True):
    """A backup: its file, when it was made, and its bytes."""

    path: str
    made_us: int
    size: int


class Drilled(Struct, frozen=True):
    """恢复演练: what was in a backup, and what is wrong with it.

    `seconds` until it could have sold; `other_engines` sales were added up and not priced again.
    """

    backup: str
    seconds: int
    sales: int
    members: int
    findings: tuple[Finding, ...] = ()
    other_engines: int = 0


class Keeping(Protocol):
    """What is to happen, what happened, and how it is done. All may raise Unavailable."""

    def has_till(self) -> bool:
        """Whether a till runs in the home just now, in whichever process."""
        ...

    def routine(self) -> Routine:
        """Raises RoutineBroken where nobody can read it."""
        ...

    def keep_routine(self, routine: Routine) -> None: ...

    def done(self) -> dict[str, Done]:
        """By the names of what happens; nothing where nobody can read it."""
        ...

    def note(self, what: str, done: Done) -> None: ...

    def turn(self) -> AbstractContextManager[bool]:
        """Whether it is this process whose turn it is: one at a time does what is due."""
        ...

    def backups(self, folder: str = "") -> tuple[Kept, ...]:
        """Those in the home, or those of this till in a folder; newest first."""
        ...

    def takes_files(self, folder: str) -> bool:
        """Whether something can be written into a folder just now."""
        ...

    def back_up(self, routine: Routine, on_progress: OnProgress = unheard) -> str:
        """A verified backup, and its copy where one is wanted; where it lies."""
        ...

    def drill(self) -> Drilled:
        """Bring the newest backup back in a folder of its own, which goes again.

        Raises NoBackup.
        """
        ...

    def products(self, path: str) -> tuple[Sequence[str], Sequence[ProductRow | BadRow]]:
        """What the columns of a table are, and its rows; raises FileUnreadable, NotATable, …."""
        ...

    def examine(self) -> Iterator[Check]:
        """What `main.py doctor` finds in the home; devices are not storage's."""
        ...

    @property
    def home(self) -> str:
        """The folder of the till."""
        ...

    def settings(self) -> Settings:
        """Raises BadSettings."""
        ...

    def keep_settings(self, before: Settings, after: Settings) -> None:
        """Keep what is otherwise in `after`; the till takes it up at its next start."""
        ...
