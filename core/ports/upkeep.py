"""养护: what the keeping of a home asks for; needs no shop, and no till that could be opened."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from core.ports import Till


class Finding(Struct, frozen=True):
    """One thing that is not as it must be: what, and where (a number or an id, never a name)."""

    what: str
    where: str


class Grade(StrEnum):
    """正常 · 看一看 · 不好: in order; only what is bad keeps a till from working."""

    GOOD = "good"
    LOOK = "look"
    BAD = "bad"


class Check(Struct, frozen=True):
    """检查: one thing of this machine that was looked at, and how it is.

    `what` names the thing, `state` what was found of it; `facts` are figures and places, never
    anything personal. `error` is what stood in the way of looking.
    """

    what: str
    grade: Grade
    state: str
    facts: dict[str, str | int] = {}
    error: Exception | None = None


class Verified(Struct, frozen=True):
    """核对: what is wrong; `other_engines` sales were added up, and not priced again."""

    findings: tuple[Finding, ...]
    other_engines: int


class Upkeep(Protocol):
    """One home. Places of files are text; every method may raise `core.errors.Shortfall`."""

    def back_up(self, to: str | None = None) -> str:
        """A verified encrypted backup, also beside a running till; where it lies, or its copy."""
        ...

    def restore(self, backup: str, recovery: str | None = None) -> tuple[Till, bool]:
        """A backup takes the place of the store: which till it is, and whether the key is a file.

        `recovery` brings the key to another machine.
        """
        ...

    def verify(self) -> Verified:
        """Chains, ledger, and each sale of the present engine priced again."""
        ...

    def recover(self, recovery: str) -> bool:
        """The key comes back from its recovery file; whether it lies in a file now."""
        ...

    def keep_printer(self, setting: str, paper_mm: int, profile: str) -> None:
        """Another receipt printer, from the till's next start on."""
        ...

    def keep_scanners(self, scanners: str) -> None:
        """Other scanners on serial ports, from the till's next start on."""
        ...
