"""核对: what the nightly check asks; `accounts` are only a cache of what it adds up anew."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    Select,
    Uuid,
    bindparam,
    case,
    func,
    select,
    tuple_,
    union,
    union_all,
)

from core.points.ledger import AccountKind
from core.ports.checks import BranchHere
from core.sync.effects import derived_id
from core.sync.escrow import EscrowKind, EscrowStatus
from storage.office.account_tables import ACCOUNTS, ALLOCATIONS, ESCROWS, LOTS, TRANSFERS
from storage.office.member_tables import MEMBERS
from storage.office.members import in_pages
from storage.office.tables import APART, EVENTS, PROGRESS

_ids: Any = bindparam("ids", expanding=True)
_OF_MEMBERS = [
    str(kind) for kind in (AccountKind.AVAILABLE, AccountKind.PENDING, AccountKind.LEASED)
]
_ASIDE = [str(AccountKind.PENDING), str(AccountKind.LEASED)]
_prev = EVENTS.alias("before")
_BEFORE = (
    select(EVENTS.c.id, _prev.c.hash)
    .join(
        _prev,
        (_prev.c.till_id == EVENTS.c.till_id)
        & (_prev.c.incarnation == EVENTS.c.incarnation)
        & (_prev.c.seq == EVENTS.c.seq - 1),
    )
    .where(EVENTS.c.id.in_(_ids))
)
_BRANCHES = (
    select(PROGRESS.c.till_id, PROGRESS.c.incarnation, PROGRESS.c.through)
    .where(
        tuple_(PROGRESS.c.till_id, PROGRESS.c.incarnation)
        > tuple_(bindparam("till", type_=Uuid), bindparam("no"))
    )
    .order_by(PROGRESS.c.till_id, PROGRESS.c.incarnation)
    .limit(bindparam("most"))
)


def _places(table: Any) -> Select[Any]:
    return select(table.c.seq).where(
        table.c.till_id == bindparam("till", type_=Uuid),
        table.c.incarnation == bindparam("no"),
        table.c.seq.between(1, bindparam("through")),
    )


_TAKEN = select(func.count()).select_from(union(_places(EVENTS), _places(APART)).subquery())
_ROOTS = (
    select(MEMBERS.c.id)
    .where(MEMBERS.c.id == MEMBERS.c.root_id, MEMBERS.c.id > bindparam("behind", type_=Uuid))
    .order_by(MEMBERS.c.id)
    .limit(bindparam("most"))
)


def _apart(parts: list[Select[Any]]) -> Select[Any]:
    told = union_all(*parts).subquery()
    summed = select(told.c.owner, told.c.kind).group_by(told.c.owner, told.c.kind)
    return summed.having(func.sum(told.c.points) != 0)


def _sides() -> tuple[tuple[Any, Any, Any], ...]:
    """Kind, owner and points of what each transfer gives and takes."""
    moved = TRANSFERS.c
    return (
        (moved.credit_kind, moved.credit_id, moved.amount),
        (moved.debit_kind, moved.debit_id, -moved.amount),
    )


def _told() -> Select[Any]:
    """What transfers say of accounts of these members, less what the accounts say."""
    parts = [
        select(MEMBERS.c.root_id.label("owner"), kind.label("kind"), points.label("points"))
        .join(MEMBERS, MEMBERS.c.id == owner)
        .where(kind.in_(_OF_MEMBERS), MEMBERS.c.root_id.in_(_ids))
        for kind, owner, points in _sides()
    ]
    accounts = select(ACCOUNTS.c.owner_id, ACCOUNTS.c.kind, -ACCOUNTS.c.points)
    return _apart([*parts, accounts.where(ACCOUNTS.c.owner_id.in_(_ids))])


def _aside() -> Select[Any]:
    """What is set aside of these members and open, less what the accounts say."""
    is_lease = ESCROWS.c.kind == str(EscrowKind.LEASED)
    kind = case((is_lease, str(AccountKind.LEASED)), else_=str(AccountKind.PENDING))
    left = (ESCROWS.c.points - ESCROWS.c.spent).label("points")
    aside = select(MEMBERS.c.root_id.label("owner"), kind.label("kind"), left)
    is_open = ESCROWS.c.status == str(EscrowStatus.OPEN)
    aside = aside.join(MEMBERS, MEMBERS.c.id == ESCROWS.c.member_id)
    accounts = select(ACCOUNTS.c.owner_id, ACCOUNTS.c.kind, -ACCOUNTS.c.points).where(
        ACCOUNTS.c.kind.in_(_ASIDE), ACCOUNTS.c.owner_id.in_(_ids)
    )
    return _apart([aside.where(is_open, MEMBERS.c.root_id.in_(_ids)), accounts])


def _programme() -> Select[Any]:
    """The same of the accounts that are no member's."""
    parts = [
        select(owner.label("owner"), kind.label("kind"), points.label("points")).where(
            kind.not_in(_OF_MEMBERS)
        )
        for kind, owner, points in _sides()
    ]
    accounts = select(ACCOUNTS.c.owner_id, ACCOUNTS.c.kind, -ACCOUNTS.c.points)
    return _apart([*parts, accounts.where(ACCOUNTS.c.kind.not_in(_OF_MEMBERS))])


