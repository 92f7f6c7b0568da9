"""批: rows of a table made ready to be applied: sorted, in columns, with their search keys.

This is work on texts that knows no store, so that another process can do it ahead. Rows are sorted
by card or code, and each run's search keys once more, for inserts in the order of the trees are
what makes a million members a matter of half a minute. Columns instead of rows: a loop over them
runs inside the interpreter's own functions.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, repeat
from operator import attrgetter, itemgetter
from typing import Any

from core.catalog.product_table import ProductRow
from core.members.member import Birthday
from core.members.member_table import MemberRow
from storage.search_keys import member_keys, product_keys

RUN = 250_000
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_number_of = itemgetter(2)


@dataclass(frozen=True, slots=True)
class RunKeys:
    """The search keys of one kind in the order of their tree, each with the place of its row."""

    kind: int
    keys: Sequence[str]
    places: Sequence[int]


@dataclass(slots=True, kw_only=True)
class Run:
    """So many rows: where each stands in its table, and the number that it is given in the store.

    A row that is not new there keeps the number 0.
    """

    lines: list[int]
    keys: list[RunKeys]
    numbers: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.numbers = [0] * len(self.lines)

    def take_keys(self) -> Iterator[tuple[int, str, int]]:
        """Kind, key and number of what is new, in the order of their tree; they are gone then."""
        keys, self.keys = self.keys, []
        return chain.from_iterable(map(self._numbered, keys))

    def _numbered(self, of: RunKeys) -> Iterator[tuple[int, str, int]]:
        numbers = map(self.numbers.__getitem__, of.places)
        return filter(_number_of, zip(repeat(of.kind), of.keys, numbers, strict=False))


@dataclass(slots=True, kw_only=True)
class MemberRun(Run):
    """Members in columns; `record` is what an event keeps of each beside itself."""

    card_no: list[str]
    name: list[str]
    phone: list[str | None]
    birthday: list[Birthday | None]
    tier: list[str | None]
    points: list[int]
    record: list[str]


@dataclass(slots=True, kw_only=True)
class ProductRun(Run):
    """Products; a shop has few of them, they stay rows."""

    rows: list[ProductRow]


def member_runs(rows: Iterable[MemberRow]) -> Iterator[MemberRun]:
    """Rows in runs, each in the order of its cards."""
    waiting = iter(rows)
    while part := sorted(islice(waiting, RUN), key=attrgetter("card_no")):
        yield MemberRun(
            lines=[row.line for row in part],
            keys=_sorted_keys(member_keys(row.name, row.phone) for row in part),
            card_no=[row.card_no for row in part],
            name=[row.name for row in part],
            phone=[row.phone for row in part],
            birthday=[row.birthday for row in part],
            tier=[row.tier for row in part],
            points=[row.points for row in part],
            record=[record_of(row.card_no, row.name, row.phone, row.birthday) for row in part],
        )


def product_runs(rows: Iterable[ProductRow]) -> Iterator[ProductRun]:
    """Rows in runs, each in the order of its codes."""
    waiting = iter(rows)
    while part := sorted(islice(waiting, RUN), key=attrgetter("code")):
        yield ProductRun(
            lines=[row.line for row in part],
            keys=_sorted_keys(product_keys(row.code, row.name) for row in part),
            rows=part,
        )


def record_of(card_no: str, name: str, phone: str | None, birthday: Birthday | None) -> str:
    """What a shop knows of a person, as text; it is kept beside its event and can be erased."""
    facts: dict[str, Any] = {"card_no": card_no, "name": name}
    if phone:
        facts["phone"] = phone
    if birthday:
        born = birthday
        facts["birthday"] = [born.year, born.month, born.day, born.is_lunar, born.is_leap]
    return _encode(facts)


def _sorted_keys(of_rows: Iterable[set[tuple[int, str]]]) -> list[RunKeys]:
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for place, keys in enumerate(of_rows):
        for kind, key in keys:
            found[kind].append((key, place))
    return [RunKeys(kind, *_columns(sorted(found.pop(kind)))) for kind in sorted(found)]


def _columns(pairs: list[tuple[str, int]]) -> tuple[list[str], list[int]]:
    return [key for key, _ in pairs], [place for _, place in pairs]
