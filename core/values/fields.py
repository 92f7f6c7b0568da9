"""字段: reading plain JSON records field by field; what is wrong is named by its path.

Every value is checked: a rulebook is typed by people, an event comes from another machine.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from core.errors import BadRecord, Why

T = TypeVar("T")
LONGEST_TEXT = 200
LARGEST = 2**53


class Fields:
    """One record of a document, at `path` ("scheme.tiers[2]"); every method raises BadRecord.

    A default stands in for a field that is absent. `end` refuses fields that nobody read, so
    that a misspelt one is noticed.
    """

    def __init__(self, record: object, path: str = "") -> None:
        if not isinstance(record, dict) or not all(isinstance(key, str) for key in record):
            raise BadRecord(path, "not a record")
        self._record: dict[str, Any] = record
        self._path = path
        self._unread = set(record)

    def text(
        self, name: str, default: str | None = None, *, among: Collection[str] = (), least: int = 0
    ) -> str:
        """Printable text of `least` to 200 signs; one of `among` where that is given."""
        value = self._value(name, default)
        if not isinstance(value, str) or not least <= len(value) <= LONGEST_TEXT:
            raise self.wrong(
                name,
                Why.of("not a text of {least} to {most} signs", least=least, most=LONGEST_TEXT),
            )
        if not value.isprintable():
            raise self.wrong(name, "control characters")
        if among and value not in among:
            raise self.wrong(name, Why.of("not one of {names}", names=", ".join(among)))
        return value

    def free_text(self, name: str) -> str:
        """Any text, as it came from a catalogue or an old event."""
        value = self._value(name, None)
        if not isinstance(value, str):
            raise self.wrong(name, "not a text")
        return value

    def whole(
        self, name: str, default: int | None = None, *, least: int = 0, most: int = LARGEST
    ) -> int:
        """An integer from `least` to `most`."""
        value = self._value(name, default)
        if type(value) is not int or not least <= value <= most:
            raise self.wrong(
                name, Why.of("not an integer from {least} to {most}", least=least, most=most)
            )
        return value

    def flag(self, name: str, default: bool | None = None) -> bool:
        """True or false."""
        value = self._value(name, default)
        if not isinstance(value, bool):
            raise self.wrong(name, "not true or false")
        return value

    def day(self, name: str) -> date:
        """A date as "2026-11-24"."""
        value = self._value(name, None)
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise self.wrong(name, "not a date as 2026-11-24") from error
        if day.isoformat() != value:
            raise self.wrong(name, "not a date as 2026-11-24")
        return day

    def instant(self, name: str) -> datetime:
        """An instant of the store's wall clock as "2026-11-26T10:00+08:00"."""
        value = self._value(name, None)
        try:
            instant = datetime.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise self.wrong(name, "not an instant as 2026-11-26T10:00+08:00") from error
        if instant.tzinfo is None:
            raise self.wrong(name, "an instant needs its offset, as +08:00")
        return instant

    def id(self, name: str) -> UUID:
        """A UUID."""
        value = self._value(name, None)
        try:
            return UUID(value)
        except (AttributeError, TypeError, ValueError) as error:
            raise self.wrong(name, "not a UUID") from error

    def items(self, name: str, read: Callable[[Fields], T], *, least: int = 0) -> tuple[T, ...]:
        """A list of records, at least so many, each read by `read`."""
        path = self.path(name)
        return tuple(
            read(Fields(value, f"{path}[{index}]"))
            for index, value in enumerate(self._list(name, least))
        )

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of different texts, in their order."""
        values = self._list(name, 0)
        if not all(isinstance(value, str) for value in values) or len(set(values)) < len(values):
            raise self.wrong(name, "not a list of different texts")
        return tuple(values)

    def wholes(self, name: str, *, least: int, most: int) -> tuple[int, ...]:
        """A list of different integers from `least` to `most`."""
        values = self._list(name, 0)
        if not all(type(value) is int and least <= value <= most for value in values):
            raise self.wrong(
                name,
                Why.of("not a list of integers from {least} to {most}", least=least, most=most),
            )
        if len(set(values)) < len(values):
            raise self.wrong(name, "not a list of different integers")
        return tuple(values)

    def inner(self, name: str) -> Fields:
        """A record within this one."""
        return Fields(self._value(name, None), self.path(name))

    def is_null(self, name: str) -> bool:
        """Whether a field is absent or null; then it counts as read."""
        if self._record.get(name) is not None:
            return False
        self._unread.discard(name)
        return True

    def end(self) -> None:
        """Refuse what is left over."""
        for name in sorted(self._unread):
            raise self.wrong(name, "unknown")

    @property
    def spelt(self) -> bytes:
        """The whole record as JSON: what is spelt alike says the same."""
        return msgspec.json.encode(self._record)

    def path(self, name: str) -> str:
        """Where a field of this record stands in the document."""
        return f"{self._path}.{name}" if self._path else name

    def wrong(self, name: str, reason: str) -> BadRecord:
        """The error for a field, to be raised by whoever finds it."""
        return BadRecord(self.path(name), reason)

    def _value(self, name: str, default: object) -> Any:
        self._unread.discard(name)
        value = self._record.get(name, default)
        if value is None:
            raise self.wrong(name, "missing")
        return value

    def _list(self, name: str, least: int) -> list[Any]:
        values = self._value(name, [])
        if not isinstance(values, list) or len(values) < least:
            raise self.wrong(name, Why.of("not a list of at least {least}", least=least))
        return values


def check_different(path: str, name: str, values: Sequence[str]) -> None:
    """Refuse what stands in two records of one list."""
    for index, value in enumerate(values):
        if value in values[:index]:
            raise BadRecord(f"{path}[{index}].{name}", "stands there twice")
