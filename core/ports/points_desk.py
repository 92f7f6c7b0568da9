"""积分台的端口: what the manager's page of points asks of a shop; read only."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from msgspec import Struct


class ExpiringDay(Struct, frozen=True):
    """The points whose last day this is, and of how many members."""

    on: date
    members: int
    points: int


class ExpiringRow(Struct, frozen=True):
    """What one member has that expires on a day; name and phone are whole here."""

    on: date
    card_no: str
    name: str
    phone: str
    points: int


class HolderRow(Struct, frozen=True):
    """A member and the points they have (below zero: owe); name and phone are whole here."""

    card_no: str
    name: str
    phone: str
    points: int


class PointsDesk(Protocol):
    """积分台."""

    def expiring(self, first: date, last: date) -> tuple[ExpiringDay, ...]:
        """Days from one to another, both inclusive, on which points have their last day."""
        ...

    def expiring_rows(self, first: date, last: date, *, most: int) -> tuple[ExpiringRow, ...]:
        """Member by member: the first day first, of a day those who have most."""
        ...

    def holders(self, *, most: int) -> tuple[HolderRow, ...]:
        """Members who have points, those with most first."""
        ...

    def debtors(self, *, most: int) -> tuple[HolderRow, ...]:
        """Members who owe points, those who owe most first."""
        ...
