"""名册: all members of a store by figures, in memory: filtered and sorted as fast as one types.

It is made in small steps, so that whoever makes it can answer between two of them; spending and
last visits come from the copy of the sales. Names, cards and phones stay in the store: the rows
in sight are looked up there.
"""

# ruff: noqa: S608 - numbers and names of our own, see roll_sql
from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from uuid import UUID

import duckdb
from msgspec.structs import replace

from core.errors import ReportBusy, RollNotReady
from core.members.birthday import next_celebration
from core.members.doubts import doubts_of
from core.members.segment import Segment
from core.ports.roll import Filling, Matched, RollDay, RolledMember, Wanted
from storage.birthday_columns import birthday_of
from storage.insight import roll_sql as sql
from storage.insight.copy import Copy, blinding
from storage.insight.memory import as_text, begin
from storage.insight.roll_profiles import profiles_of
from storage.insight.tables import BECAME, RETURNS, SALES, VOIDS
from storage.left_folders import INSIGHT, own_prefix
from storage.members import member_of
from storage.search_keys import name_key

if TYPE_CHECKING:
    from storage.store import TillStore

AT_ONCE = 10_000
SLICE_S = 0.1
FIRST_ROWS = 100
TAKEN_AT_ONCE = 500
Rows = Sequence[tuple[Any, ...]]
Connection = duckdb.DuckDBPyConnection


class _Enough(Exception): ...  # the turn is over; what was copied stays


