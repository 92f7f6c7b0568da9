"""优惠的端口: what the actions need to remember of who used which offer. Protocols only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Protocol
from uuid import UUID

from core.pricing.used import Uses
from core.sales.coupon_code import Batch, BatchUse, CouponCode, Withdrawal
from core.sales.offer_use import OfferUse, PartnerAccount


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

    def units(self, member_id: UUID | None, offers: Collection[str], today: date) -> Uses:
        """How much was taken of these offers: in all, on a business date, and by a member."""
        ...

    def add_units(
        self,
        sale_id: UUID,
        member_id: UUID | None,
        sold_on: date,
        units: tuple[tuple[str, int], ...],
    ) -> None:
        """Keep how much a sale took of each offer."""
        ...

    def give_back(
        self, sale_id: UUID, *, day_id: UUID, business_on: date, at_us: int
    ) -> tuple[str, ...]:
        """Every use of a sale is given back, once; the offers of those that were."""
        ...

    def partners(self, first: date, last: date) -> tuple[PartnerAccount, ...]:
        """What each partner bears of the business dates from the first to the last."""
        ...

    def partners_of_day(self, day_id: UUID) -> tuple[PartnerAccount, ...]:
        """What each partner bears of a day: what was given back on it is taken off it."""
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


class CouponCodes(Protocol):
    """一次券: codes that can be used once."""

    def get(self, code: str) -> CouponCode | None: ...

    def held(self, member_id: UUID, today: date) -> tuple[CouponCode, ...]:
        """The codes of a member that can be used today, those that end first first."""
        ...

    def of_member(self, member_id: UUID) -> tuple[CouponCode, ...]:
        """All codes that a member ever had, the newest first."""
        ...

    def outstanding(self, today: date) -> dict[str, int]:
        """How many codes of each offer can still be used, today or later."""
        ...

    def of_sale(self, sale_id: UUID) -> tuple[str, ...]:
        """The codes that a sale used and that were not given back."""
        ...

    def add(self, batch: Batch) -> None:
        """Keep new codes, each of which is drawn from 2^55."""
        ...

    def batch(self, batch_id: UUID) -> Batch | None:
        """What was issued at once under this id, if anything was."""
        ...

    def last_batches(self, most: int) -> tuple[BatchUse, ...]:
        """The newest that somebody issued, a handout as one; what points bought is none."""
        ...

    def of_batch(self, batch_id: UUID) -> tuple[CouponCode, ...]:
        """All codes that were issued at once."""
        ...

    def withdraw(self, made: Withdrawal) -> None:
        """Keep that codes are worth nothing any more."""
        ...
