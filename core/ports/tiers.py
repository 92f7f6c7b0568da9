"""等级的端口: what counts for a tier, and what cards, grants and falls there were."""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

from core.members.benefits import BenefitUse
from core.members.held_tiers import FallenTier, HeldTier, HoldEnd, TierHold
from core.members.tiers import CountedSale


class Tiers(Protocol):
    """等级."""

    def counted(
        self, member_id: UUID, *, since: date = date.min, is_payable: bool = False
    ) -> tuple[CountedSale, ...]:
        """What counts of the sales since that date, in their order; also of who was merged.

        Those of other tills of the chain too, as far as head office has told of them.
        """
        ...

    def is_elsewhere(self, member_id: UUID) -> bool:
        """Whether other tills of the chain sold to this member."""
        ...

    def holds(self, member_id: UUID) -> tuple[TierHold, ...]:
        """Cards and grants that were not ended, in their order; also of who was merged."""
        ...

    def all_holds(self, member_id: UUID) -> tuple[tuple[TierHold, HoldEnd | None], ...]:
        """All there ever were, with how they ended."""
        ...

    def holds_of_sale(self, sale_id: UUID) -> tuple[TierHold, ...]:
        """Cards of a sale that were not ended."""
        ...

    def add_hold(self, hold: TierHold) -> None: ...

    def end_hold(self, end: HoldEnd) -> None: ...

    def how_many(self) -> dict[str, int]:
        """Members by the code of a tier that their figures, a card or a person gave them."""
        ...

    def stand(self, member_id: UUID, held: HeldTier | None) -> None:
        """What a card or a person gives now: what `holds` come to."""
        ...

    def fell(self, member_id: UUID, fallen: FallenTier) -> None:
        """What was lost; the next visit hears it."""
        ...

    def told(self, member_id: UUID) -> None:
        """It was said at the counter."""
        ...

    def uses(self, member_id: UUID, *, since: date) -> tuple[BenefitUse, ...]:
        """Benefits that were used since that date and not given back; also of who was merged."""
        ...

    def use(self, use: BenefitUse) -> None: ...

    def give_back(self, use_id: UUID, *, at_us: int, business_on: date, staff_no: int) -> None: ...

    def ending(self, *, before: date, granted_before: date, limit: int) -> tuple[UUID, ...]:
        """Whose tier, or whose grant, has its last day before that date; the earliest first."""
        ...
