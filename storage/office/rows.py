"""门店 · 收银台 · 入网码 · 案件: the small tables of the server, row ↔ value."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any
from uuid import UUID

from msgspec.structs import asdict
from sqlalchemy import (
    Connection,
    Executable,
    Table,
    bindparam,
    delete,
    func,
    insert,
    null,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert_there
from sqlalchemy.dialects.sqlite import insert as upsert_here

from core.ports.office import Admin, Branch, ChainStore, EnrolledTill, EnrolmentCode
from core.sync.cases import CASE
from core.trust.cases import Case
from core.trust.signals import Signal
from storage.office.rounds import alone_or_all
from storage.office.tables import ADMINS, BRANCHES, CASES, CODES, DUTIES, STORES, TILLS

Tell = Callable[[str, str, str | None], None]
"""Notes a change for tills: topic, what it is about, and the store that it is for."""
_STORE = select(STORES).where(STORES.c.code == bindparam("of"))
_STORES = select(STORES).order_by(STORES.c.code)
_TILL = select(TILLS).where(TILLS.c.id == bindparam("of"))
_TILL_AT = select(TILLS).where(
    TILLS.c.store_code == bindparam("of"),
    TILLS.c.till_no == bindparam("no"),
    TILLS.c.revoked_us.is_(None),
)
_TILLS = select(TILLS).order_by(TILLS.c.store_code, TILLS.c.till_no, TILLS.c.enrolled_us)
_TILLS_OF = _TILLS.where(TILLS.c.store_code == bindparam("of"))
_STORES_OF = select(TILLS.c.id, TILLS.c.store_code).where(
    TILLS.c.id.in_(bindparam("ids", expanding=True))
)
_CODE = select(CODES).where(CODES.c.digest == bindparam("of"))
# Two tills that come at once with one code wait for each other; SQLite has one writer anyway.
_CLAIM = _CODE.with_for_update()
_END_CODES = (
    update(CODES)
    .where(
        CODES.c.store_code == bindparam("of"),
        CODES.c.till_no == bindparam("no"),
        CODES.c.used_us.is_(None),
    )
    .values(used_us=bindparam("at"))
)
_ADMIN = select(ADMINS).where(ADMINS.c.digest == bindparam("of")).with_for_update()
_ANY_ADMIN = select(ADMINS.c.digest).limit(1)
_ADMIN_BY_TOKEN = select(ADMINS).where(ADMINS.c.token_digest == bindparam("of"))
_END_ADMIN_CODES = update(ADMINS).where(ADMINS.c.used_us.is_(None)).values(used_us=bindparam("at"))
_BRANCH = select(BRANCHES).where(
    BRANCHES.c.till_id == bindparam("of"), BRANCHES.c.incarnation == bindparam("no")
)
_BRANCHES = (
    select(BRANCHES).where(BRANCHES.c.till_id == bindparam("of")).order_by(BRANCHES.c.incarnation)
)
_BRANCH_BY_TOKEN = select(BRANCHES).where(BRANCHES.c.token_digest == bindparam("of"))
_OPEN_CASES = select(CASES).where(CASES.c.closed_us.is_(None)).order_by(CASES.c.at_us, CASES.c.id)
_COUNT_CASES = select(func.count()).select_from(CASES).where(CASES.c.closed_us.is_(None))
_CLOSE = (
    update(CASES)
    .where(CASES.c.id == bindparam("of"), CASES.c.closed_us.is_(None))
    .values(closed_us=bindparam("at"))
)
_CASE = select(CASES.c.id).where(
    CASES.c.kind == bindparam("of"), CASES.c.about == bindparam("about")
)
_ONE_CASE = select(CASES).where(CASES.c.id == bindparam("of"))
_STORE_OF_TILL = select(TILLS.c.store_code).where(TILLS.c.id == bindparam("of"))
_REOPEN = update(CASES).where(CASES.c.id == bindparam("of")).values(closed_us=null())
_DUTY = select(DUTIES.c.pos).where(DUTIES.c.name == bindparam("of"))
_OWN_DUTY = _DUTY.with_for_update()
_END_DUTY = delete(DUTIES).where(DUTIES.c.name == bindparam("of"))


def keep(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """A new row, or what has changed of the one with the same key."""
    keep_all(connection, table, [row])


def keep_all(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """The same of several rows, at least one, which have the same columns."""
    connection.execute(upsert(connection.dialect.name, table, tuple(rows[0])), alone_or_all(rows))


@lru_cache(maxsize=64)
def upsert(dialect: str, table: Table, names: tuple[str, ...]) -> Executable:
    """Made once: making it takes longer than the database does."""
    made = (upsert_there if dialect == "postgresql" else upsert_here)(table)
    keys = [column.name for column in table.primary_key]
    changed = {name: made.excluded[name] for name in names if name not in keys}
    return made.on_conflict_do_update(index_elements=keys, set_=changed)


class StoredStores:
    """Implements `core.ports.office.Stores`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, code: str) -> ChainStore | None:
        row = self._connection.execute(_STORE, {"of": code}).one_or_none()
        return ChainStore(*row) if row else None

    def all(self) -> tuple[ChainStore, ...]:
        return tuple(ChainStore(*row) for row in self._connection.execute(_STORES))

    def keep(self, store: ChainStore) -> None:
        keep(self._connection, STORES, asdict(store))


