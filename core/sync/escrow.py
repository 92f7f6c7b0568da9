"""预留: points that the server sets aside for one till, so that nobody else spends them.

Authorised for one sale, online; or leased, to be spent offline (sync.md 6). What is set aside goes
back only when the till cannot have spent it unseen any more: it says so, or after the end it has
told everything that it did, or a week has passed since. So available, pending and leased are the
balance at every instant, and nothing is spent twice.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.points.ledger import Account, AccountKind, Cause, Transfer
from core.sync.effects import derived_id

MINUTE_US = 60 * 1_000_000
AUTHORISED_US = 15 * MINUTE_US
LEASED_US = 3 * 24 * 60 * MINUTE_US
UNREPORTED_US = 7 * 24 * 60 * MINUTE_US
"""How long after its end the server waits for a till that is silent."""


class EscrowKind(StrEnum):
    """一单 · 额度: for one sale that is being paid, or for whatever is spent offline."""

    AUTHORISED = "authorised"
    LEASED = "leased"


class EscrowStatus(StrEnum):
    """OPEN, or how it ended: what it was for was done; it was not needed; the rest came back."""

    OPEN = "open"
    CAPTURED = "captured"
    VOIDED = "voided"
    RETURNED = "returned"


class Escrow(Struct, frozen=True):
    """So many points of a member, set aside for one life of a till until `until_us`.

    `through`: all that the till spent of it is in its events up to that number.
    """

    id: UUID
    kind: EscrowKind
    till_id: UUID
    incarnation: int
    member_id: UUID
    points: int
    at_us: int
    until_us: int
    spent: int = 0
    status: EscrowStatus = EscrowStatus.OPEN
    through: int | None = None

    @property
    def left(self) -> int:
        """Points that are still set aside."""
        return self.points - self.spent if self.status is EscrowStatus.OPEN else 0

    @property
    def account(self) -> Account:
        """Where they lie."""
        is_lease = self.kind is EscrowKind.LEASED
        kind = AccountKind.LEASED if is_lease else AccountKind.PENDING
        return Account(kind, self.member_id)


class Balance(Struct, frozen=True):
    """What a member has: to be spent by anybody, and set aside."""

    available: int = 0
    pending: int = 0
    leased: int = 0

    @property
    def points(self) -> int:
        """In all."""
        return self.available + self.pending + self.leased


def set_aside(escrow: Escrow, on: date) -> tuple[Transfer, ...]:
    """The transfer that sets the points aside; none for none."""
    available = Account(AccountKind.AVAILABLE, escrow.member_id)
    return _moved(escrow.id, available, escrow.account, escrow.points, on)


def give_up(escrow: Escrow, status: EscrowStatus, on: date) -> tuple[Escrow, tuple[Transfer, ...]]:
    """It ends so, and what is left of it goes back."""
    available = Account(AccountKind.AVAILABLE, escrow.member_id)
    ident = derived_id(escrow.id, "back")
    moved = _moved(ident, escrow.account, available, escrow.left, on)
    return replace(escrow, status=status), moved


def use(
    escrow: Escrow | None, told: Transfer, till_id: UUID, available: int
) -> tuple[Escrow | None, tuple[Transfer, ...]]:
    """A till has spent points that it says were set aside: the transfers that book it.

    Beyond what was, they are taken of what the member has; what nobody has any more is the till's
    overspend, and no member's debt: only several copies of a till can get that far.
    """
    member, left = told.debit, told.amount
    of_escrow = min(escrow.left, left) if escrow is not None else 0
    of_member = min(max(0, available), left - of_escrow)
    sources = [
        (escrow.account if escrow else member, of_escrow),
        (member, of_member),
        (Account(AccountKind.OVERSPEND, till_id), left - of_escrow - of_member),
    ]
    made: list[Transfer] = []
    for account, amount in sources:
        if amount:
            ident = derived_id(told.id, account.kind) if made else told.id
            made.append(replace(told, id=ident, debit=account, amount=amount))
    after = replace(escrow, spent=escrow.spent + of_escrow) if escrow is not None else None
    return after, tuple(made)


def is_over(escrow: Escrow, told_through: int, now_us: int) -> bool:
    """Whether nothing can come any more that was spent of it.

    `told_through`: all events of this life of the till up to that number are read.
    """
    if escrow.status is not EscrowStatus.OPEN:
        return False
    is_told = escrow.through is not None and escrow.through <= told_through
    return is_told or escrow.until_us + UNREPORTED_US < now_us


def _moved(
    ident: UUID, debit: Account, credit: Account, amount: int, on: date
) -> tuple[Transfer, ...]:
    if not amount:
        return ()
    return (Transfer(ident, debit, credit, amount, Cause.ESCROW, on, 0),)
