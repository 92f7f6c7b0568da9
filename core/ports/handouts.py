"""发放的端口: who is to get a coupon, who has it, and what became of what was issued."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from core.sales.handout import CodeState, Handout, Round, RoundCode


class Handouts(Protocol):
    """发放: each member of one gets a batch of its own, once."""

    def get(self, handout_id: UUID) -> Handout | None: ...

    def of_batch(self, batch_id: UUID) -> UUID | None:
        """The handout of which a batch is a member's share; None for one issued by itself."""
        ...

    def begin(self, handout: Handout, members: Collection[UUID]) -> None: ...

    def waiting(self, handout_id: UUID, most: int) -> tuple[UUID, ...]:
        """Members who have none yet, in an order that stays."""
        ...

    def counts(self, handout_id: UUID) -> tuple[int, int]:
        """How many members have theirs, and how many still wait."""
        ...

    def handed(self, handout_id: UUID, member_id: UUID, batch_id: UUID) -> None: ...

    def leave_out(self, handout_id: UUID, member_id: UUID) -> None:
        """Who is not served any more gets none."""
        ...

    def stop(self, handout_id: UUID, *, at_us: int) -> None: ...

    def not_served(self, among: Sequence[UUID]) -> frozenset[UUID]:
        """Those of them who are frozen, were merged into another, or are gone."""
        ...

    def holders(self, offer: str, today: date) -> frozenset[UUID]:
        """Members who have a code of an offer that can be used today or later."""
        ...

    def issued_by(self, staff_no: int, on: date) -> dict[str, int]:
        """How many coupons of each offer a person issued on a business date, or began to."""
        ...

    def rounds(self, today: date, most: int) -> tuple[Round, ...]:
        """What somebody issued, the newest first; what points bought is none."""
        ...

    def codes(
        self, round_id: UUID, today: date, *, state: CodeState | None = None, most: int
    ) -> tuple[RoundCode, ...]:
        """Those of a round that are in a state, in the order in which they were issued."""
        ...

    def live(self, round_id: UUID, most: int) -> Sequence[tuple[UUID, str, tuple[str, ...]]]:
        """Batch, offer and codes of a round that were not withdrawn yet, used ones too."""
        ...
