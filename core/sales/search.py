"""找单: what a person still knows of a sale, and what the words they type for it can mean.

A word is a day or the time of day, or a clue: (the end of) a number, the amount, the member, one of
the goods. Several words must all hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta, tzinfo
from uuid import UUID

from msgspec import Struct

from core.errors import BadMoney
from core.values.moment import local_time
from core.values.money import parse_money

Days = tuple[date, date]
Hours = tuple[int, int]

DAY_MINUTES = 24 * 60
_AROUND = 30
_LONGEST_NUMBER = 9
_LEAST_OF_AN_END = 4
# From one 29th of February to the next it is eight years at most.
_MOST_YEARS = 9
_NEAR_DAYS = {"今天": 0, "昨天": 1, "前天": 2}
# No more than a person types: codes of GS1 have blanks of their own.
_BLANKS = re.compile("[ \t\u3000]+")
_DAY = r"(?:(\d{4})[-/年])?(\d{1,2})[-/月](\d{1,2})日?"
_DAYS = re.compile(rf"{_DAY}(?:(?:~|～|至|到|\.\.){_DAY})?\Z", re.ASCII)
_TIME = r"(\d{1,2})[:：](\d{2})"
_TIMES = re.compile(rf"{_TIME}(?:[-~～至到]{_TIME})?\Z", re.ASCII)
_FULL_HOURS = re.compile(r"(\d{1,2})[点时](?:[-~～至到](\d{1,2})[点时])?\Z", re.ASCII)


class Clue(Struct, frozen=True):
    """线索: one word, and all that it can mean; one of its meanings must hold."""

    no: str = ""
    numbers: tuple[int, ...] = ()
    amount_fen: int | None = None
    members: tuple[UUID, ...] = ()
    products: tuple[UUID, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the word means nothing that could be looked for."""
        return self == Clue()


class Among(Struct, frozen=True):
    """范围: sales of one cashier, between two instants, with an offer, or with goods of a sort.

    `until_us` is the last instant. Of a category or a brand None is any, "" those that have none.
    `saving` is the reason and the label of what was given away.
    """

    staff_no: int | None = None
    from_us: int | None = None
    until_us: int | None = None
    offer: str = ""
    category: str | None = None
    brand: str | None = None
    saving: tuple[str, str] | None = None

    @property
    def is_of_goods(self) -> bool:
        """Whether it says what was sold, and not by whom or when."""
        return bool(self.offer) or any(
            each is not None for each in (self.category, self.brand, self.saving)
        )


ANY = Among()


class SaleSearch(Struct, frozen=True):
    """What is looked for: sales of these business days, at this time of day, with these clues."""

    since: date
    until: date
    zone: tzinfo
    hours: Hours | None = None
    clues: tuple[Clue, ...] = ()
    among: Among = ANY

    def is_at(self, at_us: int) -> bool:
        """Whether an instant is at that time of day; a time may go past midnight."""
        if self.hours is None:
            return True
        clock, (first, last) = local_time(at_us, self.zone), self.hours
        minute = clock.hour * 60 + clock.minute
        return first <= minute <= last if first <= last else minute >= first or minute <= last


class Typed(Struct, frozen=True):
    """What was typed, taken apart: days, time of day, and the words that are clues."""

    words: tuple[str, ...] = ()
    days: Days | None = None
    hours: Hours | None = None


def read_typed(text: str, today: date) -> Typed:
    """Take a typed text apart; of two days or times the last one is meant."""
    words, days, hours = [], None, None
    for word in filter(None, _BLANKS.split(text)):
        if (meant := _days_of(word, today)) is not None:
            days = meant
        elif (at := _hours_of(word)) is not None:
            hours = at
        else:
            words.append(word)
    return Typed(tuple(words), days, hours)


def numbers_of(word: str, last: int) -> tuple[int, ...]:
    """The numbers up to the last one that are this number, or end with these four signs or more."""
    if not word.isascii() or not word.isdigit() or len(word) > _LONGEST_NUMBER:
        return ()
    if len(word) < _LEAST_OF_AN_END:
        return (int(word),)
    return tuple(range(int(word), max(last, int(word)) + 1, 10 ** len(word)))


def amount_of(word: str) -> int | None:
    """The amount that a word can be."""
    try:
        fen = parse_money(word.removesuffix("元"))
    except BadMoney:
        return None
    return fen if fen >= 0 else None


def _days_of(word: str, today: date) -> Days | None:
    if word in _NEAR_DAYS:
        day = today - timedelta(_NEAR_DAYS[word])
        return day, day
    found = _DAYS.match(word)
    if found is None:
        return None
    year, month, day_of, *end = found.groups()
    until = _day(*end, today=today) if end[1] else _day(year, month, day_of, today=today)
    since = _day(year, month, day_of, today=until) if until else None
    return (since, until) if since and until else None


def _day(year: str | None, month: str, day: str, *, today: date) -> date | None:
    """A day without its year is the last one that has been."""
    years = [int(year)] if year else range(today.year, today.year - _MOST_YEARS, -1)
    for each in years:
        try:
            found = date(each, int(month), int(day))
        except ValueError:
            continue
        if year or found <= today:
            return found
    return None


def _hours_of(word: str) -> Hours | None:
    """A single time means half an hour around it, a full hour all of it."""
    if (found := _TIMES.match(word)) is not None:
        return _minutes(found.groups(), _around)
    if (found := _FULL_HOURS.match(word)) is not None:
        first, last = found.groups()
        return _minutes((first, "0", last, "0" if last else None), _hour_from)
    return None


def _minutes(parts: tuple[str | None, ...], alone: Callable[[int], Hours]) -> Hours | None:
    hour, minute, last_hour, last_minute = (None if part is None else int(part) for part in parts)
    if hour is None or minute is None or hour > 23 or minute > 59:
        return None
    first = hour * 60 + minute
    if last_hour is None or last_minute is None:
        return alone(first)
    last = last_hour * 60 + last_minute
    return None if last_hour > 24 or last_minute > 59 else (first, min(last, DAY_MINUTES - 1))


def _around(minute: int) -> Hours:
    return (minute - _AROUND) % DAY_MINUTES, (minute + _AROUND) % DAY_MINUTES


def _hour_from(minute: int) -> Hours:
    return minute, minute + 59
