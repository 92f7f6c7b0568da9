"""积分账: transfers, the lots they make, and balances as a cache of them (sync.md 3)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    func,
    insert,
    literal_column,
    select,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from core.errors import SaleBroken
from core.points.ledger import (
    Account,
    AccountKind,
    Allocation,
    Cause,
    Debt,
    Lot,
    LotLeft,
    LotTaken,
    Transfer,
)
from storage.columns import (
    METADATA,
    Connection,
    Prepared,
    bytes_or_none,
    day_column,
    keep_for_ever,
    uuid_column,
    uuid_or_none,
)
from storage.member_standing import MERGED_MEMBERS
from storage.mirror_tables import CARRIED_ON

MEMBER_POINTS = str(AccountKind.AVAILABLE)
NOBODY = b""
NEVER = date.max.toordinal()
"""A lot without an expiry: the tree of lots stands in the order in which they are spent."""

FROM_A_MEMBER = f"debit_kind = '{MEMBER_POINTS}'"
"""As the index of what members give has it: with a value in its place it would not be used."""
WHILE_UNDOING = (
    "OLD.import_id IS NOT NULL AND "
    "'undoing' = (SELECT state FROM imports WHERE imports.id = OLD.import_id)"
)

HAS_EXPIRED = "(cause = 'expiry' OR cause = 'elsewhere' AND expires_on < business_on)"
"""Of a transfer that took from a lot. In a chain the server lets lots expire, and a till hears of
it as of all that happened elsewhere: what goes after the last day has expired."""

TRANSFERS = Table(
    "transfers",
    METADATA,
    uuid_column("id", primary_key=True),
    Column("debit_kind", String, nullable=False),
    uuid_column("debit_member", nullable=False),
    Column("credit_kind", String, nullable=False),
    uuid_column("credit_member", nullable=False),
    Column("amount", Integer, CheckConstraint("amount > 0"), nullable=False),
    Column("cause", String, nullable=False),
    day_column("business_on", nullable=False),
    Column("rulebook_version", Integer, nullable=False),
    uuid_column("sale_id"),
    uuid_column("import_id"),
    Index("transfers_by_day", "business_on", "id"),
    Index("transfers_of_sale", "sale_id", sqlite_where=Column("sale_id").is_not(None)),
    Index("transfers_of_debtor", "debit_member", sqlite_where=literal_column(FROM_A_MEMBER)),
    sqlite_with_rowid=False,
)

LOTS = Table(
    "lots",
    METADATA,
    uuid_column("member_id", primary_key=True),
    day_column("expires_on", primary_key=True),
    uuid_column("id", primary_key=True),
    Column("amount", Integer, CheckConstraint("amount > 0"), nullable=False),
    day_column("earned_on", nullable=False),
    Column("rulebook_version", Integer, nullable=False),
    uuid_column("sale_id"),
    uuid_column("import_id"),
    sqlite_with_rowid=False,
)

ALLOCATIONS = Table(
    "allocations",
    METADATA,
    uuid_column("lot_id", primary_key=True),
    uuid_column("transfer_id", primary_key=True),
    Column("amount", Integer, CheckConstraint("amount > 0"), nullable=False),
    Index("allocations_of_transfer", "transfer_id"),
    sqlite_with_rowid=False,
)

BALANCES = Table(
    "balances",
    METADATA,
    uuid_column("member_id", primary_key=True),
    Column("kind", String, primary_key=True),
    Column("points", Integer, nullable=False),
    sqlite_with_rowid=False,
)

keep_for_ever(TRANSFERS, except_when=WHILE_UNDOING)
keep_for_ever(LOTS, except_when=WHILE_UNDOING)
keep_for_ever(ALLOCATIONS)

LEFT = LOTS.c.amount - func.coalesce(
    select(func.sum(ALLOCATIONS.c.amount))
    .where(ALLOCATIONS.c.lot_id == LOTS.c.id)
    .correlate(LOTS)
    .scalar_subquery(),
    0,
)
"""What is left of a lot: everything that counts points by lots counts this."""

_BALANCE = Prepared(
    select(BALANCES.c.points).where(
        BALANCES.c.member_id == bindparam("member"), BALANCES.c.kind == bindparam("kind")
    )
)
MOVE = Prepared(
    (_upsert := upsert(BALANCES))
    .values(member_id=bindparam("member"), kind=bindparam("kind"), points=bindparam("points"))
    .on_conflict_do_update(
        index_elements=["member_id", "kind"],
        set_={"points": BALANCES.c.points + _upsert.excluded.points},
    )
)
_LOTS = Prepared(
    select(
        LOTS.c.id,
        LOTS.c.expires_on,
        LEFT,
        LOTS.c.sale_id,
        LOTS.c.earned_on,
        LOTS.c.rulebook_version,
        CARRIED_ON.c.lot_id,
    )
    .outerjoin_from(LOTS, CARRIED_ON, CARRIED_ON.c.id == LOTS.c.id)
    .where(LOTS.c.member_id == bindparam("member"), LEFT > 0)
    .order_by(LOTS.c.expires_on, LOTS.c.id)
)
_TAKEN = func.coalesce(
    select(func.sum(ALLOCATIONS.c.amount))
    .where(ALLOCATIONS.c.transfer_id == TRANSFERS.c.id)
    .correlate(TRANSFERS)
    .scalar_subquery(),
    0,
)
_DEBTS = Prepared(
    select(TRANSFERS.c.id, TRANSFERS.c.amount - _TAKEN)
    .where(
        literal_column(FROM_A_MEMBER),
        TRANSFERS.c.debit_member == bindparam("member"),
        TRANSFERS.c.amount > _TAKEN,
    )
    .order_by(TRANSFERS.c.id)
)
_SPENT_IN = Prepared(
    select(
        LOTS.c.id,
        ALLOCATIONS.c.amount,
        LOTS.c.earned_on,
        LOTS.c.expires_on,
        LOTS.c.rulebook_version,
        LOTS.c.sale_id,
    )
    .join_from(TRANSFERS, ALLOCATIONS, ALLOCATIONS.c.transfer_id == TRANSFERS.c.id)
    .join(
        LOTS, (LOTS.c.member_id == TRANSFERS.c.debit_member) & (LOTS.c.id == ALLOCATIONS.c.lot_id)
    )
    .where(TRANSFERS.c.sale_id == bindparam("sale"), TRANSFERS.c.cause == str(Cause.SPEND))
    .order_by(LOTS.c.expires_on, LOTS.c.id)
)
_EXPIRED_OF = Prepared(
    select(func.coalesce(func.sum(ALLOCATIONS.c.amount), 0))
    .join_from(LOTS, ALLOCATIONS, ALLOCATIONS.c.lot_id == LOTS.c.id)
    .join(TRANSFERS, TRANSFERS.c.id == ALLOCATIONS.c.transfer_id)
    .where(
        LOTS.c.member_id.in_(
            select(bindparam("member", type_=LOTS.c.member_id.type)).union_all(
                select(MERGED_MEMBERS.c.member_id).where(
                    MERGED_MEMBERS.c.into_id == bindparam("member")
                )
            )
        ),
        LOTS.c.sale_id == bindparam("sale"),
        literal_column(HAS_EXPIRED),
    )
)
_COUNTED = Prepared(
    select(func.coalesce(func.sum(TRANSFERS.c.amount), 0)).where(
        TRANSFERS.c.sale_id == bindparam("sale"),
        TRANSFERS.c.debit_kind == str(AccountKind.EXPIRED),
    )
)
_GIVEN_BACK = Prepared(
    select(func.coalesce(func.sum(TRANSFERS.c.amount), 0)).where(
        TRANSFERS.c.sale_id == bindparam("sale"), TRANSFERS.c.cause == str(Cause.GIVE_BACK)
    )
)
INSERT_ALLOCATION = Prepared(insert(ALLOCATIONS))
INSERT_TRANSFER = Prepared(insert(TRANSFERS))
INSERT_LOT = Prepared(insert(LOTS))


class StoredLedger:
    """Implements `core.ports.Ledger`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def balance(self, member_id: UUID) -> int:
        """Points that the member can spend."""
        row = _BALANCE.one(self._connection, member=member_id.bytes, kind=MEMBER_POINTS)
        return int(row[0]) if row else 0

    def lots(self, member_id: UUID) -> tuple[LotLeft, ...]:
        """What is left of a member's lots, those that expire first first; used up ones are not."""
        return tuple(
            LotLeft(
                UUID(bytes=ident),
                _expiry(expires_on),
                left,
                date.fromordinal(earned_on),
                version,
                uuid_or_none(sale_id),
                uuid_or_none(told_as),
            )
            for ident, expires_on, left, sale_id, earned_on, version, told_as in _LOTS.all(
                self._connection, member=member_id.bytes
            )
        )

    def debts(self, member_id: UUID) -> tuple[Debt, ...]:
        """What the member owes, the oldest first; nobody asks but where a balance is below zero."""
        rows = _DEBTS.all(self._connection, member=member_id.bytes)
        return tuple(Debt(UUID(bytes=ident), points) for ident, points in rows)

    def spent_in(self, sale_id: UUID) -> tuple[LotTaken, ...]:
        """What lots gave for the points that were spent in a sale, in order of taking."""
        return tuple(
            LotTaken(
                id=UUID(bytes=ident),
                taken=taken,
                earned_on=date.fromordinal(earned_on),
                expires_on=_expiry(expires_on),
                rulebook_version=version,
                sale_id=uuid_or_none(earned_by),
            )
            for ident, taken, earned_on, expires_on, version, earned_by in _SPENT_IN.all(
                self._connection, sale=sale_id.bytes
            )
        )

    def expired_of(self, member_id: UUID, sale_id: UUID) -> int:
        """Points of a sale that expired with this member, or with one who became them.

        Less what returns have taken back of it.
        """
        member, sale = member_id.bytes, sale_id.bytes
        expired = _EXPIRED_OF.one(self._connection, member=member, sale=sale) or (0,)
        counted = _COUNTED.one(self._connection, sale=sale) or (0,)
        return max(0, int(expired[0]) - int(counted[0]))

    def given_back(self, sale_id: UUID) -> int:
        """How many of the points that were spent in a sale came back so far."""
        row = _GIVEN_BACK.one(self._connection, sale=sale_id.bytes)
        return int(row[0]) if row else 0

    def post(
        self,
        transfer: Transfer,
        lot: Lot | None = None,
        *,
        allocations: tuple[Allocation, ...] = (),
    ) -> None:
        """Book a transfer, the lot it makes or those that it takes from, and both balances.

        SaleBroken where they do not fit.
        """
        if transfer.amount <= 0 or transfer.debit == transfer.credit:
            raise SaleBroken("transfer")
        is_for_member = transfer.credit.kind is AccountKind.AVAILABLE
        if is_for_member != (lot is not None) or not (lot is None or _fits(lot, transfer)):
            raise SaleBroken("lot")
        if sum(part.amount for part in allocations) > transfer.amount:
            raise SaleBroken("allocation")
        self._connection.execute(INSERT_TRANSFER.sql, transfer_row(transfer))
        if lot is not None:
            self._connection.execute(INSERT_LOT.sql, lot_row(lot))
        INSERT_ALLOCATION.many(
            self._connection,
            [(part.lot_id.bytes, part.transfer_id.bytes, part.amount) for part in allocations],
        )
        move(self._connection, transfer.debit, -transfer.amount)
        move(self._connection, transfer.credit, transfer.amount)


