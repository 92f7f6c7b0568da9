"""批: rows of a table made ready to be applied: sorted, in columns, with their search keys.

This is work on texts that knows no store, so that another process can do it ahead. Rows are sorted
by card or code, and each run's search keys once more, for inserts in the order of the trees are
what makes a million members a matter of half a minute. Columns instead of rows: a loop over them
runs inside the interpreter's own functions.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from itertools import chain, islice, repeat
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

from core.catalog.product_table import ProductRow
from core.members.member import Birthday
from core.members.member_table import MemberRow
from storage.birthday_columns import BirthdayRow, birthday_row
from storage.search_keys import member_keys, product_keys

# The first run is soon ready; the largest is what fits into memory beside all else.
FIRST_RUN, LARGEST_RUN = 60_000, 250_000
# Card, name and record are printable, a phone is digits.
_TEXTS = ("card_no", "name", "phone", "record")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_number_of = itemgetter(2)


RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class RunKeys:
    """The search keys of one kind in the order of their tree, each with the place of its row.

    A key has no line ends: all of them are the lines of one text, which takes little room.
    """

    kind: int
    lines: str
    places: array[int]


@dataclass(slots=True, kw_only=True)
class Run:
    """So many rows: where each stands in its table, and the number that it is given in the store.

    A row that is not new there keeps the number 0.
    """

    lines: array[int]
    keys: list[RunKeys]
    numbers: array[int] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = array("Q", [0]) * len(self.lines)

    def take_keys(self) -> Iterator[tuple[int, str, int]]:
        """Kind, key and number of what is new, in the order of their tree; they are gone then."""
        keys, self.keys = self.keys, []
        return chain.from_iterable(map(self._numbered, keys))

    def _numbered(self, of: RunKeys) -> Iterator[tuple[int, str, int]]:
        keys, numbers = of.lines.split("\n"), map(self.numbers.__getitem__, of.places)
        assert len(keys) == len(of.places)
        return filter(_number_of, zip(repeat(of.kind), keys, numbers, strict=False))


@dataclass(slots=True, kw_only=True)
class MemberRun(Run):
    """Members in columns; `record` is what an event keeps of each beside itself.

    `last_days` are ordinals of the points' last days, 0 where the rulebook says it; `further` is 1
    for one more lot of whoever stands in a row above.
    """

    card_no: list[str]
    name: list[str]
    phone: list[str | None]
    birthday: list[BirthdayRow]
    tier: list[str | None]
    points: array[int]
    last_days: array[int]
    further: array[int]
    record: list[str]

    def __getstate__(self) -> dict[str, Any]:
        """On the way to another process texts are lines of one: there is no end of line in them."""
        state = {each.name: getattr(self, each.name) for each in fields(self)}
        for column in _TEXTS:
            state[column] = "\n".join([text or "" for text in state[column]])
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        for column in _TEXTS:
            state[column] = state[column].split("\n")
        state["phone"] = [phone or None for phone in state["phone"]]
        for column, value in state.items():
            setattr(self, column, value)


@dataclass(slots=True, kw_only=True)
class ProductRun(Run):
    """Products; a shop has few of them, they stay rows."""

    rows: list[ProductRow]


def member_runs(rows: Iterable[MemberRow]) -> Iterator[MemberRun]:
    """Rows in runs, each in the order of its cards; those of one card stay in theirs."""
    for part in _parts(rows):
        part.sort(key=attrgetter("card_no"))
        yield MemberRun(
            lines=array("Q", [row.line for row in part]),
            keys=_sorted_keys(member_keys(row.name, row.phone) for row in part),
            card_no=[row.card_no for row in part],
            name=[row.name for row in part],
            phone=[row.phone for row in part],
            birthday=[birthday_row(row.birthday) for row in part],
            tier=[row.tier for row in part],
            points=array("Q", [row.points for row in part]),
            last_days=array("I", [_ordinal(row.expires_on) for row in part]),
            further=array("B", [row.is_further for row in part]),
            record=[record_of(row.card_no, row.name, row.phone, row.birthday) for row in part],
        )


def _ordinal(day: date | None) -> int:
    return 0 if day is None else day.toordinal()


def product_runs(rows: Iterable[ProductRow]) -> Iterator[ProductRun]:
    """Rows in runs, each in the order of its codes."""
    for part in _parts(rows):
        part.sort(key=attrgetter("code"))
        yield ProductRun(
            lines=array("Q", [row.line for row in part]),
            keys=_sorted_keys(product_keys(row.code, row.name) for row in part),
            rows=part,
        )


def _parts(rows: Iterable[RowT]) -> Iterator[list[RowT]]:
    waiting, size = iter(rows), FIRST_RUN
    while part := list(islice(waiting, size)):
        yield part
        size = min(2 * size, LARGEST_RUN)


def record_of(card_no: str, name: str, phone: str | None, birthday: Birthday | None) -> str:
    """What a shop knows of a person, as text; it is kept beside its event and can be erased."""
    record = f'{{"card_no":{_encode(card_no)},"name":{_encode(name)}'
    if phone:
        record += f',"phone":{_encode(phone)}'
    if birthday:
        record += f',"birthday":{_birthday_of(birthday)}'
    return record + "}"


@lru_cache(maxsize=65_536)
def _birthday_of(born: Birthday) -> str:
    return _encode([born.year, born.month, born.day, born.is_lunar, born.is_leap])


def _sorted_keys(of_rows: Iterable[Iterable[tuple[int, str]]]) -> list[RunKeys]:
    keys: dict[int, list[str]] = defaultdict(list)
    places: dict[int, list[int]] = defaultdict(list)
    for place, of_row in enumerate(of_rows):
        for kind, key in of_row:
            keys[kind].append(key)
            places[kind].append(place)
    return [_sorted(kind, keys.pop(kind), places.pop(kind)) for kind in sorted(keys)]


def _sorted(kind: int, keys: list[str], places: list[int]) -> RunKeys:
    # Equal keys stay in the order of their rows.
    order = sorted(range(len(keys)), key=keys.__getitem__)
    lines = "\n".join(map(keys.__getitem__, order))
    return RunKeys(kind, lines, array("I", map(places.__getitem__, order)))
