"""兑换: rewards that were had for points, what was taken back, and what lies on the shelf."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from core.points.ledger import LotTaken
from core.points.redeem import Redemption, StockMove
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
from storage.counters import take_number
from storage.ledger import ALLOCATIONS, LOTS, NEVER
from storage.member_standing import MERGED_MEMBERS
from storage.receipts import receipt_from, receipt_text

if TYPE_CHECKING:
    from core.sales.receipt import Receipt

REDEMPTIONS = Table(
    "redemptions",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    Column("no", String, nullable=False, unique=True),
    uuid_column("member_id", nullable=False),
    Column("code", String, nullable=False),
    Column("name", String, nullable=False),
    Column("units", Integer, CheckConstraint("units > 0"), nullable=False),
    Column("points", Integer, CheckConstraint("points > 0"), nullable=False),
    Column("at_us", Integer, nullable=False),
    day_column("business_on", nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("record", String, nullable=False),
    Index("redemptions_of_member", "member_id", "code"),
)
UNDONE = Table(
    "undone_redemptions",
    METADATA,
    uuid_column("redemption_id", primary_key=True),
    Column("at_us", Integer, nullable=False),
    day_column("business_on", nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("approved_by", Integer, nullable=False),
    Column("record", String, nullable=False),
    sqlite_with_rowid=False,
)
STOCK_MOVES = Table(
    "reward_stock_moves",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("code", String, nullable=False),
    Column("change", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    uuid_column("redemption_id"),
    Index("stock_moves_of_reward", "code", "change"),
)
# What the other tills of the store have moved of the same shelf, as the server told it last.
STOCK_ELSEWHERE = Table(
    "stock_elsewhere",
    METADATA,
    Column("code", String, primary_key=True),
    Column("units", Integer, nullable=False),
    sqlite_with_rowid=False,
)
for _table in (REDEMPTIONS, UNDONE, STOCK_MOVES):
    keep_for_ever(_table)


def _is_of_member(member_id: ColumnElement[bytes]) -> ColumnElement[bool]:
    """Of the member, or of those who were merged into them."""
    merged = select(MERGED_MEMBERS.c.member_id).where(
        MERGED_MEMBERS.c.into_id == bindparam("member")
    )
    return or_(member_id == bindparam("member"), member_id.in_(merged))


_FIELDS = [column for column in REDEMPTIONS.c if column.name not in ("n", "record")]
_FOUND = select(*_FIELDS, UNDONE.c.redemption_id).outerjoin_from(
    REDEMPTIONS, UNDONE, UNDONE.c.redemption_id == REDEMPTIONS.c.id
)
_INSERT = Prepared(insert(REDEMPTIONS))
_UNDO = Prepared(insert(UNDONE))
_MOVE = Prepared(insert(STOCK_MOVES))
_BY_NO = Prepared(_FOUND.where(REDEMPTIONS.c.no == bindparam("no")))
_BY_ID = Prepared(_FOUND.where(REDEMPTIONS.c.id == bindparam("id")))
_OF_MEMBER = Prepared(
    _FOUND.where(_is_of_member(REDEMPTIONS.c.member_id))
    .order_by(REDEMPTIONS.c.n.desc())
    .limit(bindparam("most"))
)
_HAD = Prepared(
    select(REDEMPTIONS.c.code, func.sum(REDEMPTIONS.c.units))
    .outerjoin_from(REDEMPTIONS, UNDONE, UNDONE.c.redemption_id == REDEMPTIONS.c.id)
    .where(_is_of_member(REDEMPTIONS.c.member_id), UNDONE.c.redemption_id.is_(None))
    .group_by(REDEMPTIONS.c.code)
)
_STOCK = Prepared(
    select(STOCK_MOVES.c.code, func.sum(STOCK_MOVES.c.change)).group_by(STOCK_MOVES.c.code)
)
_OWN_STOCK = Prepared(
    select(func.coalesce(func.sum(STOCK_MOVES.c.change), 0)).where(
        STOCK_MOVES.c.code == bindparam("code")
    )
)
_ELSEWHERE = Prepared(select(STOCK_ELSEWHERE.c.code, STOCK_ELSEWHERE.c.units))
_upsert = upsert(STOCK_ELSEWHERE)
_SET_ELSEWHERE = Prepared(
    _upsert.on_conflict_do_update(index_elements=["code"], set_={"units": _upsert.excluded.units})
)
_RECORD = Prepared(
    select(func.coalesce(UNDONE.c.record, REDEMPTIONS.c.record))
    .outerjoin_from(REDEMPTIONS, UNDONE, UNDONE.c.redemption_id == REDEMPTIONS.c.id)
    .where(REDEMPTIONS.c.no == bindparam("no"))
)
_TAKEN = Prepared(
    select(
        LOTS.c.id,
        ALLOCATIONS.c.amount,
        LOTS.c.earned_on,
        LOTS.c.expires_on,
        LOTS.c.rulebook_version,
        LOTS.c.sale_id,
    )
    .join_from(REDEMPTIONS, ALLOCATIONS, ALLOCATIONS.c.transfer_id == REDEMPTIONS.c.id)
    .join(LOTS, (LOTS.c.member_id == REDEMPTIONS.c.member_id) & (LOTS.c.id == ALLOCATIONS.c.lot_id))
    .where(REDEMPTIONS.c.id == bindparam("id"))
    .order_by(LOTS.c.expires_on, LOTS.c.id)
)


class StoredRedemptions:
    """Implements `core.ports.points.Redemptions`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_number(self) -> int:
        """The next number of a slip, each given out once."""
        return take_number(self._connection, "redemption")

    def add(self, made: Redemption, slip: Receipt) -> None:
        """Keep one with its paper."""
        self._connection.execute(
            _INSERT.sql,
            (
                None,
                made.id.bytes,
                made.no,
                made.member_id.bytes,
                made.code,
                made.name,
                made.units,
                made.points,
                made.at_us,
                made.business_on.toordinal(),
                made.staff_no,
                receipt_text(slip),
            ),
        )

    def undo(
        self,
        made: Redemption,
        slip: Receipt,
        *,
        at_us: int,
        on: date,
        staff_no: int,
        approved_by: int,
    ) -> None:
        """Keep that it was taken back, with the paper of it."""
        self._connection.execute(
            _UNDO.sql,
            (made.id.bytes, at_us, on.toordinal(), staff_no, approved_by, receipt_text(slip)),
        )

    def by_no(self, no: str) -> Redemption | None:
        """The redemption of this number."""
        row = _BY_NO.one(self._connection, no=no)
        return None if row is None else _redemption(row)

    def get(self, redemption_id: UUID) -> Redemption | None:
        """The redemption of this id."""
        row = _BY_ID.one(self._connection, id=redemption_id.bytes)
        return None if row is None else _redemption(row)

    def slip(self, no: str) -> Receipt | None:
        """The paper of a redemption; that of its undoing where it was undone."""
        row = _RECORD.one(self._connection, no=no)
        return None if row is None else receipt_from(row[0])

    def of_member(self, member_id: UUID, *, limit: int) -> tuple[Redemption, ...]:
        """What a member had last, the newest first."""
        rows = _OF_MEMBER.all(self._connection, member=member_id.bytes, most=limit)
        return tuple(map(_redemption, rows))

    def had(self, member_id: UUID) -> dict[str, int]:
        """Units that a member has had of each reward, less what was taken back."""
        return dict(_HAD.all(self._connection, member=member_id.bytes))

    def stock(self) -> dict[str, int]:
        """What lies on the shelf of each reward that was ever counted, at any till of the store."""
        units = dict(_STOCK.all(self._connection))
        for code, elsewhere in _ELSEWHERE.all(self._connection):
            units[code] = units.get(code, 0) + elsewhere
        return units

    def own_stock(self, code: str) -> int:
        """What this till has put on the shelf of a reward, less what it has taken off."""
        row = _OWN_STOCK.one(self._connection, code=code)
        return int(row[0]) if row else 0

    def set_elsewhere(self, code: str, units: int) -> None:
        """The same of all other tills of the store, as the server told it last."""
        self._connection.execute(_SET_ELSEWHERE.sql, (code, units))

    def move(self, moved: StockMove) -> None:
        """The shelf changed."""
        self._connection.execute(
            _MOVE.sql,
            (
                None,
                moved.code,
                moved.change,
                moved.kind,
                moved.at_us,
                moved.staff_no,
                bytes_or_none(moved.redemption_id),
            ),
        )

    def taken(self, redemption_id: UUID) -> tuple[LotTaken, ...]:
        """Which lots gave how much, in order of taking."""
        return tuple(
            LotTaken(
                id=UUID(bytes=ident),
                taken=taken,
                earned_on=date.fromordinal(earned_on),
                expires_on=None if expires_on == NEVER else date.fromordinal(expires_on),
                rulebook_version=version,
                sale_id=uuid_or_none(sale_id),
            )
            for ident, taken, earned_on, expires_on, version, sale_id in _TAKEN.all(
                self._connection, id=redemption_id.bytes
            )
        )


def _redemption(row: tuple[Any, ...]) -> Redemption:
    ident, no, member, code, name, units, points, at_us, business_on, staff_no, undone = row
    return Redemption(
        id=UUID(bytes=ident),
        no=no,
        member_id=UUID(bytes=member),
        code=code,
        name=name,
        units=units,
        points=points,
        at_us=at_us,
        business_on=date.fromordinal(business_on),
        staff_no=staff_no,
        is_undone=undone is not None,
    )
