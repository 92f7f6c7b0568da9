"""删除的端口: who was erased, and that nothing personal of them is kept."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from core.sync.effects import WordsGone
from core.sync.erasure import Erasure, Wiped


class Erasures(Protocol):
    """删除."""

    @property
    def key(self) -> bytes:
        """What erasures are sealed with; drawn once for the chain, and never told."""
        ...

    def among(self, member_ids: Collection[UUID]) -> set[UUID]:
        """Those of them that were erased."""
        ...

    def of(self, member_id: UUID) -> tuple[Erasure, int] | None:
        """The erasure by which this one went, and when it was."""
        ...

    def keep(self, erasure: Erasure, *, at_us: int) -> None:
        """From now on nothing personal of them is kept that comes."""
        ...

    def empty(self, gone: Collection[WordsGone]) -> None:
        """What each of these tills has sent under an id goes; of what others sent nothing."""
        ...

    def wipe(self, member_ids: Collection[UUID]) -> Wiped:
        """Whatever is here of them goes."""
        ...
