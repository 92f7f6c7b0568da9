"""听到的: one event of a till under way, and what is made of it (`core.sync.reading`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from msgspec import Struct

from core.points.ledger import Account, AccountKind, Allocation, Cause, Transfer
from core.sync import told
from core.sync.effects import Effects, LotMade, Visited, Wrote
from core.sync.fact import Event

Owners = Mapping[UUID, UUID]
"""Whose a sale was: only events of earlier programs ask for it."""


def available(member: UUID) -> Account:
    """What a member can spend."""
    return Account(AccountKind.AVAILABLE, member)


class Heard(Struct, frozen=True):
    """One event under way: what is beside its body."""

    event: Event
    at_us: int
    said_us: int
    on: date
    owners: Owners
    to: Effects

    def beside(self, member: UUID, field: str) -> str | None:
        """A personal value beside it; None where there is none, or it was erased."""
        asked, beside = (member, field), self.event.private
        found = (each.value for each in beside if (each.member_id, each.field) == asked)
        return next(found, None)

    def write(
        self, member: UUID, field: str, value: str | None, *, import_id: UUID | None = None
    ) -> None:
        """A field of a member."""
        event = self.event
        place = (self.at_us, event.incarnation, event.seq, event.id)
        self.to.wrote.append(Wrote(member, field, value, *place, import_id))

    def visit(self, member: UUID) -> None:
        """They came to the store of this till."""
        self.to.visited.append(Visited(member, self.event.till_id, self.on))

    def write_beside(self, member: UUID, *fields: str) -> None:
        """Those that stand beside the event and were not erased."""
        for name in fields:
            if value := self.beside(member, name):
                self.write(member, name, value)

    def post(
        self,
        ident: UUID,
        debit: Account,
        credit: Account,
        amount: int,
        cause: Cause,
        *,
        about: UUID | None = None,
    ) -> Transfer:
        """A transfer; `about`: its sale, or its import."""
        made = Transfer(ident, debit, credit, amount, cause, self.on, 0, about)
        self.to.transfers.append(made)
        return made

    def earn(
        self,
        lot: told.LotTold,
        member: UUID,
        out_of: Account,
        cause: Cause,
        *,
        about: UUID | None = None,
    ) -> None:
        """A lot, out of an account of the programme."""
        ident, amount, expires_on = lot
        self.post(ident, out_of, available(member), amount, cause, about=about)
        self.to.lots.append(LotMade(ident, member, amount, expires_on))

    def take(self, transfer: UUID, lots: Iterable[told.Part]) -> None:
        """What lots gave to a transfer."""
        self.to.allocations += [Allocation(transfer, lot, amount) for lot, amount in lots]

    def pay(self, debts: Iterable[told.Debt]) -> None:
        """What lots gave for what was owed."""
        self.to.allocations += [Allocation(*debt) for debt in debts]
