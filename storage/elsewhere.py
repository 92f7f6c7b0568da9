"""别台: others' sales as the server told them, and what others took back of sales of here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

import msgspec
from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from core.ports.elsewhere import ClaimMade, CodeClaim
from core.sync.together import PartBack, SaleSaid
from storage.columns import METADATA, Connection, Prepared, keep_for_ever, uuid_column

SALES_ELSEWHERE = Table(
    "sales_elsewhere",
    METADATA,
    uuid_column("id", primary_key=True),
    Column("no", String, nullable=False),
    Column("record", String, nullable=False),
    Column("at_us", Integer, nullable=False),
    Index("sales_elsewhere_no", "no"),
    sqlite_with_rowid=False,
)

# `until_us` 0: it came back; otherwise it is claimed only, until then by the clock of here.
RETURNED_ELSEWHERE = Table(
    "returned_elsewhere",
    METADATA,
    uuid_column("sale_id", primary_key=True),
    uuid_column("return_id", primary_key=True),
    Column("no", SmallInteger, primary_key=True),
    Column("quantity_milli", Integer, CheckConstraint("quantity_milli > 0"), nullable=False),
    Column("until_us", Integer, nullable=False),
    sqlite_with_rowid=False,
)

RETURNED_BEFORE = Table(
    "returned_before",
    METADATA,
    uuid_column("return_id", primary_key=True),
    Column("no", SmallInteger, primary_key=True),
    Column("quantity_milli", Integer, CheckConstraint("quantity_milli > 0"), nullable=False),
    sqlite_with_rowid=False,
)
keep_for_ever(RETURNED_BEFORE)

RETURN_CLAIMS = Table(
    "return_claims",
    METADATA,
    uuid_column("id", primary_key=True),
    uuid_column("sale_id", nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("until_us", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# 占用的一次券: this till asked for it, or has it until then; 0: nobody has answered.
CODE_CLAIMS = Table(
    "code_claims",
    METADATA,
    Column("code", String, primary_key=True),
    uuid_column("sale_id", primary_key=True),
    Column("at_us", Integer, nullable=False),
    Column("until_us", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# 别台发的券: codes that were issued elsewhere stand among those of here, and this says where.
BATCHES_ELSEWHERE = Table(
    "batches_elsewhere",
    METADATA,
    uuid_column("id", primary_key=True),
    Column("store_code", String, nullable=False),
    sqlite_with_rowid=False,
)

_sales, _back, _before = SALES_ELSEWHERE.c, RETURNED_ELSEWHERE.c, RETURNED_BEFORE.c
_GET = Prepared(select(_sales.record).where(_sales.id == bindparam("sale")))
_BY_NO = Prepared(select(_sales.record).where(_sales.no == bindparam("no")))
_upsert_sale = upsert(SALES_ELSEWHERE)
_KEEP = Prepared(
    _upsert_sale.on_conflict_do_update(
        index_elements=["id"],
        set_={name: _upsert_sale.excluded[name] for name in ("no", "record", "at_us")},
    )
)
_UNNAME = (
    "UPDATE sales_elsewhere SET record = json_set(record, '$.holder.name', '') "
    "WHERE json_extract(record, '$.holder.id') = ?"
)
_BACK = Prepared(
    select(_back.no, func.sum(_back.quantity_milli))
    .where(
        _back.sale_id == bindparam("sale"),
        or_(_back.until_us == 0, _back.until_us > bindparam("now")),
    )
    .group_by(_back.no)
)
_COUNT = Prepared(
    select(func.count(_back.return_id.distinct())).where(
        _back.sale_id == bindparam("sale"), _back.until_us == 0
    )
)
_FORGET = Prepared(delete(RETURNED_ELSEWHERE).where(_back.sale_id == bindparam("sale")))
_ADD = Prepared(insert(RETURNED_ELSEWHERE))
_ADD_BEFORE = Prepared(insert(RETURNED_BEFORE))
_WAS = Prepared(
    select(_before.no, _before.quantity_milli).where(_before.return_id == bindparam("id"))
)
_upsert_claim = upsert(RETURN_CLAIMS)
_CLAIM = Prepared(
    _upsert_claim.on_conflict_do_update(
        index_elements=["id"],
        set_={name: _upsert_claim.excluded[name] for name in ("at_us", "until_us")},
    )
)
_CLAIMS = Prepared(select(RETURN_CLAIMS).order_by(RETURN_CLAIMS.c.at_us, RETURN_CLAIMS.c.id))
_END = Prepared(delete(RETURN_CLAIMS).where(RETURN_CLAIMS.c.id == bindparam("id")))
_upsert_code = upsert(CODE_CLAIMS)
_CLAIM_CODE = Prepared(
    _upsert_code.on_conflict_do_update(
        index_elements=["code", "sale_id"],
        set_={name: _upsert_code.excluded[name] for name in ("at_us", "until_us")},
    )
)
_codes = CODE_CLAIMS.c
_CODES = Prepared(select(CODE_CLAIMS).order_by(_codes.at_us, _codes.code))
_END_CODE = Prepared(
    delete(CODE_CLAIMS).where(_codes.code == bindparam("code"), _codes.sale_id == bindparam("sale"))
)
_DROP_CLAIMS = tuple(Prepared(delete(table)) for table in (RETURN_CLAIMS, CODE_CLAIMS))
_ISSUED = Prepared(upsert(BATCHES_ELSEWHERE).on_conflict_do_nothing())
_ISSUED_AT = Prepared(
    select(BATCHES_ELSEWHERE.c.store_code).where(BATCHES_ELSEWHERE.c.id == bindparam("id"))
)
_SAID = msgspec.json.Decoder(SaleSaid)


class StoredElsewhere:
    """Implements `core.ports.elsewhere.Elsewhere`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, sale_id: UUID) -> SaleSaid | None:
        """Another till's sale, as the server told it last."""
        row = _GET.one(self._connection, sale=sale_id.bytes)
        return None if row is None else _SAID.decode(row[0])

    def by_no(self, no: str) -> SaleSaid | None:
        """The same by its number."""
        row = _BY_NO.one(self._connection, no=no)
        return None if row is None else _SAID.decode(row[0])

    def keep(self, said: SaleSaid, *, at_us: int) -> None:
        """As it is told now."""
        record = msgspec.json.encode(said).decode()
        self._connection.execute(_KEEP.sql, (said.id.bytes, said.no, record, at_us))

    def unname(self, member_ids: Collection[UUID]) -> None:
        """By the id in the record: there are few sales of others, and nothing else asks for it."""
        self._connection.executemany(_UNNAME, [(str(each),) for each in member_ids])

    def back(self, sale_id: UUID, now_us: int) -> Mapping[int, int]:
        """How much of each line others took back, or are about to."""
        return dict(_BACK.all(self._connection, sale=sale_id.bytes, now=now_us))

    def returns(self, sale_id: UUID) -> int:
        """How many returns others made of it."""
        row = _COUNT.one(self._connection, sale=sale_id.bytes)
        return int(row[0]) if row else 0

    def set_back(self, sale_id: UUID, parts: Iterable[PartBack]) -> None:
        """These, in place of those before."""
        _FORGET.run(self._connection, sale=sale_id.bytes)
        _ADD.many(
            self._connection,
            [
                (sale_id.bytes, part.return_id.bytes, part.no, part.quantity_milli, part.until_us)
                for part in parts
            ],
        )

    def keep_before(self, return_id: UUID, back: Mapping[int, int]) -> None:
        """What others had taken back when this return was made."""
        _ADD_BEFORE.many(
            self._connection, [(return_id.bytes, no, milli) for no, milli in back.items()]
        )

    def before(self, return_id: UUID) -> Mapping[int, int]:
        """The same, of a return that was made."""
        return dict(_WAS.all(self._connection, id=return_id.bytes))

    def claim(self, made: ClaimMade) -> None:
        """It is about to be sent, or was given."""
        row = (made.id.bytes, made.sale_id.bytes, made.at_us, made.until_us)
        self._connection.execute(_CLAIM.sql, row)

    def claims(self) -> tuple[ClaimMade, ...]:
        """Those that have not been used or given up, the oldest first."""
        return tuple(
            ClaimMade(UUID(bytes=ident), UUID(bytes=sale_id), at_us, until_us)
            for ident, sale_id, at_us, until_us in _CLAIMS.all(self._connection)
        )

    def end_claim(self, claim_id: UUID) -> None:
        """It was used, or the server has heard that it is not needed."""
        _END.run(self._connection, id=claim_id.bytes)

    def claim_code(self, made: CodeClaim) -> None:
        """It is about to be sent, or was given."""
        row = (made.code, made.sale_id.bytes, made.at_us, made.until_us)
        self._connection.execute(_CLAIM_CODE.sql, row)

    def code_claims(self) -> tuple[CodeClaim, ...]:
        """Those that have not been used or given up, the oldest first."""
        return tuple(
            CodeClaim(code, UUID(bytes=sale_id), at_us, until_us)
            for code, sale_id, at_us, until_us in _CODES.all(self._connection)
        )

    def end_code_claim(self, code: str, sale_id: UUID) -> None:
        """It was used, or the server has heard that it is not needed."""
        _END_CODE.run(self._connection, code=code, sale=sale_id.bytes)

    def drop_claims(self) -> None:
        """The chain was left."""
        for statement in _DROP_CLAIMS:
            statement.run(self._connection)

    def keep_batch(self, batch_id: UUID, store_code: str) -> None:
        """Codes that were issued at another till, of this store."""
        self._connection.execute(_ISSUED.sql, (batch_id.bytes, store_code))

    def batch_store(self, batch_id: UUID) -> str | None:
        """Where they were issued; None of those of here."""
        row = _ISSUED_AT.one(self._connection, id=batch_id.bytes)
        return None if row is None else str(row[0])
