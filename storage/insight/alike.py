"""可能是同一个人: all members beside each other, in memory, by numbers made of their data.

A name, a card or pinyin is its hash, good for this process only; a phone is its digits, for one of
them may be wrong. The store has no index for any of it, and DuckDB compares a million in seconds.
"""

# ruff: noqa: S608 - numbers and names of our own
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.ports.alike import AlikeFound, AlikePair, OnLooked, Why
from storage.insight.memory import as_text, begin, rows_from
from storage.search_keys import MemberKey

if TYPE_CHECKING:
    from storage.store import TillStore

AT_ONCE = 20_000
LONGEST_PHONE = 11
_WHYS = tuple(Why)
_PEOPLE = (
    "SELECT n, phone, card_no, name, birth_calendar * 10000 + birth_month * 100 + birth_day, "
    "birth_year FROM members m WHERE n > ? AND n <= ? AND name <> '' "
    "AND NOT EXISTS (SELECT 1 FROM merged_members g WHERE g.member_id = m.id)"
)
_PINYIN = "SELECT n, key FROM member_keys WHERE kind = ? AND key > ? ORDER BY key, n LIMIT ?"
_IDS = "SELECT n, id FROM members WHERE n IN (SELECT value FROM json_each('[' || ? || ']'))"
_CREATE = (
    "CREATE TABLE people (n INTEGER, phone BIGINT, card BIGINT, name BIGINT, born INTEGER, "
    "year SMALLINT); CREATE TABLE pinyin (n INTEGER, key BIGINT)"
)
_BY = {
    Why.PHONE: "SELECT list(n) AS who FROM people WHERE phone IS NOT NULL GROUP BY phone",
    Why.CARD: "SELECT list(n) AS who FROM people GROUP BY card",
    Why.NAME_BIRTHDAY: (
        "SELECT list(n) AS who FROM people WHERE born IS NOT NULL GROUP BY name, born "
        "HAVING count(DISTINCT year) <= 1 UNION ALL SELECT list(n) FROM people "
        "WHERE year IS NOT NULL AND born IS NOT NULL GROUP BY name, born, year"
    ),
    Why.PINYIN_PHONE: (
        "SELECT list(p.n) AS who FROM people p JOIN pinyin USING (n), "
        f"(SELECT unnest([{', '.join(str(10**at) for at in range(LONGEST_PHONE))}]) AS place) "
        "WHERE phone IS NOT NULL GROUP BY key, place, phone - phone // place % 10 * place "
        "HAVING count(DISTINCT phone) > 1"
    ),
    Why.PINYIN_BIRTHDAY: (
        "SELECT list(p.n) AS who FROM people p JOIN pinyin USING (n) "
        "WHERE year IS NOT NULL AND born IS NOT NULL GROUP BY key, born, year "
        "HAVING count(DISTINCT name) > 1"
    ),
}
_PERSON = {
    "n": "INTEGER",
    "phone": "BIGINT",
    "card": "BIGINT",
    "name": "BIGINT",
    "born": "INTEGER",
    "year": "SMALLINT",
}
_TAKE = {
    "people": f"INSERT INTO people SELECT * FROM {rows_from(_PERSON)}",
    "pinyin": f"INSERT INTO pinyin SELECT * FROM {rows_from({'n': 'INTEGER', 'key': 'BIGINT'})}",
}


class StoredAlike:
    """Implements `core.ports.alike.Alike`; all of it is made anew for each look."""

    def __init__(self, store: TillStore) -> None:
        self._store = store

    def find(self, most: int, on_looked: OnLooked) -> AlikeFound:
        """The likeliest pairs, the strongest first."""
        connection = begin(self._store.home)
        try:
            connection.execute(_CREATE)
            for name, rows in self._rows(on_looked):
                if rows:
                    connection.execute(_TAKE[name], [as_text(rows)])
            pairs = self._told_by_id(connection.execute(_pairs_sql()).fetchall())
            return AlikeFound(tuple(pairs[:most]), len(pairs))
        finally:
            connection.close()

    def _rows(self, on_looked: OnLooked) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        """Parts of all tables; two looks at all members are what takes the time."""
        last = self._asked("SELECT coalesce(max(n), 0) FROM members", ())[0][0]
        for at in range(0, last, AT_ONCE):
            on_looked(at // 2, last)
            found = self._asked(_PEOPLE, (at, at + AT_ONCE))
            yield "people", [_person(*row) for row in found]
        after, looked = "", 0
        while found := self._asked(_PINYIN, (int(MemberKey.PINYIN), after, AT_ONCE)):
            looked += len(found)
            on_looked(min(last, (last + looked) // 2), last)
            # the last key may go on behind the part: it is taken whole in the next one
            whole = found if len(found) < AT_ONCE else [r for r in found if r[1] != found[-1][1]]
            whole = whole or found
            after = whole[-1][1]
            yield "pinyin", [(n, _number(key)) for n, key in whole]

    def _asked(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with self._store.reader() as source:
            return source.execute(sql, values).fetchall()

    def _told_by_id(self, found: Sequence[tuple[int, int, int]]) -> list[AlikePair]:
        """Without those whom a person told apart."""
        apart = set(self._asked("SELECT one_id, other_id FROM distinct_members", ()))
        numbers = ",".join({str(n) for one, other, _ in found for n in (one, other)})
        ids = dict(self._asked(_IDS, (numbers,)))
        return [
            AlikePair(
                UUID(bytes=ids[one]),
                UUID(bytes=ids[other]),
                tuple(why for at, why in enumerate(_WHYS) if whys >> at & 1),
            )
            for one, other, whys in found
            if one in ids and other in ids and _sorted(ids[one], ids[other]) not in apart
        ]


def _pairs_sql() -> str:
    """Each group as pairs of its first with every other, and what each pair has in common."""
    parts = " UNION ALL ".join(
        f"SELECT {1 << at} AS why, list_sort(who) AS who FROM ({_BY[why]}) WHERE len(who) > 1"
        for at, why in enumerate(_WHYS)
    )
    return (
        "SELECT one, other, bit_or(why) AS whys FROM (SELECT who[1] AS one, "
        f"unnest(list_distinct(who[2:])) AS other, why FROM ({parts})) WHERE one <> other "
        "GROUP BY one, other ORDER BY whys & -whys, one, other"
    )


def _person(
    n: int, phone: str | None, card: str, name: str, born: int | None, year: int | None
) -> tuple[Any, ...]:
    digits = phone[-LONGEST_PHONE:] if phone else ""
    same = _number(card.lstrip("0").casefold())
    return n, digits.lstrip("+") or None, same, _number(name.casefold()), born, year


def _number(text: str) -> int:
    return hash(text)


def _sorted(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    return (one, other) if one < other else (other, one)
