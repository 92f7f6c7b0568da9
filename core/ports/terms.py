"""等级期限的端口: cards and grants of the whole chain, and by which scheme its tills sell."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol
from uuid import UUID

from core.members.held_tiers import HoldEnd, TierHold
from core.sync.effects import SchemeSold


class TierTerms(Protocol):
    """等级期限, at the server."""

    def add(self, holds: Sequence[TierHold], ends: Sequence[HoldEnd]) -> None: ...

    def held(self, root_ids: Collection[UUID]) -> dict[UUID, tuple[TierHold, ...]]:
        """What was not ended, of all whom these are; who holds nothing is left out."""
        ...

    def sell_by(self, scheme: SchemeSold) -> None:
        """In the place of one that was sold by before."""
        ...

    def sold_by(self) -> bytes | None:
        """The scheme that was sold by last; None where nobody bought anything yet."""
        ...
