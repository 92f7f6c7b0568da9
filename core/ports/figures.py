"""数字的端口: what the manager's pages ask of a shop; read only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.members.member import Birthday
from core.sales.trading import Ticket


class Born(Struct, frozen=True):
    """So many members with one birthday, whatever its year."""

    birthday: Birthday
    members: int


class Celebrating(Struct, frozen=True):
    """A member with a birthday, and what they spent since a day. The name is whole here."""

    member_id: UUID
    card_no: str
    name: str
    tier: str
    birthday: Birthday
    spent_fen: int


class SoldRow(Struct, frozen=True):
    """One ticket of a day: a sale, or a return with what went back below zero.

    `member` is the whole name, "" for nobody's; `cashier` is known to whoever asks for names.
    """

    at_us: int
    no: str
    member: str
    staff_no: int
    taken_fen: int
    points: int
    is_sale: bool
    cashier: str = ""


class JoinedRow(Struct, frozen=True):
    """A member and the business date they joined; name and phone are whole here."""

    joined_on: date
    card_no: str
    name: str
    phone: str
    tier: str
    member_id: UUID


class BoughtRow(Struct, frozen=True):
    """One ticket of a member that stands, or a return with money and points below zero.

    `goods` is the first of them, `kinds` how many lines there are; both are empty for a return.
    """

    on: date
    no: str
    goods: str
    kinds: int
    taken_fen: int
    points: int
    is_sale: bool


class Figures(Protocol):
    """数字."""

    def tickets(self, business_on: date) -> tuple[Ticket, ...]:
        """What was sold on a business date and stands, and what was given back on it."""
        ...

    def sold(self, business_on: date) -> tuple[SoldRow, ...]:
        """The tickets one by one, the newest first."""
        ...

    def came_back(self, first: date, last: date, *, most: int) -> tuple[tuple[date, SoldRow], ...]:
        """The returns of these business dates with their date, the newest first."""
        ...

    def joined_rows(self, first: date, last: date, *, most: int) -> tuple[JoinedRow, ...]:
        """Who joined from one business date to another, the newest first."""
        ...

    def points_used(self, business_on: date) -> int:
        """Points that paid for sales of that date which stand."""
        ...

    def joined(self, first: date, last: date) -> int:
        """How many members joined from one business date to another, both inclusive."""
        ...

    def born(self) -> Sequence[Born]:
        """All birthdays that members have; the year is left out."""
        ...

    def celebrating(
        self, birthdays: Collection[Birthday], *, since: date, most: int
    ) -> tuple[Celebrating, ...]:
        """Members with one of these birthdays, those first who spent most since a day."""
        ...

    def bought(self, member_id: UUID, *, since: date) -> tuple[BoughtRow, ...]:
        """What a member, and whoever became them, bought and gave back, the newest first."""
        ...