_OF_ACCOUNTS, _PROGRAMME = (_told(), _aside()), _programme()
_taken = func.coalesce(
    select(func.sum(ALLOCATIONS.c.amount))
    .where(ALLOCATIONS.c.lot_id == LOTS.c.id)
    .correlate(LOTS)
    .scalar_subquery(),
    0,
)
_IN_LOTS = (
    select(
        MEMBERS.c.root_id,
        func.sum(case((LOTS.c.amount > _taken, LOTS.c.amount - _taken), else_=0)),
    )
    .join(MEMBERS, MEMBERS.c.id == LOTS.c.member_id)
    .where(MEMBERS.c.root_id.in_(_ids))
    .group_by(MEMBERS.c.root_id)
)
_POINTS = (
    select(ACCOUNTS.c.owner_id, func.sum(ACCOUNTS.c.points))
    .where(ACCOUNTS.c.owner_id.in_(_ids), ACCOUNTS.c.kind.in_(_OF_MEMBERS))
    .group_by(ACCOUNTS.c.owner_id)
)
_GAVE = (
    select(ALLOCATIONS.c.transfer_id)
    .distinct()
    .join(LOTS, LOTS.c.id == ALLOCATIONS.c.lot_id)
    .join(MEMBERS, MEMBERS.c.id == LOTS.c.member_id)
    .where(MEMBERS.c.root_id.in_(_ids))
)
_OVERSPENT = select(func.coalesce(func.sum(TRANSFERS.c.amount), 0)).where(
    TRANSFERS.c.debit_kind == str(AccountKind.OVERSPEND), TRANSFERS.c.id.in_(_ids)
)

_payer = MEMBERS.alias("payer")
_LENT = (
    select(func.coalesce(func.sum(ALLOCATIONS.c.amount), 0))
    .join(LOTS, LOTS.c.id == ALLOCATIONS.c.lot_id)
    .join(MEMBERS, MEMBERS.c.id == LOTS.c.member_id)
    .join(TRANSFERS, TRANSFERS.c.id == ALLOCATIONS.c.transfer_id)
    .join(_payer, _payer.c.id == TRANSFERS.c.debit_id)
    .where(MEMBERS.c.root_id.in_(_ids), _payer.c.root_id != MEMBERS.c.root_id)
)


class StoredChecks:
    """Implements `core.ports.checks.Checks`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def before(self, event_ids: Collection[UUID]) -> dict[UUID, bytes]:
        return dict(map(tuple, in_pages(self._connection, _BEFORE, list(event_ids))))

    def branches(self, behind: BranchHere, *, at_most: int) -> tuple[BranchHere, ...]:
        asked = {"till": behind.till_id, "no": behind.incarnation, "most": at_most}
        here = self._connection.execute(_BRANCHES, asked).all()
        return tuple(
            BranchHere(till, no, through, self._taken(till, no, through))
            for till, no, through in here
        )

    def _taken(self, till_id: UUID, incarnation: int, through: int) -> int:
        of = {"till": till_id, "no": incarnation, "through": through}
        return int(self._connection.execute(_TAKEN, of).scalar_one())

    def roots(self, behind: UUID, *, at_most: int) -> tuple[UUID, ...]:
        asked = {"behind": behind, "most": at_most}
        return tuple(self._connection.execute(_ROOTS, asked).scalars())

    def accounts(self, root_ids: Collection[UUID]) -> tuple[tuple[UUID, str], ...]:
        found = {
            (row.owner, str(row.kind))
            for asked in _OF_ACCOUNTS
            for row in in_pages(self._connection, asked, list(root_ids))
        }
        return tuple(sorted(found))

    def loose(self, root_ids: Collection[UUID]) -> tuple[UUID, ...]:
        roots = list(root_ids)
        held = dict(map(tuple, in_pages(self._connection, _IN_LOTS, roots)))
        points = in_pages(self._connection, _POINTS, roots)
        missing = [(root, int(has) - int(held.get(root, 0))) for root, has in points]
        return tuple(
            root
            for root, count in missing
            if count > 0 and count > self._overspent(root) + self._lent(root)
        )

    def _overspent(self, root: UUID) -> int:
        """What their lots gave and nobody had: a copy of a till spent it."""
        gave = self._connection.execute(_GAVE, {"ids": [root]}).scalars().all()
        beyond = [derived_id(each, AccountKind.OVERSPEND) for each in gave]
        spent = in_pages(self._connection, _OVERSPENT, [*gave, *beyond])
        return sum(int(points) for (points,) in spent)

    def _lent(self, root: UUID) -> int:
        """What their lots gave for somebody with whom they were taken for one person then."""
        return int(self._connection.execute(_LENT, {"ids": [root]}).scalar_one())

    def programme(self) -> tuple[tuple[UUID, str], ...]:
        return tuple((row.owner, str(row.kind)) for row in self._connection.execute(_PROGRAMME))
