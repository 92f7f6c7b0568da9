"""会员资料: what is kept of a person beside their name, and each change; how long it may lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

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
    select,
)

from core.members.profile import FieldEdit, MemberRules
from storage.columns import METADATA, Connection, Prepared, uuid_column

MEMBER_PROFILES = Table(
    "member_profiles",
    METADATA,
    uuid_column("member_id", primary_key=True),
    Column("field", String, primary_key=True),
    Column("value", String, nullable=False),
    Index("member_profiles_value", "field", "value"),
    sqlite_with_rowid=False,
)

MEMBER_EDITS = Table(
    "member_edits",
    METADATA,
    uuid_column("member_id", primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("field", String, nullable=False),
    Column("before", String, nullable=False),
    Column("after", String, nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    sqlite_with_rowid=False,
)

MEMBER_RULES = Table(
    "member_rules",
    METADATA,
    Column("id", SmallInteger, CheckConstraint("id = 1"), primary_key=True),
    Column("verify_months", Integer, nullable=False),
    Column("asleep_years", Integer, nullable=False),
    sqlite_with_rowid=False,
)

_P, _E = MEMBER_PROFILES.c, MEMBER_EDITS.c
_OF = Prepared(select(_P.field, _P.value).where(_P.member_id == bindparam("member")))
_WRITE = Prepared(insert(MEMBER_PROFILES).prefix_with("OR REPLACE"))
_CLEAR = Prepared(
    delete(MEMBER_PROFILES).where(
        _P.member_id == bindparam("member"), _P.field == bindparam("field")
    )
)
_HAVING = Prepared(
    select(_P.member_id)
    .where(_P.field == bindparam("field"), _P.value == bindparam("value"))
    .order_by(_P.member_id)
    .limit(bindparam("most"))
)
_EDITED = Prepared(insert(MEMBER_EDITS))
_PLACE = Prepared(
    select(func.coalesce(func.max(_E.place), 0)).where(_E.member_id == bindparam("member"))
)
_EDITS = Prepared(
    select(_E.field, _E.before, _E.after, _E.at_us, _E.staff_no)
    .where(_E.member_id == bindparam("member"))
    .order_by(_E.place.desc())
)
_RULES = Prepared(select(MEMBER_RULES.c.verify_months, MEMBER_RULES.c.asleep_years))
_SET_RULES = Prepared(insert(MEMBER_RULES).prefix_with("OR REPLACE"))


class StoredProfiles:
    """Implements `core.ports.members.Profiles`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, member_id: UUID) -> dict[str, str]:
        """What is known, by field."""
        return dict(_OF.all(self._connection, member=member_id.bytes))

    def write(self, member_id: UUID, values: Mapping[str, str]) -> None:
        """Other values of these fields; "" leaves none."""
        kept = [(member_id.bytes, field, value) for field, value in values.items() if value]
        _WRITE.many(self._connection, kept)
        for field in (field for field, value in values.items() if not value):
            _CLEAR.run(self._connection, member=member_id.bytes, field=field)

    def having(self, field: str, value: str, *, limit: int) -> tuple[UUID, ...]:
        """Who has this value in this field."""
        rows = _HAVING.all(self._connection, field=field, value=value, most=limit)
        return tuple(UUID(bytes=ident) for (ident,) in rows)

    def keep_edits(self, member_id: UUID, edits: Sequence[FieldEdit]) -> None:
        """What was changed just now, beside all that was before."""
        row = _PLACE.one(self._connection, member=member_id.bytes)
        last = row[0] if row else 0
        _EDITED.many(
            self._connection,
            [
                (member_id.bytes, place, e.field, e.before, e.after, e.at_us, e.staff_no)
                for place, e in enumerate(edits, last + 1)
            ],
        )

    def edits(self, member_id: UUID) -> tuple[FieldEdit, ...]:
        """All changes, the newest first."""
        rows = _EDITS.all(self._connection, member=member_id.bytes)
        return tuple(FieldEdit(*row) for row in rows)

    def rules(self) -> MemberRules:
        """When data is old, and how long it may lie."""
        row = _RULES.one(self._connection)
        return MemberRules() if row is None else MemberRules(*row)

    def set_rules(self, rules: MemberRules) -> None:
        """In the place of those before."""
        row = (1, rules.verify_months, rules.asleep_years)
        self._connection.execute(_SET_RULES.sql, row)
