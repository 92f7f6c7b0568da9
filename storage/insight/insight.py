"""分析: questions put to the copy of a store's sales."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache, cached_property

import ibis

from core.errors import NoSuchInsight
from core.ports.insight import Findings, OnCopied
from storage.insight.alike import StoredAlike
from storage.insight.copy import Copy
from storage.insight.questions import QUESTIONS, Span
from storage.insight.roll import StoredRoll
from storage.store import TillStore

FIRST, LAST = date(2, 2, 2), date(3, 3, 3)
"""They stand for the days that are asked for while a question is made into SQL: once for all."""


LONG_MS = 2000
"""An answer that took so long is one that people wait for: the next time they hear how long."""


def sql_of(question: str, first: date, last: date) -> str:
    """For DuckDB, over business dates, both inclusive."""
    made = _made(question)
    return made.replace(_written(FIRST), _written(first)).replace(_written(LAST), _written(last))


@cache
def _made(question: str) -> str:
    """It takes as long as many an answer."""
    asked = QUESTIONS[question]
    table = asked.ask(Span(FIRST, LAST)).select(*asked.kinds)
    return str(ibis.to_sql(table, dialect="duckdb"))


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


def _written(day: date) -> str:
    return f"MAKE_DATE({day.year}, {day.month}, {day.day})"


class StoredInsight:
    """Implements `core.ports.insight.Insight`."""

    def __init__(self, store: TillStore, key: bytes) -> None:
        self._store = store
        self._key = key
        self._copy = Copy(store, key)

    @property
    def alike(self) -> StoredAlike:
        """Members who may be one person."""
        return StoredAlike(self._store)

    @cached_property
    def roll(self) -> StoredRoll:
        """名册 of this process; it is empty until somebody fills it."""
        return StoredRoll(self._store, self._key, self._copy)

    def questions(self) -> Sequence[str]:
        """Their names, in the order in which people are shown them."""
        return tuple(QUESTIONS)

    @contextmanager
    def opened(self) -> Iterator[OpenedCopy]:
        """The copy, for one question or several. Raises ReportBusy."""
        with self._copy.opened() as copy:
            yield OpenedCopy(copy)

    def stop(self) -> None:
        """No more of the question that is being answered."""
        self._copy.stop()

    def rebuild(self, on_copied: OnCopied) -> None:
        """Throw the copy away and make it anew."""
        with self._copy.opened() as copy:
            copy.rebuild(on_copied)


class OpenedCopy:
    """Implements `core.ports.insight.Opened`."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy

    def keep_up(self, on_copied: OnCopied) -> None:
        """Copy what was sold since; a copy that does not fit the store is made anew."""
        self._copy.keep_up(on_copied)

    def takes_ms(self, question: str, first: date, last: date) -> int | None:
        """As long as it took last, for so many days; None where it was never long.

        What DuckDB itself tells of its progress stands still for just those that take long.
        """
        last_time = self._copy.took(question)
        if last_time is None:
            return None
        ms, days = last_time
        return ms * _days(first, last) // days

    def ask(self, question: str, first: date, last: date) -> Findings:
        """Over business dates, both inclusive. Raises NoSuchInsight; Cancelled after `stop`."""
        if question not in QUESTIONS:
            raise NoSuchInsight(question)
        asked = QUESTIONS[question]
        began = time.monotonic()
        rows = self._copy.answer(sql_of(question, first, last))
        ms = round((time.monotonic() - began) * 1000)
        if ms >= LONG_MS:
            self._copy.note_took(question, ms, _days(first, last))
        return Findings(question, first, last, asked.headings, tuple(rows), asked.keys)
