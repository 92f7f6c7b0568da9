"""报表: a question over business dates, answered from the copy of the sales, and one before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from core.actions.allow import allow
from core.errors import BadDates
from core.ports.insight import Findings, Kind, OnAsked, OnCopied, Opened, Value
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff, staff_label
from core.values.moment import months_before

ONE_DAY = timedelta(days=1)


class Reported(Struct, frozen=True):
    """What was found, with the tiers and offers by the names of the rulebook, and the same before.

    `before` has the values of each row in an earlier period, None where there was none; `earlier`
    are its days, a year ago where it `is_year`. `meant`: the keys of each row by what the program
    calls them.
    """

    found: Findings
    before: tuple[tuple[Value, ...] | None, ...] = ()
    earlier: tuple[date, date] | None = None
    is_year: bool = False
    meant: tuple[tuple[Value, ...], ...] = ()


def unheard(_copied: int, _all: int) -> None:
    """For whoever does not want to hear how far the copy is."""


def unasked(_left_ms: int | None) -> None:
    """For whoever does not want to hear how long it takes."""


def questions(shop: Shop) -> Sequence[str]:
    """The reports by their names. Raises ReportsMissing."""
    return shop.store.insight.questions()


def report(
    shop: Shop,
    question: str,
    first: date,
    last: date,
    *,
    against: bool = False,
    a_year: bool = False,
    on_copied: OnCopied = unheard,
    on_asked: OnAsked = unasked,
) -> Reported:
    """The answer over these dates, both inclusive; `against`: beside as many days before them.

    `a_year`: beside the same days a year before instead.

    `on_asked` hears before each of both how long all of it takes still.

    Raises NoSuchInsight, BadDates where they stand the wrong way round, ReportsMissing, ReportBusy,
    Cancelled.
    """
    if first > last:
        raise BadDates(first.isoformat(), last.isoformat())
    days = _earlier(first, last, a_year=a_year) if against else None
    with shop.store.insight.opened() as copy:
        copy.keep_up(on_copied)
        spans = [(first, last), *([days] if days is not None else [])]
        answers = [_asked(copy, question, spans[at:], on_asked) for at in range(len(spans))]
    now, before = answers[0], answers[1] if days is not None else None
    found = _named(shop, now)
    meant = tuple(row[: now.keys] for row in now.rows) if now.keys else ()
    if not against:
        return Reported(found, meant=meant)
    if before is None:
        return Reported(found, (None,) * len(found.rows), is_year=a_year, meant=meant)
    earlier = _named(shop, before)
    return Reported(found, _beside(found, earlier), days, a_year, meant)


def _asked(
    copy: Opened, question: str, spans: Sequence[tuple[date, date]], on_asked: OnAsked
) -> Findings:
    """The first of these; who waits hears how long all of them take."""
    each = [copy.takes_ms(question, *span) for span in spans]
    on_asked(sum(ms or 0 for ms in each) if any(each) else None)
    return copy.ask(question, *spans[0])


def _earlier(first: date, last: date, *, a_year: bool) -> tuple[date, date] | None:
    """None where the calendar has no days before."""
    if a_year:
        return (months_before(first, 12), months_before(last, 12)) if first.year > 1 else None
    days = last - first + ONE_DAY
    return None if first - date.min < days else (first - days, last - days)


def report_for(
    shop: Shop,
    question: str,
    first: date,
    last: date,
    *,
    staff: Staff,
    a_year: bool = False,
    on_copied: OnCopied = unheard,
    on_asked: OnAsked = unasked,
) -> Reported:
    """The same beside the days before, for a person who may look at takings: else NotAllowed."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
    named: dict[str, Any] = {"against": True, "a_year": a_year, "on_asked": on_asked}
    return report(shop, question, first, last, on_copied=on_copied, **named)


def _beside(found: Findings, earlier: Findings) -> tuple[tuple[Value, ...] | None, ...]:
    """Rows of the earlier period at the places of those that are the same; days by their order."""
    if found.headings and found.headings[0].kind is Kind.DAY:
        shift = found.first - earlier.first
        by_day = {row[0]: row for row in earlier.rows}
        return tuple(
            by_day.get(row[0] - shift) if isinstance(row[0], date) else None for row in found.rows
        )
    by_key = {row[: found.keys]: row for row in earlier.rows}
    if found.headings and found.headings[0].name == "month":
        years = found.first.year - earlier.first.year
        keys = [(_years_before(row[0], years), *row[1 : found.keys]) for row in found.rows]
        return tuple(by_key.get(key) if years else None for key in keys)
    return tuple(by_key.get(row[: found.keys]) for row in found.rows)


def _years_before(month: Value, years: int) -> str:
    """2025-11 of 2026-11."""
    year, _, rest = str(month).partition("-")
    return f"{int(year) - years:04d}-{rest}"


def _named(shop: Shop, found: Findings) -> Findings:
    """Tiers and offers by the names of the present rulebook; people by their names."""
    columns = {heading.name: at for at, heading in enumerate(found.headings)}
    wanted = [name for name in ("tier", "offer", "staff") if name in columns]
    if not wanted:
        return found
    with shop.store.read() as reading:
        rulebook = reading.rulebooks.current()
        names: dict[str, dict[Value, str]] = {
            "tier": {tier.code: tier.name for tier in rulebook.scheme.tiers},
            "offer": {offer.id: offer.name for offer in rulebook.offers},
            "staff": {person.no: person.name for person in reading.people.all()},
        }
    rows = [list(row) for row in found.rows]
    for name in wanted:
        at = columns[name]
        for row in rows:
            value = row[at]
            unknown = staff_label(value) if name == "staff" and isinstance(value, int) else value
            row[at] = names[name].get(value, unknown)
    return Findings(
        found.question,
        found.first,
        found.last,
        found.headings,
        tuple(tuple(row) for row in rows),
        found.keys,
    )
