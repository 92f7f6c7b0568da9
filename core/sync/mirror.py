"""对齐: what makes a member's account at a till equal to what the server says of it (sync.md 4).

The till's own ledger is what is shown and priced. Whatever other tills did comes in lot by lot,
from or to the account of the programme that stands for them; lots keep their ids.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from core.points.claw_back import pay_debts
from core.points.ledger import (
    ELSEWHERE,
    Account,
    AccountKind,
    Allocation,
    Cause,
    Debt,
    Lot,
    LotLeft,
    Transfer,
)
from core.sync.directory import LotHeld


class Here(Struct, frozen=True):
    """What a member has at this till: the balance, what is left of lots, what is owed."""

    points: int = 0
    lots: tuple[LotLeft, ...] = ()
    debts: tuple[Debt, ...] = ()


class There(Struct, frozen=True):
    """What the server says that a member has in all, and of each lot."""

    points: int = 0
    lots: tuple[LotHeld, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the lots hold the balance, as they do everywhere; none while there is a debt."""
        return sum(lot.left for lot in self.lots) == max(0, self.points)


class Moved(Struct, frozen=True):
    """A transfer to be booked; `carries_on`: what the chain calls the lot that it makes."""

    transfer: Transfer
    lot: Lot | None = None
    allocations: tuple[Allocation, ...] = ()
    carries_on: UUID | None = None


class Origin(Struct, frozen=True):
    """How a lot was earned, where this till knows it."""

    earned_on: date
    rulebook_version: int
    sale_id: UUID | None = None


class Book(Struct, frozen=True):
    """With what transfers are made; `known` are ids of lots that are here already."""

    new_id: Callable[[], UUID]
    on: date
    rulebook_version: int
    known: Mapping[UUID, Origin]


def equalise(member_id: UUID, here: Here, there: There, book: Book) -> list[Moved]:
    """The transfers after which both have the same; none where they have already.

    A lot that is here already and has more there is carried on by another one.
    """
    left: dict[UUID, list[LotLeft]] = {}
    for lot in here.lots:
        left.setdefault(lot.told_id, []).append(lot)
    wanted = {lot.id: lot for lot in there.lots}
    taken = [part for ident, lots in left.items() for part in _over(lots, wanted.get(ident))]
    given = [(lot, _under(left.get(lot.id, ()), lot)) for lot in there.lots]
    made = [_give(member_id, lot, points, book) for lot, points in given if points]
    if taken:
        made.insert(0, _take(member_id, taken, book))
    owed = here.points + sum(map(_change, made)) - there.points
    if owed < 0:
        made.insert(0, _forgive(member_id, -owed, here.debts, book))
    elif owed:
        made.append(_moved(member_id, owed, book))
    return made


def _over(lots: Iterable[LotLeft], wanted: LotHeld | None) -> list[tuple[LotLeft, int]]:
    """What is to leave these, which are one lot there; those that carry it on give first."""
    ordered = sorted(lots, key=lambda lot: (lot.carries_on is None, lot.id))
    over = sum(lot.left for lot in ordered) - (wanted.left if wanted else 0)
    parts: list[tuple[LotLeft, int]] = []
    for lot in ordered:
        part = min(lot.left, max(0, over))
        over -= part
        if part:
            parts.append((lot, part))
    return parts


def _under(lots: Collection[LotLeft], wanted: LotHeld) -> int:
    return max(0, wanted.left - sum(lot.left for lot in lots))


def _take(member_id: UUID, parts: Sequence[tuple[LotLeft, int]], book: Book) -> Moved:
    moved = _moved(member_id, sum(points for _, points in parts), book)
    ident = moved.transfer.id
    return Moved(moved.transfer, None, tuple(Allocation(ident, lot.id, p) for lot, p in parts))


def _moved(member_id: UUID, points: int, book: Book) -> Moved:
    """Out of the account; without lots it is a debt."""
    account = Account(AccountKind.AVAILABLE, member_id)
    return Moved(_transfer(book.new_id(), account, ELSEWHERE, points, book))


def _give(member_id: UUID, told: LotHeld, points: int, book: Book) -> Moved:
    origin = book.known.get(told.id)
    ident = told.id if origin is None else book.new_id()
    moved = _lot(member_id, ident, points, told.expires_on, origin, book)
    return Moved(moved.transfer, moved.lot, (), None if origin is None else told.id)


def _forgive(member_id: UUID, points: int, debts: Iterable[Debt], book: Book) -> Moved:
    """What was owed is not any more: a lot that is gone at once."""
    moved = _lot(member_id, book.new_id(), points, None, None, book)
    assert moved.lot is not None, "a lot pays"
    return Moved(moved.transfer, moved.lot, pay_debts(debts, moved.lot))


def _lot(
    member_id: UUID,
    ident: UUID,
    points: int,
    expires_on: date | None,
    origin: Origin | None,
    book: Book,
) -> Moved:
    account = Account(AccountKind.AVAILABLE, member_id)
    earned = origin or Origin(book.on, book.rulebook_version)
    rule = (earned.earned_on, expires_on, earned.rulebook_version, earned.sale_id)
    transfer = _transfer(ident, ELSEWHERE, account, points, book)
    return Moved(transfer, Lot(ident, member_id, points, *rule))


def _transfer(ident: UUID, debit: Account, credit: Account, points: int, book: Book) -> Transfer:
    cause, version = Cause.ELSEWHERE, book.rulebook_version
    return Transfer(ident, debit, credit, points, cause, book.on, version)


def _change(moved: Moved) -> int:
    transfer = moved.transfer
    return -transfer.amount if transfer.credit == ELSEWHERE else transfer.amount
