"""模式: the JSON Schema of a document, learnt from the reader that reads it.

The reader is given a document that is not there: each field that it asks for is written down and
answered with something that passes. So the two cannot drift, and a field that a reader asks for is
in its schema without another word. A reader that goes another way for a field that is absent, or
for a `kind`, is led every way; kinds whose records differ become a choice of schemas.

What a reader checks across fields ("either an amount or a rate") is no part of the schema. Where
the plain answer would not pass such a check, `answers` gives a better one by the field's name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

from msgspec import Struct, field

from core.errors import BadRecord
from core.values.fields import LONGEST_TEXT, Fields

T = TypeVar("T")
DRAFT = "https://json-schema.org/draft/2020-12/schema"
KIND = "kind"
_ABSENT, _GIVEN = "absent", "given"
Schema = dict[str, Any]
# A way through a reader: what was answered where several answers lead on, by the field's path.
Way = dict[str, str]


def schema_of(
    read: Callable[[Fields], object],
    *,
    answers: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
) -> Schema:
    """The schema of what `read` reads; `words` describe fields, by "record.field" or by "field"."""
    root, ways = _Record(), [Way()]
    known = set[tuple[frozenset[tuple[str, str]], str]]()
    while ways:
        walk = _Walk(ways.pop(0), answers or {})
        # After a check across fields that does not pass, what was asked before it is written down.
        with suppress(BadRecord):
            read(Asked(walk, root, ""))
        for path, choices in walk.turnings.items():
            mark = walk.kinds_above(path), path
            if mark not in known:
                known.add(mark)
                ways += [{**walk.way, path: choice} for choice in choices[1:]]
    return {"$schema": DRAFT, **_drawn(root, words or {})}


class _Variant(Struct):
    """A record of one kind: its fields, those that every reading of it needs, those with null."""

    fields: dict[str, Schema | _Record | _Rows] = field(default_factory=dict)
    needed: set[str] | None = None
    nullable: set[str] = field(default_factory=set)
    defaults: dict[str, Any] = field(default_factory=dict)


class _Record(Struct):
    variants: dict[str, _Variant] = field(default_factory=dict)


class _Rows(Struct):
    item: _Record
    least: int


class _Walk(Struct):
    """One reading: the way that it was sent, and the turnings that it came by."""

    way: Way
    answers: Mapping[str, Any]
    turnings: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def turn(self, path: str, choices: Collection[str]) -> str:
        """Where to go on: as the way says, else straight ahead."""
        self.turnings[path] = tuple(choices)
        return self.way.get(path, next(iter(choices)))

    def kinds_above(self, path: str) -> frozenset[tuple[str, str]]:
        """The kinds of the records that a field stands in: with them it may mean something else."""
        return frozenset(
            (at, kind)
            for at, kind in self.way.items()
            if at != path and at.endswith(KIND) and path.startswith(at.removesuffix(KIND))
        )


class Asked(Fields):
    """A record that is not there, and what a reader asks of it."""

    def __init__(self, walk: _Walk, record: _Record, path: str) -> None:
        super().__init__({}, path)
        self._walk = walk
        self._into = record
        self._kind = ""
        self._must: set[str] = set()

    def text(
        self, name: str, default: str | None = None, *, among: Collection[str] = (), least: int = 0
    ) -> str:
        """As the reader asks; of several kinds each in turn."""
        schema: Schema = {"type": "string", "minLength": least, "maxLength": LONGEST_TEXT}
        if among:
            schema = {"enum": list(among)}
        if name == KIND and among:
            usual = among if default is None else [default, *(a for a in among if a != default)]
            self._kind = self._walk.turn(self.path(name), usual)
        self._note(name, schema, default)
        if self._kind and name == KIND:
            return self._kind
        plain = next(iter(among), "x" * max(least, 1)) if default is None else default
        return str(self._walk.answers.get(name, plain))

    def free_text(self, name: str) -> str:
        """Any text."""
        self._note(name, {"type": "string"}, None)
        return str(self._walk.answers.get(name, "x"))

    def whole(
        self, name: str, default: int | None = None, *, least: int = 0, most: int = 2**53
    ) -> int:
        """An integer."""
        self._note(name, {"type": "integer", "minimum": least, "maximum": most}, default)
        return int(self._walk.answers.get(name, least if default is None else default))

    def flag(self, name: str, default: bool | None = None) -> bool:
        """True or false."""
        self._note(name, {"type": "boolean"}, default)
        return bool(default)

    def day(self, name: str) -> date:
        """A date."""
        self._note(name, {"type": "string", "format": "date"}, None)
        return date(2026, 11, 26)

    def instant(self, name: str) -> datetime:
        """An instant with its offset."""
        self._note(name, {"type": "string", "format": "date-time"}, None)
        return datetime(2026, 11, 26, tzinfo=UTC)

    def id(self, name: str) -> UUID:
        """A UUID."""
        self._note(name, {"type": "string", "format": "uuid"}, None)
        return UUID(int=0)

    def items(self, name: str, read: Callable[[Fields], T], *, least: int = 0) -> tuple[T, ...]:
        """A list of records: one of them is read."""
        known = self._variant.fields.get(name)
        rows = known if isinstance(known, _Rows) else _Rows(_Record(), least)
        self._note(name, rows, None if least else [])
        return (read(Asked(self._walk, rows.item, f"{self.path(name)}[]")),)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of different texts."""
        self._note(name, _list_of({"type": "string"}), [])
        return ("x",)

    def wholes(self, name: str, *, least: int, most: int) -> tuple[int, ...]:
        """A list of different integers."""
        item = {"type": "integer", "minimum": least, "maximum": most}
        self._note(name, _list_of(item), [])
        return (least,)

    def inner(self, name: str) -> Fields:
        """A record within this one."""
        known = self._variant.fields.get(name)
        record = known if isinstance(known, _Record) else _Record()
        self._note(name, record, None)
        return Asked(self._walk, record, self.path(name))

    def is_null(self, name: str) -> bool:
        """Given at first, and absent another time."""
        self._variant.nullable.add(name)
        return self._walk.turn(f"{self.path(name)}?", (_GIVEN, _ABSENT)) == _ABSENT

    def end(self) -> None:
        """The reader came to the end of this record: what it did not ask for it does not need."""
        into = self._variant
        into.needed = self._must if into.needed is None else into.needed & self._must

    @property
    def _variant(self) -> _Variant:
        return self._into.variants.setdefault(self._kind, _Variant())

    def _note(self, name: str, schema: Schema | _Record | _Rows, default: object) -> None:
        self._variant.fields[name] = schema
        if default is None:
            self._must.add(name)
        elif default not in ("", []):
            self._variant.defaults[name] = default


