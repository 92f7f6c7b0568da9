"""读数的端口: members and points of a chain, as they are read of the events of its tills."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.points.ledger import Allocation, Transfer
from core.sync.directory import SaleCounted
from core.sync.effects import (
    Alias,
    ConsentTold,
    Counted,
    ImportUndone,
    Joined,
    LotMade,
    Uncounted,
    Visited,
    Wrote,
)
from core.sync.escrow import Balance, Escrow
from core.sync.lapse import Lapsed, Overtaken
from core.sync.lots import LotHere

Roots = Mapping[UUID, UUID]
"""Who members are now: of one who was merged, the one that they became."""


class ChainMember(Struct, frozen=True):
    """What is read of one person: who they were before, what is known of them, how they stand.

    `fields` are the present values by name (`core.sync.effects`); erased ones are missing. Cards
    and phones are also those of who became them.
    """

    id: UUID
    known_as: tuple[UUID, ...]
    fields: Mapping[str, str | None]
    joined: tuple[Joined, ...] = ()
    is_withdrawn: bool = False
    cards: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    is_erased: bool = False


class Members(Protocol):
    """会员读数."""

    def lock(self, member_ids: Collection[UUID], *, makes: bool = False) -> dict[UUID, UUID]:
        """Who these are now, and nobody else changes what they have until the transaction ends.

        Those that nobody has heard of are left out, or made.
        """
        ...

    def roots(self, member_ids: Collection[UUID]) -> set[UUID]:
        """Who these are now, of those that anybody has heard of."""
        ...

    def join(self, joined: Sequence[Joined]) -> None: ...

    def visit(self, visited: Sequence[Visited], stores: Mapping[UUID, str]) -> None:
        """Of each member and store the last day stays; `stores` by their tills."""
        ...

    def who_came(self, member_ids: Collection[UUID], store_code: str, since: date) -> set[UUID]:
        """Those who came to a store on this day or later, or joined there."""
        ...

    def stores_of(self, root_ids: Collection[UUID]) -> tuple[tuple[UUID, str], ...]:
        """Each of these with each store that they ever came to."""
        ...

    def write(self, wrote: Sequence[Wrote]) -> None: ...

    def consent(self, steps: Sequence[ConsentTold]) -> None: ...

    def alias(self, aliases: Sequence[Alias]) -> None:
        """Keep them; who these members are then, `regroup` says."""
        ...

    def alias_again(self, aliases: Sequence[Alias]) -> None:
        """Those that a till has said after they had been undone stand again."""
        ...

    def undo_alias(self, gone_id: UUID, into_id: UUID, *, at_us: int) -> bool:
        """It holds no more; False where none was there."""
        ...

    def aliases(self, member_id: UUID) -> tuple[Alias, ...]:
        """All that one has to do with, undone ones too."""
        ...

    def aliases_among(self, member_ids: Collection[UUID]) -> tuple[Alias, ...]:
        """All that have one of these at an end, undone ones too."""
        ...

    def regroup(self, member_ids: Collection[UUID]) -> dict[UUID, tuple[UUID, UUID]]:
        """Work out anew who these are, and all they have to do with: what changed, was and is."""
        ...

    def undo_imports(self, undone: Sequence[ImportUndone]) -> None: ...

    def undone_imports(self, import_ids: Collection[UUID]) -> tuple[ImportUndone, ...]: ...

    def take_back(self, undone: ImportUndone) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
        """What an import wrote is gone: who is no member after all, and of whom it had written."""
        ...

    def same_phone(self, phones: Collection[str]) -> tuple[tuple[Joined, ...], ...]:
        """Those who joined at a counter with one and the same of these phones, the eldest first."""
        ...

    def same_card(self, cards: Collection[str]) -> tuple[tuple[ChainMember, ...], ...]:
        """Those who have one and the same of these cards now, each alone, the eldest first."""
        ...

    def get(self, member_id: UUID) -> ChainMember | None:
        """The person that this one is, also by the id of who was merged."""
        ...

    def known_by(self, said: str) -> tuple[UUID, ...]:
        """Who they are now who ever had this card, or this phone."""
        ...

    def some(self, root_ids: Collection[UUID]) -> dict[UUID, ChainMember]:
        """Those of them that nobody was merged away from."""
        ...

    def said(self, member_ids: Collection[UUID], field: str) -> dict[UUID, tuple[Wrote, ...]]:
        """All that was ever written of a field of these themselves, the last at the end."""
        ...

    def count(self) -> int: ...


class Accounts(Protocol):
    """积分读数."""

    def post(self, transfers: Sequence[Transfer], roots: Roots) -> None:
        """Book those that are not booked yet."""
        ...

    def known(self, transfer_ids: Collection[UUID]) -> set[UUID]:
        """Those of them that are booked."""
        ...

    def keep_lots(self, lots: Sequence[LotMade], taken: Sequence[Allocation]) -> None: ...

    def balance(self, root_id: UUID) -> Balance: ...

    def balances(self, root_ids: Collection[UUID]) -> dict[UUID, Balance]:
        """Of those that have an account."""
        ...

    def lots(self, root_id: UUID) -> tuple[LotHere, ...]:
        """Of all that this one is, with what was taken of each."""
        ...

    def lots_of(self, root_ids: Collection[UUID]) -> dict[UUID, tuple[LotHere, ...]]:
        """The same of several; who has none is left out."""
        ...

    def lapsed(
        self, behind: tuple[date, UUID], *, before: date, at_most: int
    ) -> tuple[Lapsed, ...]:
        """Lots past their day of which something is left: in the order of day and id."""
        ...

    def overtaken(self, lot_ids: Collection[UUID]) -> tuple[Overtaken, ...]:
        """Those of them of which something expired, and more was taken than they had."""
        ...

    def move(self, changed: Mapping[UUID, tuple[UUID, UUID]]) -> None:
        """The accounts of members who are others now than they were."""
        ...

    def opened_by(self, import_id: UUID, members: Collection[UUID]) -> tuple[Transfer, ...]:
        """The opening points that an import brought these members."""
        ...

    def owner_of_sale(self, sale_ids: Collection[UUID]) -> dict[UUID, UUID]:
        """Whose points a sale moved."""
        ...

    def sums(self) -> dict[str, int]:
        """All accounts by their kind: in all they are nothing."""
        ...


class TierFigures(Protocol):
    """等级依据, of the whole chain."""

    def add(self, counted: Sequence[Counted], uncounted: Sequence[Uncounted]) -> None: ...

    def of(self, root_ids: Collection[UUID], since: date) -> dict[UUID, tuple[SaleCounted, ...]]:
        """What counts since that day, the oldest first; who bought nothing is left out."""
        ...


class Escrows(Protocol):
    """预留."""

    def lock(self, escrow_ids: Collection[UUID]) -> dict[UUID, Escrow]:
        """Those that are there, and nobody else changes them until the transaction ends."""
        ...

    def keep(self, escrow: Escrow) -> None:
        """A new one, or what has changed of one."""
        ...

    def reported(self, till_id: UUID, incarnation: int, *, seq: int, now_us: int) -> None:
        """A till has said how far its events go: what ended before needs nothing beyond that."""
        ...

    def ready(
        self, *, read_up_to: int, now_us: int, at_most: int, of: Collection[UUID] | None = None
    ) -> tuple[tuple[Escrow, int], ...]:
        """Open ones that may be over, each with how far its till's events are read.

        `read_up_to` is the place in the order of arrival that the reading has come to; `of` are
        the only ones that are asked for.
        """
        ...

    def open_of(self, root_id: UUID) -> tuple[Escrow, ...]: ...