class StoredTills:
    """Implements `core.ports.office.Tills`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, till_id: UUID) -> EnrolledTill | None:
        row = self._connection.execute(_TILL, {"of": till_id}).one_or_none()
        return EnrolledTill(*row) if row else None

    def at(self, store_code: str, till_no: int) -> EnrolledTill | None:
        if not till_no:
            return None  # an office PC stands at no place
        given = {"of": store_code, "no": till_no}
        row = self._connection.execute(_TILL_AT, given).one_or_none()
        return EnrolledTill(*row) if row else None

    def stores_of(self, till_ids: Collection[UUID]) -> dict[UUID, str]:
        if not till_ids:
            return {}
        found = self._connection.execute(_STORES_OF, {"ids": sorted(till_ids)})
        return dict(map(tuple, found))

    def all(self) -> tuple[EnrolledTill, ...]:
        return tuple(EnrolledTill(*row) for row in self._connection.execute(_TILLS))

    def of_store(self, store_code: str) -> tuple[EnrolledTill, ...]:
        found = self._connection.execute(_TILLS_OF, {"of": store_code})
        return tuple(EnrolledTill(*row) for row in found)

    def keep(self, till: EnrolledTill) -> None:
        keep(self._connection, TILLS, asdict(till))


class StoredBranches:
    """Implements `core.ports.office.Branches`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, till_id: UUID, incarnation: int) -> Branch | None:
        row = self._connection.execute(_BRANCH, {"of": till_id, "no": incarnation}).one_or_none()
        return Branch(*row) if row else None

    def of(self, till_id: UUID) -> tuple[Branch, ...]:
        return tuple(Branch(*row) for row in self._connection.execute(_BRANCHES, {"of": till_id}))

    def by_token(self, token_digest: bytes) -> Branch | None:
        row = self._connection.execute(_BRANCH_BY_TOKEN, {"of": token_digest}).one_or_none()
        return Branch(*row) if row else None

    def keep(self, branch: Branch) -> None:
        keep(self._connection, BRANCHES, asdict(branch))


class StoredCodes:
    """Implements `core.ports.office.Codes`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, digest: bytes) -> EnrolmentCode | None:
        row = self._connection.execute(_CODE, {"of": digest}).one_or_none()
        return EnrolmentCode(*row) if row else None

    def claim(self, digest: bytes) -> EnrolmentCode | None:
        row = self._connection.execute(_CLAIM, {"of": digest}).one_or_none()
        return EnrolmentCode(*row) if row else None

    def keep(self, code: EnrolmentCode) -> None:
        keep(self._connection, CODES, asdict(code))

    def end(self, store_code: str, till_no: int, *, at_us: int) -> None:
        given = {"of": store_code, "no": till_no, "at": at_us}
        self._connection.execute(_END_CODES, given)


class StoredCases:
    """Implements `core.ports.office.Cases`."""

    def __init__(self, connection: Connection, tell: Tell) -> None:
        self._connection = connection
        self._tell = tell

    def add(self, case: Case, *, is_told: bool = True) -> None:
        self._connection.execute(insert(CASES), asdict(case))
        if is_told:
            self._tell_of(case)

    def _tell_of(self, case: Case) -> None:
        till = self._connection.execute(_STORE_OF_TILL, {"of": case.till_id}).scalar()
        self._tell(CASE, case.id.hex, till)

    def get(self, case_id: UUID) -> Case | None:
        row = self._connection.execute(_ONE_CASE, {"of": case_id}).one_or_none()
        return Case(*row) if row else None

    def is_there(self, kind: str, about: str) -> bool:
        given = {"of": kind, "about": about}
        return self._connection.execute(_CASE, given).first() is not None

    def open(self) -> tuple[Case, ...]:
        return tuple(Case(*row) for row in self._connection.execute(_OPEN_CASES))

    def count_open(self) -> int:
        return int(self._connection.execute(_COUNT_CASES).scalar_one())

    def close(self, case_id: UUID, *, at_us: int) -> bool:
        given = {"of": case_id, "at": at_us}
        is_closed = self._connection.execute(_CLOSE, given).rowcount > 0
        case = self.get(case_id) if is_closed else None
        if case is not None and case.kind not in set(Signal):
            self._tell_of(case)
        return is_closed

    def reopen(self, case_id: UUID) -> None:
        self._connection.execute(_REOPEN, {"of": case_id})


class StoredDuties:
    """Implements `core.ports.office.Duties`."""

    def __init__(self, connection: Connection, *, writes: bool) -> None:
        self._connection = connection
        self._get = _OWN_DUTY if writes else _DUTY

    def get(self, name: str) -> int | None:
        return self._connection.execute(self._get, {"of": name}).scalar()

    def all(self) -> dict[str, int]:
        return {row.name: row.pos for row in self._connection.execute(select(DUTIES))}

    def keep(self, name: str, pos: int) -> None:
        keep(self._connection, DUTIES, {"name": name, "pos": pos})

    def end(self, name: str) -> None:
        self._connection.execute(_END_DUTY, {"of": name})


class StoredAdmins:
    """Implements `core.ports.office.Admins`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def has_any(self) -> bool:
        return self._connection.execute(_ANY_ADMIN).first() is not None

    def claim(self, digest: bytes) -> Admin | None:
        row = self._connection.execute(_ADMIN, {"of": digest}).one_or_none()
        return Admin(*row) if row else None

    def by_token(self, token_digest: bytes) -> Admin | None:
        row = self._connection.execute(_ADMIN_BY_TOKEN, {"of": token_digest}).one_or_none()
        return Admin(*row) if row else None

    def keep(self, admin: Admin) -> None:
        keep(self._connection, ADMINS, asdict(admin))

    def end_codes(self, *, at_us: int) -> None:
        self._connection.execute(_END_ADMIN_CODES, {"at": at_us})
