"""对齐的端口: what a till keeps of what the server says of members, and what it asks of many."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.members.member import Member
from core.sync.directory import SaleCounted
from core.sync.mirror import Here, Moved, Origin


class Confirmed(Struct, frozen=True):
    """总部的数: what the server said that a member has, and when it did.

    `through`: it knew of this till's events up to that number.
    """

    member_id: UUID
    available: int
    pending: int
    leased: int
    through: int
    at_us: int


class Known(Struct, frozen=True):
    """A member of this till, as far as the server can say otherwise.

    `held_tier` is that of a card or a grant; `merged_into` who they are now.
    """

    member: Member
    merged_into: UUID | None = None
    frozen_for: str | None = None
    card_until: date | None = None
    held_tier: str | None = None


class Mirror(Protocol):
    """对齐: in a few questions for all members of a page."""

    def chain_key(self) -> bytes:
        """What blind keys are made with; nothing where the till was told none."""
        ...

    def keep_chain_key(self, key: bytes) -> None: ...

    def known(self, member_ids: Collection[UUID]) -> dict[UUID, Known]:
        """Those of them that are members here; who was erased is not."""
        ...

    def here(self, member_ids: Collection[UUID]) -> dict[UUID, Here]:
        """What each of these has, also who has nothing."""
        ...

    def origins(self, lot_ids: Collection[UUID]) -> dict[UUID, Origin]:
        """Those of these lots that are here, whoever has them."""
        ...

    def post(self, moved: Sequence[Moved]) -> None:
        """Book all of them."""
        ...

    def confirm(self, told: Sequence[Confirmed]) -> None:
        """In the place of what was said before."""
        ...

    def confirmed(self, member_id: UUID) -> Confirmed | None: ...

    def pass_over(self, member_id: UUID, at_us: int) -> None:
        """What was said of this one could not be used now: it is asked for, if it comes not."""
        ...

    def passed_over(self, *, before_us: int, limit: int) -> tuple[UUID, ...]:
        """Those since before that instant, the longest ago first."""
        ...

    def ask_no_more(self, member_id: UUID) -> None:
        """This one was asked for."""
        ...

    def rewrite(self, member: Member) -> None:
        """Other personal data of a member, who is found by them again. Raises CardTaken."""
        ...

    def became(self, member_id: UUID, known_as: Collection[UUID], *, at_us: int) -> None:
        """Whom this one was known as beside those who are members here: these, and no others."""
        ...

    def part(self, member_id: UUID) -> None:
        """Who was merged is themselves again."""
        ...

    def count(self, told: Sequence[tuple[UUID, Collection[UUID], Sequence[SaleCounted]]]) -> None:
        """What counts for the tiers of members, in the place of what was said of all their ids."""
        ...

    def was_erased(self, member_ids: Collection[UUID]) -> bool:
        """Whether one of them was a member here, and was erased."""
        ...

    def erase(self, member_id: UUID) -> None:
        """Nothing personal is left: nobody finds them, and nothing of them can be changed."""
        ...

    def drop(self) -> None:
        """The chain was left: what it said is not said any more."""
        ...
