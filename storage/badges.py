"""工牌: which code chooses which person at the lock screen; it is no secret and no PIN."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, bindparam, delete, insert, select

from storage.columns import METADATA, Connection, Prepared

STAFF_BADGES = Table(
    "staff_badges",
    METADATA,
    Column("staff_no", Integer, primary_key=True, autoincrement=False),
    Column("code", String, nullable=False, unique=True),
    sqlite_with_rowid=False,
)

_WHOSE = Prepared(select(STAFF_BADGES.c.staff_no).where(STAFF_BADGES.c.code == bindparam("code")))
_ALL = Prepared(select(STAFF_BADGES.c.staff_no, STAFF_BADGES.c.code))
_BIND = Prepared(insert(STAFF_BADGES).prefix_with("OR REPLACE"))
_FREE = Prepared(delete(STAFF_BADGES).where(STAFF_BADGES.c.staff_no == bindparam("staff_no")))


class StoredBadges:
    """Implements `core.ports.hands.Badges`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def whose(self, code: str) -> int | None:
        """The number of the person with this badge."""
        row = _WHOSE.one(self._connection, code=code)
        return None if row is None else int(row[0])

    def all(self) -> dict[int, str]:
        """The badge of each person who has one."""
        return {int(row[0]): str(row[1]) for row in _ALL.all(self._connection)}

    def bind(self, staff_no: int, code: str) -> None:
        """This is the person's badge now, an earlier one is nobody's."""
        self._connection.execute(_BIND.sql, (staff_no, code))

    def free(self, staff_no: int) -> bool:
        """The person has no badge any more; False where there was none."""
        return _FREE.run(self._connection, staff_no=staff_no) > 0
