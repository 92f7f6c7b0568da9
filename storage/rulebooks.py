"""规则册: every version, kept for ever, since sales name the one they used.

On a till of its own the newest one holds. Head office says of each from which day it does: then
the one that holds is named (`rulebook_held`), and changes when the day comes. What the shop itself
has planned for a day (`own_rulebook_plans`) gets its version when it begins, and may go before.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache

from sqlalchemy import (
    CheckConstraint,
    Column,
    Integer,
    String,
    Table,
    bindparam,
    func,
    insert,
    select,
)

from core.errors import NoStore, SaleBroken
from core.ports.plans import OwnPlan
from core.rulebook.parse import record_of, rulebook_of
from core.rulebook.rulebook import Rulebook
from storage.columns import METADATA, Connection, Prepared, day_column, day_or_none, keep_for_ever

RULEBOOKS = Table(
    "rulebooks",
    METADATA,
    Column("version", Integer, primary_key=True),
    Column("record", String, nullable=False),
)

keep_for_ever(RULEBOOKS)

HELD = Table(
    "rulebook_held",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    Column("version", Integer, nullable=False),
)

PLANNED = Table(
    "rulebooks_planned",
    METADATA,
    Column("version", Integer, primary_key=True),
    day_column("begins_on", nullable=False),
    day_column("refused_on"),
)

OWN_PLANS = Table(
    "own_rulebook_plans",
    METADATA,
    day_column("begins_on", primary_key=True),
    Column("record", String, nullable=False),
    Column("staff_no", Integer, nullable=False),
    day_column("refused_on"),
)

_NEWEST = select(func.max(RULEBOOKS.c.version)).scalar_subquery()
_HELD = select(HELD.c.version).scalar_subquery()
_LAST = Prepared(select(func.coalesce(_HELD, _NEWEST)))
_KNOWN = Prepared(select(_NEWEST))
_PIN = "INSERT OR IGNORE INTO rulebook_held SELECT 1, max(version) FROM rulebooks"
_HOLD = "UPDATE rulebook_held SET version = ?"
_PLAN = "INSERT OR REPLACE INTO rulebooks_planned VALUES (?, ?, NULL)"
_FORGET_PLANNED = "DELETE FROM rulebooks_planned"
_REFUSE = "UPDATE rulebooks_planned SET refused_on = ? WHERE version = ?"
_PLANNED = Prepared(
    select(PLANNED.c.version, PLANNED.c.begins_on).order_by(PLANNED.c.begins_on, PLANNED.c.version)
)
_DUE = Prepared(
    select(PLANNED.c.version, PLANNED.c.refused_on, _HELD)
    .where(PLANNED.c.begins_on <= bindparam("on"))
    .order_by(PLANNED.c.begins_on.desc(), PLANNED.c.version.desc())
    .limit(1)
)
_INTENDED = "SELECT begins_on, record, staff_no FROM own_rulebook_plans ORDER BY begins_on"
_INTEND = "INSERT OR REPLACE INTO own_rulebook_plans VALUES (?, ?, ?, NULL)"
_WITHDRAW = "DELETE FROM own_rulebook_plans WHERE begins_on BETWEEN ? AND ?"
_REFUSE_OWN = "UPDATE own_rulebook_plans SET refused_on = ? WHERE begins_on = ?"
_OWN_DUE = Prepared(
    select(OWN_PLANS.c.begins_on, OWN_PLANS.c.record, OWN_PLANS.c.staff_no, OWN_PLANS.c.refused_on)
    .where(OWN_PLANS.c.begins_on <= bindparam("on"))
    .order_by(OWN_PLANS.c.begins_on.desc())
    .limit(1)
)
_GET = Prepared(select(RULEBOOKS.c.record).where(RULEBOOKS.c.version == bindparam("version")))
_INSERT = Prepared(insert(RULEBOOKS))
_VERSIONS = "SELECT version FROM rulebooks ORDER BY version DESC"
_ENDS = "SELECT coalesce(min(n), 0), coalesce(max(n), -1) FROM sales"
_LEAST_LIFE = "SELECT coalesce(min(incarnation), 0) FROM sales"
_FIRST_DAY = "SELECT min(business_on) FROM sales WHERE rulebook_version = ?"
_SALE_FROM = "SELECT n, rulebook_version, business_on FROM sales WHERE n >= ? ORDER BY n LIMIT 1"


class StoredRulebooks:
    """Implements `core.ports.Rulebooks`.

    `known` keeps the newest version that others read from the same file: what is committed under a
    version never changes, and hundreds of offers are not read again by each scan.
    """

    __slots__ = ("_connection", "_known")

    def __init__(self, connection: Connection, known: dict[int, Rulebook] | None = None) -> None:
        self._connection = connection
        self._known = known

    def current(self) -> Rulebook:
        """The version that holds; NoStore where the till was never set up."""
        row = _LAST.one(self._connection)
        if row is None or row[0] is None:
            raise NoStore("")
        version = row[0]
        if self._known is None:
            return self.get(version)
        if (rulebook := self._known.get(version)) is None:
            rulebook = self.get(version)
            self._known.clear()
            self._known[version] = rulebook
        return rulebook

    def get(self, version: int) -> Rulebook:
        """The version that a sale was priced under; SaleBroken where it is not there."""
        rulebook = self.find(version)
        if rulebook is None:
            raise SaleBroken("rulebook")
        return rulebook

    def find(self, version: int) -> Rulebook | None:
        """A version, whether it holds or not."""
        row = _GET.one(self._connection, version=version)
        return None if row is None else _rulebook(row[0])

    def newest(self) -> int:
        """The highest version that is kept; 0 where there is none."""
        row = _KNOWN.one(self._connection)
        return 0 if row is None or row[0] is None else int(row[0])

    def versions(self) -> tuple[int, ...]:
        """All that are kept, the highest first."""
        return tuple(version for (version,) in self._connection.execute(_VERSIONS).fetchall())

    def first_on(self, version: int) -> date | None:
        """The business date of the first sale under it: versions only ever rise, so it is halved.

        None where nothing was sold under it. Sales of other tills come in no order: an office PC
        goes through all of them.
        """
        ((least,),) = self._connection.execute(_LEAST_LIFE).fetchall()
        if least < 0:
            ((day,),) = self._connection.execute(_FIRST_DAY, (version,)).fetchall()
            return day_or_none(day)
        ((low, high),) = self._connection.execute(_ENDS).fetchall()
        first = None
        while low <= high:
            middle = (low + high) // 2
            ((n, found, on),) = self._connection.execute(_SALE_FROM, (middle,)).fetchall()
            if found < version:
                low = n + 1
            else:
                first = (found, on)
                high = middle - 1
        return date.fromordinal(first[1]) if first and first[0] == version else None

    def add(self, rulebook: Rulebook) -> None:
        """Publish a version: it holds from now on."""
        self._keep(rulebook)
        self.hold(rulebook.version)

    def plan(self, rulebook: Rulebook, begins_on: date) -> None:
        """Keep one of head office for its day."""
        self._connection.execute(_PIN)
        if self.find(rulebook.version) is None:
            self._keep(rulebook)
        self._connection.execute(_PLAN, (rulebook.version, begins_on.toordinal()))

    def planned(self) -> tuple[tuple[int, date], ...]:
        """Those of head office with their days."""
        rows = _PLANNED.all(self._connection)
        return tuple((version, date.fromordinal(begins_on)) for version, begins_on in rows)

    def forget_planned(self) -> None:
        """Head office tells once more which there are."""
        self._connection.execute(_FORGET_PLANNED)

    def due(self, on: date) -> int | None:
        """What should hold on a day and does not."""
        row = _DUE.one(self._connection, on=on.toordinal())
        if row is None or row[0] == row[2] or row[1] == on.toordinal():
            return None
        return int(row[0])

    def hold(self, version: int) -> None:
        """It is the current one; without head office the newest one is, and nothing is named."""
        self._connection.execute(_HOLD, (version,))

    def refuse(self, version: int, on: date) -> None:
        """It is asked again another day."""
        self._connection.execute(_REFUSE, (on.toordinal(), version))

    def intend(self, own: OwnPlan) -> None:
        """Keep one of the shop's own for its day."""
        row = (own.begins_on.toordinal(), _text(own.rulebook), own.staff_no)
        self._connection.execute(_INTEND, row)

    def intended(self) -> tuple[OwnPlan, ...]:
        """Those of the shop's own, in the order they begin."""
        rows = self._connection.execute(_INTENDED).fetchall()
        return tuple(_own(*row) for row in rows)

    def own_due(self, on: date) -> OwnPlan | None:
        """The last that should hold on a day; None where it was refused that day."""
        row = _OWN_DUE.one(self._connection, on=on.toordinal())
        if row is None or row[3] == on.toordinal():
            return None
        return _own(*row[:3])

    def withdraw(self, first: date, last: date) -> None:
        """Those of the shop's own that begin on these days, both inclusive, are no more."""
        self._connection.execute(_WITHDRAW, (first.toordinal(), last.toordinal()))

    def refuse_own(self, begins_on: date, on: date) -> None:
        """It is asked again another day."""
        self._connection.execute(_REFUSE_OWN, (on.toordinal(), begins_on.toordinal()))

    def _keep(self, rulebook: Rulebook) -> None:
        self._connection.execute(_INSERT.sql, (rulebook.version, _text(rulebook)))


def _text(rulebook: Rulebook) -> str:
    return json.dumps(record_of(rulebook), ensure_ascii=False, sort_keys=True)


def _own(begins_on: int, record: str, staff_no: int) -> OwnPlan:
    return OwnPlan(date.fromordinal(begins_on), _rulebook(record), staff_no)


@lru_cache(maxsize=8)
def _rulebook(record: str) -> Rulebook:
    return rulebook_of(json.loads(record))