def _list_of(item: Schema) -> Schema:
    return {"type": "array", "items": item, "uniqueItems": True}


def _drawn(record: _Record, words: Mapping[str, str], inside: str = "") -> Schema:
    """A record as a schema; kinds that have the same fields are one."""
    drawn = {kind: _variant(each, words, inside) for kind, each in record.variants.items()}
    first = next(iter(drawn.values()))
    if all(each == first for each in drawn.values()):
        return first
    for kind, each in drawn.items():
        each["properties"][KIND] = {"const": kind}
    return {"oneOf": list(drawn.values())}


def _variant(variant: _Variant, words: Mapping[str, str], inside: str) -> Schema:
    properties: dict[str, Schema] = {}
    for name, found in variant.fields.items():
        schema = _field(found, words, name)
        if name in variant.nullable:
            schema = {"anyOf": [schema, {"type": "null"}]}
        if name in variant.defaults:
            schema = {**schema, "default": variant.defaults[name]}
        if said := words.get(f"{inside}.{name}") or words.get(name):
            schema = {**schema, "description": said}
        properties[name] = schema
    must = (variant.needed or set()) - variant.nullable
    needed = [name for name in properties if name in must]
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return schema | ({"required": needed} if needed else {})


def _field(found: Schema | _Record | _Rows, words: Mapping[str, str], name: str) -> Schema:
    if isinstance(found, _Record):
        return _drawn(found, words, name)
    if isinstance(found, _Rows):
        rows: Schema = {"type": "array", "items": _drawn(found.item, words, name)}
        return rows | ({"minItems": found.least} if found.least else {})
    return dict(found)