class StoredRoll:
    """Implements `core.ports.roll.Roll`."""

    def __init__(self, store: TillStore, key: bytes, copy: Copy) -> None:
        self._store = store
        self._copy = copy
        self._blind = blinding(key)
        self._connection = begin(store.home)
        self._steps: Iterator[tuple[int, int]] | None = None
        self._far = (0, 0)
        self._made_of: tuple[object, ...] = ()
        self._made = 0
        self._day: RollDay | None = None
        self._tiers: Sequence[str] = ()
        self._typed: str | None = None
        self._kept: set[str] = set()
        self._last = 0
        self._wanted = Wanted()
        self._first: Rows = ()
        self._is_ordered = False

    def step(self, day: RollDay) -> Filling:
        """Do a little of what is to be done until the roll is as the store is."""
        self._tiers = day.tiers
        if self._steps is None:
            made_of = (day, *self._marks())
            if made_of == self._made_of:
                return self._told(is_done=True)
            self._steps = self._make(day, made_of)
        try:
            self._far = next(self._steps)
        except StopIteration:
            self._steps = None
            return self._told(is_done=not self._has_come())
        except BaseException:  # whatever stopped it, the next step begins anew
            self._steps = None
            raise
        return self._told(is_done=False)

    def _told(self, *, is_done: bool) -> Filling:
        return Filling(*self._far, self._day is not None, is_done, self._made)

    def find(self, wanted: Wanted) -> Matched:
        """Whom the rows are from now on."""
        self._wanted, self._is_ordered = wanted, False
        if self._day is None:
            self._first = self._some(name_key(wanted.text))
            return Matched(len(self._first), 0)
        self._type(wanted.text)
        where, order = self._where(wanted, self._day), sql.order(wanted)
        if sql.is_of_numbers(name_key(wanted.text)):
            found = self._all(sql.found(where, order, FIRST_ROWS))
            self._first = [row[:-2] for row in found]
            members, points = found[0][-2:] if found else (0, 0)
        else:
            asked = f"SELECT count(*), coalesce(sum(points), 0) FROM roll {where}"
            [(members, points)] = self._all(asked)
            asked = f"SELECT {sql.SHOWN} FROM roll {where} {order} LIMIT {FIRST_ROWS}"
            self._first = self._all(asked)
        return Matched(members, points, self._made)

    def rows(self, at: int, most: int) -> tuple[RolledMember | None, ...]:
        """Rows in their order from a place on; None for who is gone since."""
        if self._day is None or at + most <= FIRST_ROWS:
            return self.looked_up(self._first[at : at + most])
        if not self._is_ordered:
            self._type(self._wanted.text)
            where, order = self._where(self._wanted, self._day), sql.order(self._wanted)
            self._run(
                f"CREATE OR REPLACE TABLE ordered AS SELECT {sql.SHOWN} FROM roll {where} {order}"
            )
            self._is_ordered = True
        return self.looked_up(
            self._all(f"SELECT * FROM ordered WHERE rowid >= {at} AND rowid < {at + most}")
        )

    def meant(self, segment: Segment, most: int) -> tuple[UUID, ...]:
        """Who they are, in the order in which they joined; on any thread."""
        with self._beside() as (connection, day):
            found = connection.execute(
                f"SELECT n FROM roll WHERE {sql.meant(segment, day)} ORDER BY n LIMIT {most}"
            ).fetchall()
        with self._store.reader() as source:
            asked = (json.dumps([n for (n,) in found]),)
            rows = source.execute(sql.IDS_BY_N, asked).fetchall()
        return tuple(UUID(bytes=ident) for (ident,) in rows)

    @contextmanager
    def take(self, wanted: Wanted) -> Iterator[TakenMembers]:
        """All of them as they are now, on any thread."""
        with self._beside() as (connection, day):
            connection.execute(sql.TYPED_BESIDE, [self._numbers(name_key(wanted.text))])
            where = self._where(wanted, day, by_typed=sql.BY_TYPED_BESIDE)
            connection.execute(
                f"CREATE TEMP TABLE taken AS SELECT {sql.SHOWN} FROM roll "
                f"{where} {sql.order(wanted)}"
            )
            yield TakenMembers(self, connection)

    @contextmanager
    def _beside(self) -> Iterator[tuple[Connection, RollDay]]:
        """Another way to the same tables, for another thread. Raises RollNotReady."""
        day = self._day
        if day is None:
            raise RollNotReady()
        connection = self._connection.cursor()
        try:
            yield connection, day
        finally:
            connection.close()

    def count(self, segments: Sequence[Segment]) -> tuple[int, ...]:
        """How many members each means."""
        if self._day is None or not segments:
            return (0,) * len(segments)
        parts = ", ".join(
            f"count(*) FILTER (WHERE {sql.meant(segment, self._day)})" for segment in segments
        )
        return self._all(f"SELECT {parts} FROM roll")[0]

    # Asking

    def _where(self, wanted: Wanted, day: RollDay, *, by_typed: str = "") -> str:
        typed, by_text = name_key(wanted.text), "true"
        if typed:
            by_kept = sql.BY_KEPT if typed in self._kept else ""
            by_text = sql.head_of(typed) or by_typed or by_kept or sql.BY_TYPED
        return f"WHERE {sql.meant(wanted.segment, day)} AND {by_text}"

    def _type(self, text: str) -> None:
        typed = name_key(text)
        if not sql.is_of_numbers(typed) or typed == self._typed:
            return
        if typed not in self._kept:
            numbers = self._numbers(typed)
            if not self._keep(typed, numbers):
                self._run(sql.TYPED, [numbers])
        if typed in self._kept:
            self._run(sql.mean_kept(typed))
        self._typed = typed

    def _keep(self, typed: str, numbers: str) -> bool:
        """Whom a text means is kept where they are many: most searches begin with one of a few."""
        if len(numbers) <= sql.MANY:
            return False
        if typed not in self._kept:
            self._run(sql.keep(self._last), [typed, numbers])
            self._kept.add(typed)
        return True

    def _numbers(self, typed: str) -> str:
        """Of whom a text could mean, as one text."""
        if not typed:
            return ""
        with self._store.reader() as source:
            found = [
                str(row[0])
                for asked, values in sql.keys(typed)
                if (row := source.execute(sql.all_of(asked), values).fetchone()) and row[0]
            ]
        return ",".join(found)

    def _some(self, typed: str) -> Rows:
        """A first screen straight from the store: who joined last, or is called so."""
        with self._store.reader() as source:
            if not typed:
                found = source.execute(sql.NEWEST, ()).fetchall()
            else:
                ways = [
                    (f"{asked} LIMIT {FIRST_ROWS}", values) for asked, values in sql.keys(typed)
                ]
                found = [
                    row
                    for asked, values in ways
                    for row in source.execute(asked, values).fetchall()
                ]
        numbers = dict.fromkeys(row[0] for row in found)
        return [(n, None, None, None) for n in numbers][:FIRST_ROWS]

    def looked_up(
        self, shown: Rows, *, with_profiles: bool = False
    ) -> tuple[RolledMember | None, ...]:
        """With names, phones, tiers and points as the store has them now."""
        if not shown:
            return ()
        with self._store.reader() as source:
            asked = sql.MEMBERS_BY_N.format(",".join(str(row[0]) for row in shown))
            people = {row[0]: row[1:] for row in source.execute(asked, ()).fetchall()}
            profiles = profiles_of(source, people) if with_profiles else {}
        found = (
            _row(self._tiers, people[n], spent, last, born) if n in people else None
            for n, spent, last, born in shown
        )
        if not with_profiles:
            return tuple(found)
        return tuple(
            row and replace(row, profile=profiles[n])
            for row, (n, *_) in zip(found, shown, strict=True)
        )

    # Making

    def _marks(self) -> tuple[object, ...]:
        """What changes where anything does that the roll is made of."""
        with self._store.reader() as source:
            return tuple(source.execute(sql.MARKS, ()).fetchall())

    def _has_come(self) -> bool:
        """Whether anybody joined, or came in by an import, while it was being made.

        They are missed at once; what is sold meanwhile can wait until it is asked for again, or
        beside a busy counter there would be no end.
        """
        return self._marks()[:2] != self._made_of[1:3]

    def _make(self, day: RollDay, made_of: tuple[object, ...]) -> Iterator[tuple[int, int]]:
        with self._store.reader() as source:
            row = source.execute("SELECT max(n) FROM members", ()).fetchone()
        last = row[0] if row and row[0] else 0
        yield 0, last
        while not self._copied():
            yield 0, last
        self._take_spending(day)
        for part in sql.PARTS:
            self._run(part.create)
        for at in range(0, last, AT_ONCE):
            upto = min(at + AT_ONCE, last)
            self._take_members(day, at, upto)
            yield upto, last
        self._take_birthdays(day)
        self._run(sql.FINISH)
        self._kept, self._last = set(), last
        self._typed, self._day, self._made_of, self._is_ordered = None, day, made_of, False
        self._made += 1
        ahead = list(sql.COMMON_SIGNS)
        for typed in ahead:
            numbers = self._numbers(typed)
            self._keep(typed, numbers)
            if len(numbers) > sql.VERY_MANY and typed.isascii():
                ahead += [typed + letter for letter in sql.LETTERS]
            yield last, last

    def _copied(self) -> bool:
        """Whether the copy of the sales has all; else a little more has been copied."""
        until = time.monotonic() + SLICE_S

        def on_copied(_copied: int, _all: int) -> None:
            if time.monotonic() > until:
                raise _Enough

        try:
            with self._copy.opened(patience_s=SLICE_S) as copy:
                copy.keep_up(on_copied, (SALES, VOIDS, RETURNS, BECAME))
        except (_Enough, ReportBusy):
            return False
        return True

    def _take_spending(self, day: RollDay) -> None:
        with TemporaryDirectory(dir=self._store.home, prefix=own_prefix(INSIGHT)) as folder:
            file = Path(folder) / "spent.csv"
            with self._copy.opened() as copy:
                copy.run(sql.spending(day, file))
            self._run(sql.TAKE_SPENDING, [str(file)])

    def _take_members(self, day: RollDay, after: int, upto: int) -> None:
        ends = (day.today.toordinal(), day.today.toordinal() + sql.AHEAD)
        given = {"end": (*ends, after, upto)}

        def doubted(name: str, phone: str | None, *born: int | None) -> int:
            year, month, on = born
            found = doubts_of(name, phone, (year, month, on), day.today.year)
            return sum(sql.DOUBTS[doubt] for doubt in found)

        with self._store.reader() as source:
            source.create_function("blind", 1, self._blind)
            source.create_function("doubted", 5, doubted)
            for part in sql.PARTS:
                rows = source.execute(part.source, given.get(part.name, (after, upto))).fetchall()
                if rows:
                    tiers = [list(day.tiers)] if part.name in sql.RANKED else []
                    self._run(part.take, [*tiers, *tiers, as_text(rows)])

    def _take_birthdays(self, day: RollDay) -> None:
        """When each birthday that somebody has is celebrated next, and first in this month."""
        self._run(
            "CREATE OR REPLACE TABLE births (born INTEGER, next_on INTEGER, month_on INTEGER)"
        )
        first = day.today.replace(day=1)
        for (born,) in self._all("SELECT DISTINCT born FROM new_member WHERE born IS NOT NULL"):
            birthday = birthday_of((born // 100 % 100, born % 100, None, born // 10_000))
            assert birthday is not None
            days = [next_celebration(birthday, each, day.leap_day) for each in (day.today, first)]
            self._run("INSERT INTO births VALUES (?, ?, ?)", [born, *map(date.toordinal, days)])

    def _run(self, text: str, values: Sequence[object] = ()) -> None:
        self._connection.execute(text, list(values))

    def _all(self, text: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._connection.execute(text).fetchall()
        return found


class TakenMembers:
    """Implements `core.ports.roll.Taken`."""

    def __init__(self, roll: StoredRoll, connection: Connection) -> None:
        self._roll = roll
        self._connection = connection
        row = connection.execute("SELECT count(*) FROM taken").fetchone()
        self.members: int = row[0] if row else 0

    def batches(self, *, with_profiles: bool = False) -> Iterator[tuple[RolledMember | None, ...]]:
        """In their order, some hundred at once."""
        for at in range(0, self.members, TAKEN_AT_ONCE):
            part = f"SELECT * FROM taken WHERE rowid >= {at} AND rowid < {at + TAKEN_AT_ONCE}"
            rows = self._connection.execute(part).fetchall()
            yield self._roll.looked_up(rows, with_profiles=with_profiles)


def _row(
    tiers: Sequence[str],
    person: tuple[Any, ...],
    spent: int | None,
    last: int | None,
    born: int | None,
) -> RolledMember:
    *fields, held, points = person
    member = member_of(tuple(fields))
    known = [code for code in (member.tier, held) if code in tiers]
    tier = max(known, key=tiers.index, default=member.tier)
    return RolledMember(
        member,
        tier,
        points,
        spent,
        None if last is None else date.fromordinal(last),
        None if born is None or member.birthday is None else date.fromordinal(born),
    )
