"""分析的端口: questions over all sales, and what they found, as a table of plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from core.ports.alike import Alike
from core.ports.roll import Roll

Value = str | int | date | None
OnCopied = Callable[[int, int], None]
"""Hears how many sales are in the copy, and how many there are."""
OnAsked = Callable[[int | None], None]
"""Hears before a question how many milliseconds it takes still; None where nobody can tell."""


class Kind(StrEnum):
    """What a column holds: words, a day, a count, fen, thousandths of a unit, thousandths."""

    WORDS = "words"
    DAY = "day"
    COUNT = "count"
    MONEY = "money"
    QUANTITY = "quantity"
    SHARE = "share"


class Heading(Struct, frozen=True):
    """A column, by its name for the program."""

    name: str
    kind: Kind


class Findings(Struct, frozen=True):
    """An answer: rows of values in the order of the headings; the first `keys` say which row."""

    question: str
    first: date
    last: date
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Value, ...], ...]
    keys: int = 1


class Opened(Protocol):
    """The copy, while nobody else has it."""

    def keep_up(self, on_copied: OnCopied) -> None:
        """Copy what was sold since; a copy that does not fit the store is made anew."""
        ...

    def takes_ms(self, question: str, first: date, last: date) -> int | None:
        """As long as it took last, for so many days; None where it was never long."""
        ...

    def ask(self, question: str, first: date, last: date) -> Findings:
        """Over business dates, both inclusive. Raises NoSuchInsight; Cancelled after `stop`."""
        ...


class Insight(Protocol):
    """分析: a columnar copy of the sales, without anybody's data, and the questions put to it."""

    @property
    def alike(self) -> Alike:
        """Members who may be one person."""
        ...

    @property
    def roll(self) -> Roll:
        """名册: all members by figures."""
        ...

    def questions(self) -> Sequence[str]:
        """Their names, in the order in which people are shown them."""
        ...

    def opened(self) -> AbstractContextManager[Opened]:
        """The copy, for one question or several. Raises ReportBusy."""
        ...

    def stop(self) -> None:
        """The question that is being answered ends in Cancelled; without one nothing happens.

        Any thread may say so.
        """
        ...

    def rebuild(self, on_copied: OnCopied) -> None:
        """Throw the copy away and make it anew."""
        ...
