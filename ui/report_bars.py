"""报表的柱: what is drawn of a report, and how long each bar is, for screens and papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from core.actions.reports import Reported
from core.ports.insight import Heading, Kind, Value
from core.values.money import round_half_up
from ui.report_words import heading_of, is_compared, value_words

MOST_WORDS, MOST_BARS = 12, 400
YUAN_FEN = 100


class DrawnBar(Struct, frozen=True):
    """柱: a name as short as it stands below an axis, and as it is called beside its figure.

    `value` and `before` in the unit of the column; `before` is None where nothing is compared.
    """

    name: str
    called: str
    value: int
    before: int | None = None


def drawn(reported: Reported) -> Heading | None:
    """The column that bars are drawn of: the first money, else the first count."""
    found = reported.found
    if not found.rows:
        return None
    if not found.keys:
        return _drawn_figures(found.headings)
    measured = [heading for heading in found.headings[found.keys :] if is_compared(heading)]
    money = [heading for heading in measured if heading.kind is Kind.MONEY]
    return next(iter(money or measured), None)


def _drawn_figures(headings: Sequence[Heading]) -> Heading | None:
    """Of a report that has figures alone, those of one kind beside each other: money, or counts."""
    for kind in (Kind.MONEY, Kind.COUNT):
        alike = [heading for heading in headings if heading.kind is kind]
        if len(alike) > 1:
            return alike[0]
    return None


def drawn_bars(reported: Reported, of: Heading) -> list[DrawnBar]:
    """One for each row, or for each figure of the kind; of words the first dozen."""
    return list(_of_rows(reported, of) if reported.found.keys else _of_figures(reported, of))


def _of_figures(reported: Reported, of: Heading) -> Iterator[DrawnBar]:
    [row] = reported.found.rows
    before = reported.before[0] if reported.before else None
    for at, heading in enumerate(reported.found.headings):
        if heading.kind is of.kind:
            name = heading_of(heading.name)
            earlier = None if before is None else _whole(before[at])
            yield DrawnBar(name, name, _whole(row[at]), earlier)


def _of_rows(reported: Reported, of: Heading) -> Iterator[DrawnBar]:
    found = reported.found
    at = found.headings.index(of)
    key = found.headings[found.keys - 1]
    most = MOST_WORDS if key.kind is Kind.WORDS else MOST_BARS
    for number, row in _drawn_rows(reported, most):
        before = reported.before[number] if reported.before and number >= 0 else None
        named = value_words(key, row[found.keys - 1])
        name = _name(key, row[found.keys - 1], named)
        yield DrawnBar(name, named, _whole(row[at]), None if before is None else _whole(before[at]))


def _drawn_rows(reported: Reported, most: int) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Rows with their places; of days also those on which there was nothing, at −1."""
    found = reported.found
    rows = {row[0]: (at, row) for at, row in enumerate(found.rows)}
    days = (found.last - found.first).days + 1
    if found.headings[0].kind is not Kind.DAY or days > most:
        yield from list(enumerate(found.rows))[:most]
        return
    for number in range(days):
        day = found.first + timedelta(days=number)
        yield rows.get(day, (-1, (day, *(0,) * (len(found.headings) - 1))))


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _name(key: Heading, value: Value, named: str) -> str:
    if isinstance(value, date):
        return f"{value.month}-{value.day}"
    return named if key.kind is Kind.WORDS else str(value)


def short(of: Heading, value: int) -> str:
    """Yuan without fen: a scale has no room for them."""
    return (
        f"{round_half_up(value, YUAN_FEN):,}" if of.kind is Kind.MONEY else value_words(of, value)
    )
