"""规则册草稿: the one that somebody writes, kept beside the store until it is published."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from core.rulebook.rulebook import Rulebook


class Draft(Struct, frozen=True):
    """The rulebook as it stands; `turn` counts how often it was kept, from 1."""

    rulebook: Rulebook
    turn: int


class Drafts(Protocol):
    """One draft at most; whoever changes it holds the store's transaction meanwhile."""

    def load(self) -> Draft | None:
        """Raises DraftBroken for a file that is none any more."""
        ...

    def keep(self, draft: Draft) -> None: ...

    def drop(self) -> None: ...

    def read_file(self, path: str) -> Rulebook:
        """A rulebook that a person wrote, in TOML; raises BadRule, FileUnreadable."""
        ...
