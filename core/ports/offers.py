"""优惠的端口: what the actions need to remember of who used which offer. Protocols only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Protocol
from uuid import UUID

from core.pricing.used import Uses
from core.sales.offer_use import OfferUse


class OfferUses(Protocol):
    """优惠使用: which sale used which of the offers that are counted."""

    def by_all(self, offers: Collection[str], today: date) -> Uses:
        """In all and on a business date, of these offers; one that was never used is not in it."""
        ...

    def by_member(
        self, member_id: UUID, offers: Collection[str], today: date, years: dict[str, int]
    ) -> Uses:
        """By a member and whoever was merged into them; `years` are the open celebration years."""
        ...

    def add(self, use: OfferUse) -> None: ...

    def give_back(
        self, sale_id: UUID, *, day_id: UUID, business_on: date, at_us: int
    ) -> tuple[str, ...]:
        """Every use of a sale is given back, once; the offers of those that were."""
        ...

    def has_bought(self, member_id: UUID) -> bool:
        """Whether anything that a member bought stands: not voided, and not all of it returned."""
        ...

    def birthday_edited_on(self, member_id: UUID) -> date | None:
        """When the birthday was edited last."""
        ...

    def has_celebrated(self, member_id: UUID) -> bool:
        """Whether a birthday benefit was ever given to a member."""
        ...

    def edit_birthday(
        self, member_id: UUID, *, edited_on: date, at_us: int, staff_no: int
    ) -> None: ...
