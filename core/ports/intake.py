"""导入的端口: what an import asks of storage, about one table and one store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from core.values.moment import Moment

ReadRows = Callable[[Sequence[str], Iterable[tuple[int, Sequence[str]]]], Iterator[Any]]


class Table(Protocol):
    """An open table of a file."""

    @property
    def headings(self) -> Sequence[str]: ...
    @property
    def progress(self) -> tuple[int, int]: ...
    def rows(self) -> Iterator[tuple[int, list[str]]]: ...


class Counted(Protocol):
    """What an import came to, in rows."""

    @property
    def added(self) -> int: ...
    @property
    def changed(self) -> int: ...
    @property
    def unchanged(self) -> int: ...


class Intake(Protocol):
    """What storage gives to the import of one table (`storage.import_intake`)."""

    @property
    def shares_phones(self) -> bool: ...
    @property
    def is_of_products(self) -> bool: ...
    def undo(self, moment: Moment, should_stop: Callable[[], bool]) -> None: ...
    def open_table(self) -> AbstractContextManager[Table]: ...
    def check(self, rows: Iterable[Any]) -> Iterable[Any]: ...
    def ahead(
        self, reading: ReadRows, should_stop: Callable[[], bool]
    ) -> AbstractContextManager[Iterable[Any]]: ...
    def apply(self, runs: Iterable[Any], *, bad: int, staff_no: int, **how: Any) -> Counted: ...
    def newest(self) -> tuple[int, int]: ...
    def met(self, since: tuple[int, int]) -> Iterable[tuple[str, str]]: ...