def move(connection: Connection, account: Account, points: int) -> None:
    """Change a cached balance."""
    member = member_bytes(account)
    MOVE.run(connection, member=member, kind=str(account.kind), points=points)


def member_bytes(account: Account) -> bytes:
    """Whose account; empty for the programme."""
    return NOBODY if account.member_id is None else account.member_id.bytes


def transfer_row(transfer: Transfer) -> tuple[object, ...]:
    """The row of a transfer that no import made."""
    return (
        transfer.id.bytes,
        str(transfer.debit.kind),
        member_bytes(transfer.debit),
        str(transfer.credit.kind),
        member_bytes(transfer.credit),
        transfer.amount,
        str(transfer.cause),
        transfer.business_on.toordinal(),
        transfer.rulebook_version,
        bytes_or_none(transfer.sale_id),
        None,
    )


def lot_row(lot: Lot, import_id: bytes | None = None) -> tuple[object, ...]:
    """The row of a lot."""
    return (
        lot.member_id.bytes,
        NEVER if lot.expires_on is None else lot.expires_on.toordinal(),
        lot.id.bytes,
        lot.amount,
        lot.earned_on.toordinal(),
        lot.rulebook_version,
        bytes_or_none(lot.sale_id),
        import_id,
    )


def _expiry(ordinal: int) -> date | None:
    return None if ordinal == NEVER else date.fromordinal(ordinal)


def _fits(lot: Lot, transfer: Transfer) -> bool:
    return (lot.id, lot.amount, lot.member_id) == (
        transfer.id,
        transfer.amount,
        transfer.credit.member_id,
    )
