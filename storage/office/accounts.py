"""积分读数: transfers, lots, and the accounts that they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    Uuid,
    bindparam,
    case,
    func,
    select,
    tuple_,
    update,
)

from core.points.ledger import Account, AccountKind, Allocation, Cause, Transfer
from core.ports.readings import Roots
from core.sync.effects import LotMade
from core.sync.escrow import Balance
from core.sync.lapse import Lapsed, Overtaken
from core.sync.lots import LotHere
from storage.office.account_tables import ACCOUNTS, ALLOCATIONS, LOTS, TRANSFERS
from storage.office.member_tables import MEMBERS
from storage.office.members import add_new, in_pages

NOBODY = UUID(int=0)
"""Whose the accounts of the programme are."""
OF_MEMBERS = (AccountKind.AVAILABLE, AccountKind.PENDING, AccountKind.LEASED)
_ids: Any = bindparam("ids", expanding=True)
_KNOWN = select(TRANSFERS.c.id).where(TRANSFERS.c.id.in_(_ids))
_BALANCES = select(ACCOUNTS.c.owner_id, ACCOUNTS.c.kind, ACCOUNTS.c.points).where(
    ACCOUNTS.c.owner_id.in_(_ids)
)
_TAKEN = func.coalesce(
    select(func.sum(ALLOCATIONS.c.amount))
    .where(ALLOCATIONS.c.lot_id == LOTS.c.id)
    .correlate(LOTS)
    .scalar_subquery(),
    0,
)
_LOTS = (
    select(MEMBERS.c.root_id, LOTS.c.id, LOTS.c.expires_day, LOTS.c.amount, _TAKEN)
    .join(MEMBERS, MEMBERS.c.id == LOTS.c.member_id)
    .where(MEMBERS.c.root_id.in_(_ids))
    .order_by(LOTS.c.id)
)
_OPENED = select(
    TRANSFERS.c.id, TRANSFERS.c.credit_id, TRANSFERS.c.amount, TRANSFERS.c.on_day
).where(
    TRANSFERS.c.cause == str(Cause.IMPORT),
    TRANSFERS.c.debit_kind == str(AccountKind.ISSUED),
    TRANSFERS.c.credit_id.in_(_ids),
)
_OWNERS = select(
    TRANSFERS.c.about_id,
    case(
        (TRANSFERS.c.credit_kind == str(AccountKind.AVAILABLE), TRANSFERS.c.credit_id),
        else_=TRANSFERS.c.debit_id,
    ),
).where(
    TRANSFERS.c.about_id.in_(_ids),
    TRANSFERS.c.cause.in_((str(Cause.SALE), str(Cause.SPEND))),
)
_CHANGE = (
    update(ACCOUNTS)
    .where(ACCOUNTS.c.owner_id == bindparam("of"), ACCOUNTS.c.kind == bindparam("what"))
    .values(points=ACCOUNTS.c.points + bindparam("by"))
)
_LAPSED = (
    select(LOTS.c.id, LOTS.c.member_id, LOTS.c.expires_day)
    .where(
        tuple_(LOTS.c.expires_day, LOTS.c.id)
        > tuple_(bindparam("day"), bindparam("lot", type_=Uuid)),
        LOTS.c.expires_day < bindparam("before"),
        LOTS.c.amount > _TAKEN,
    )
    .order_by(LOTS.c.expires_day, LOTS.c.id)
    .limit(bindparam("most"))
)
_EXPIRED = (
    select(func.sum(ALLOCATIONS.c.amount))
    .join(TRANSFERS, TRANSFERS.c.id == ALLOCATIONS.c.transfer_id)
    .where(ALLOCATIONS.c.lot_id == LOTS.c.id, TRANSFERS.c.cause == str(Cause.EXPIRY))
    .correlate(LOTS)
    .scalar_subquery()
)
_BACK = (
    select(func.sum(TRANSFERS.c.amount))
    .where(TRANSFERS.c.about_id == LOTS.c.id, TRANSFERS.c.debit_kind == str(AccountKind.EXPIRED))
    .correlate(LOTS)
    .scalar_subquery()
)
_OVERTAKEN = select(
    LOTS.c.id, LOTS.c.member_id, LOTS.c.amount, _TAKEN, _EXPIRED, func.coalesce(_BACK, 0)
).where(LOTS.c.id.in_(_ids), LOTS.c.amount < _TAKEN, _EXPIRED > 0)
_SUMS = select(ACCOUNTS.c.kind, func.sum(ACCOUNTS.c.points)).group_by(ACCOUNTS.c.kind)


class StoredAccounts:
    """Implements `core.ports.readings.Accounts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def post(self, transfers: Sequence[Transfer], roots: Roots) -> None:
        known = self.known([each.id for each in transfers])
        fresh = {each.id: each for each in transfers if each.id not in known}
        if not fresh:
            return
        add_new(self._connection, TRANSFERS, [_row(each) for each in fresh.values()])
        self._change(_moves(fresh.values(), roots))

    def known(self, transfer_ids: Collection[UUID]) -> set[UUID]:
        return {ident for (ident,) in in_pages(self._connection, _KNOWN, sorted(transfer_ids))}

    def keep_lots(self, lots: Sequence[LotMade], taken: Sequence[Allocation]) -> None:
        add_new(
            self._connection,
            LOTS,
            [
                {
                    "id": lot.id,
                    "member_id": lot.member_id,
                    "amount": lot.amount,
                    "expires_day": lot.expires_on and lot.expires_on.toordinal(),
                }
                for lot in lots
            ],
        )
        parts = [
            {"lot_id": part.lot_id, "transfer_id": part.transfer_id, "amount": part.amount}
            for part in taken
        ]
        add_new(self._connection, ALLOCATIONS, parts)

    def balance(self, root_id: UUID) -> Balance:
        return self.balances([root_id]).get(root_id, Balance())

    def balances(self, root_ids: Collection[UUID]) -> dict[UUID, Balance]:
        found: dict[UUID, dict[str, int]] = {}
        for owner, kind, points in in_pages(self._connection, _BALANCES, sorted(root_ids)):
            found.setdefault(owner, {})[kind] = points
        return {
            owner: Balance(*(of.get(str(kind), 0) for kind in OF_MEMBERS))
            for owner, of in found.items()
        }

    def lots(self, root_id: UUID) -> tuple[LotHere, ...]:
        return self.lots_of([root_id]).get(root_id, ())

    def lots_of(self, root_ids: Collection[UUID]) -> dict[UUID, tuple[LotHere, ...]]:
        found: dict[UUID, list[LotHere]] = {}
        rows = in_pages(self._connection, _LOTS, sorted(root_ids))
        for root, ident, day, amount, taken in rows:
            expires_on = None if day is None else date.fromordinal(day)
            found.setdefault(root, []).append(LotHere(ident, expires_on, amount, int(taken)))
        return {root: tuple(lots) for root, lots in found.items()}

    def lapsed(
        self, behind: tuple[date, UUID], *, before: date, at_most: int
    ) -> tuple[Lapsed, ...]:
        day, lot = behind
        asked = {"day": day.toordinal(), "lot": lot, "before": before.toordinal(), "most": at_most}
        return tuple(
            Lapsed(ident, member, date.fromordinal(on))
            for ident, member, on in self._connection.execute(_LAPSED, asked)
        )

    def overtaken(self, lot_ids: Collection[UUID]) -> tuple[Overtaken, ...]:
        rows = in_pages(self._connection, _OVERTAKEN, sorted(lot_ids))
        return tuple(Overtaken(lot, member, *map(int, sums)) for lot, member, *sums in rows)

    def move(self, changed: Mapping[UUID, tuple[UUID, UUID]]) -> None:
        if not changed:
            return
        moves: Counter[tuple[UUID, str]] = Counter()
        for member, kind, points in self._sums_of(changed):
            was, now = changed[member]
            moves[was, kind] -= points
            moves[now, kind] += points
        self._change(moves)

    def opened_by(self, import_id: UUID, members: Collection[UUID]) -> tuple[Transfer, ...]:
        asked = _OPENED.where(TRANSFERS.c.about_id == import_id)
        return tuple(
            Transfer(
                ident,
                Account(AccountKind.ISSUED),
                Account(AccountKind.AVAILABLE, member),
                amount,
                Cause.IMPORT,
                date.fromordinal(day),
                0,
                import_id,
            )
            for ident, member, amount, day in in_pages(self._connection, asked, sorted(members))
        )

    def owner_of_sale(self, sale_ids: Collection[UUID]) -> dict[UUID, UUID]:
        if not sale_ids:
            return {}
        found = self._connection.execute(_OWNERS, {"ids": list(sale_ids)})
        return dict(map(tuple, found))

    def sums(self) -> dict[str, int]:
        return {kind: int(points) for kind, points in self._connection.execute(_SUMS)}

    def _sums_of(self, members: Collection[UUID]) -> Iterable[tuple[UUID, str, int]]:
        """What transfers gave and took of each of these."""
        asked = list(members)
        for kind, owner, sign in (
            (TRANSFERS.c.credit_kind, TRANSFERS.c.credit_id, 1),
            (TRANSFERS.c.debit_kind, TRANSFERS.c.debit_id, -1),
        ):
            summed = select(owner, kind, func.sum(TRANSFERS.c.amount)).where(owner.in_(asked))
            kinds = kind.in_([str(each) for each in OF_MEMBERS])
            for member, of, points in self._connection.execute(
                summed.where(kinds).group_by(owner, kind)
            ):
                yield member, of, sign * int(points)

    def _change(self, moves: Counter[tuple[UUID, str]]) -> None:
        """Always in one order: two that change the same accounts at once never wait in a ring."""
        changed = [
            {"of": owner, "what": kind, "by": points}
            for (owner, kind), points in sorted(moves.items())
            if points
        ]
        if changed:
            begun = [{"owner_id": r["of"], "kind": r["what"], "points": 0} for r in changed]
            add_new(self._connection, ACCOUNTS, begun)
            self._connection.execute(_CHANGE, changed)


def _moves(transfers: Iterable[Transfer], roots: Roots) -> Counter[tuple[UUID, str]]:
    moves: Counter[tuple[UUID, str]] = Counter()
    for each in transfers:
        for account, points in ((each.debit, -each.amount), (each.credit, each.amount)):
            moves[_owner(account, roots), str(account.kind)] += points
    return moves


def _owner(account: Account, roots: Roots) -> UUID:
    if account.member_id is None:
        return NOBODY
    return roots[account.member_id] if account.kind in OF_MEMBERS else account.member_id


def _row(transfer: Transfer) -> dict[str, Any]:
    return {
        "id": transfer.id,
        "debit_kind": str(transfer.debit.kind),
        "debit_id": transfer.debit.member_id or NOBODY,
        "credit_kind": str(transfer.credit.kind),
        "credit_id": transfer.credit.member_id or NOBODY,
        "amount": transfer.amount,
        "cause": str(transfer.cause),
        "on_day": transfer.business_on.toordinal(),
        "about_id": transfer.sale_id,
    }
