"""积分排行 · 介绍有礼的端口: who earned most, and who brought whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from msgspec import Struct


class Earned(Struct, frozen=True):
    """How many points a member earned between two days, less what was taken back of it."""

    member_id: UUID
    name: str
    card_no: str
    points: int


class Brought(Struct, frozen=True):
    """介绍: a member who was brought by another; `first_on` is the day of their first purchase.

    `is_back`: of that purchase nothing stands any more.
    """

    member_id: UUID
    name: str
    card_no: str
    joined_on: date
    by_id: UUID
    by_name: str
    by_card: str
    first_on: date | None
    is_back: bool


class Board(Protocol):
    """积分排行 · 介绍, as far as this till knows."""

    def earned(self, first: date, last: date, most: int) -> Sequence[Earned]:
        """Who earned by buying and by what they did, those with most first; served members only."""
        ...

    def brought(self, most: int) -> Sequence[Brought]:
        """Who joined last first."""
        ...
