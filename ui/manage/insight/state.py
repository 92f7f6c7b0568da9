"""分析，在话里: periods, columns and bars of the page of reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from core.actions.reports import Reported
from core.ports.insight import Heading, Kind, Value
from core.values.money import round_half_up
from ui.look import Look
from ui.report_words import (
    before_of,
    change_words,
    heading_of,
    is_compared,
    is_number,
    table_of,
    value_words,
)
from ui.text import tr
from ui.widgets import paint
from ui.widgets.bar_chart import Bar, Captions, marks_below
from ui.widgets.row_table import PADDING, Cell, Column

MOST_WORDS, MOST_BARS = 12, 400
LONGEST_LABEL = 7
NARROWEST, WIDEST = 84, 280
YUAN_FEN = 100
Table = tuple[tuple[Column, ...], list[tuple[Cell, ...]]]


def left_words(copied: int, whole: int, left_s: int) -> str:
    """How far the copy is, and how long it takes still."""
    how_far = {"copied": f"{copied:,}", "whole": f"{whole:,}"}
    if left_s >= 90:
        return tr(
            "先抄销售：{copied} / {whole} 单，还要约 {minutes} 分钟",
            minutes=round(left_s / 60),
            **how_far,
        )
    return tr("先抄销售：{copied} / {whole} 单，还要约 {seconds} 秒", seconds=left_s, **how_far)


class _Place(Struct, frozen=True):
    title: str
    heading: Heading
    is_before: bool = False


def table(look: Look, reported: Reported) -> Table:
    """Columns as wide as what stands in them; what has one row is told figure by figure."""
    if not reported.found.keys:
        return _figures(look, reported)
    heads, rows = table_of(reported)
    places = list(_places(reported))
    columns = tuple(
        Column(
            f"{place.heading.name}{'_before' if place.is_before else ''}",
            head,
            _width(look, head, [row[at] for row in rows]),
            grows=at == reported.found.keys - 1,
            is_number=is_number(place.heading) and at > 0,
            is_strong=not place.is_before and place.heading.kind is Kind.MONEY,
        )
        for at, (place, head) in enumerate(zip(places, heads, strict=True))
    )
    roles = ["ink_2" if place.is_before else "ink" for place in places]
    return columns, [tuple(map(Cell, row, roles)) for row in rows]


def _places(reported: Reported) -> list[_Place]:
    places: list[_Place] = []
    for heading in reported.found.headings:
        places.append(_Place(heading_of(heading.name), heading))
        if reported.before and is_compared(heading):
            places.append(_Place(before_of(heading.name), heading, is_before=True))
    return places


def _figures(look: Look, reported: Reported) -> Table:
    columns: tuple[Column, ...] = (
        Column("figure", tr("项目"), 180, grows=True),
        Column("now", tr("这些天"), 140, is_number=True, is_strong=True),
        Column("before", _before_words(reported), 160, is_number=True),
        Column("change", tr("变化"), 140, is_number=True),
    )
    rows: list[tuple[Cell, ...]] = []
    [row] = reported.found.rows
    before = reported.before[0] if reported.before else None
    for at, heading in enumerate(reported.found.headings):
        earlier: Value = None if before is None else before[at]
        change = change_words(heading, row[at], earlier) if is_compared(heading) else ""
        rows.append(
            (
                Cell(_figure_name(reported, at)),
                Cell(value_words(heading, row[at])),
                Cell(value_words(heading, earlier), "ink_2"),
                Cell(change, "danger_text" if change.startswith("−") else "accent_text"),
            )
        )
    return columns, rows


def _before_words(reported: Reported) -> str:
    return tr("去年同期") if reported.is_year else tr("前面同样多天")


def _figure_name(reported: Reported, at: int) -> str:
    """A share stands below what it is a share of."""
    headings = reported.found.headings
    name = heading_of(headings[at].name)
    if headings[at].name.startswith("share_"):
        return tr("{what}，{share}", what=heading_of(headings[at - 1].name), share=name)
    return name


def _width(look: Look, head: str, words: list[str]) -> int:
    font, small = look.font("body", True), look.font("small")
    widest = max([paint.advance(small, head), *(paint.advance(font, each) for each in words)])
    return min(max(int(widest) + 2 * PADDING + 4, NARROWEST), WIDEST)


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


def _figure_bars(reported: Reported, of: Heading) -> list[Bar]:
    [row] = reported.found.rows
    before = reported.before[0] if reported.before else None
    return [
        Bar(
            heading_of(heading.name),
            _whole(row[at]),
            None if before is None else _whole(before[at]),
            tip=f"{heading_of(heading.name)} {value_words(heading, row[at])}",
        )
        for at, heading in enumerate(reported.found.headings)
        if heading.kind is of.kind
    ]


def bars(reported: Reported, of: Heading) -> tuple[list[Bar], Captions, list[tuple[int, str]]]:
    """Bars of one column beside those of the period before, captions, and marks of the scale."""
    made = _keyed_bars(reported, of) if reported.found.keys else _figure_bars(reported, of)
    best = max(bar.value for bar in made)
    best_before = max(bar.before or 0 for bar in made)
    earlier = _before_of(reported, _short(of, best_before)) if best_before else ""
    marks = [(value, _short(of, value)) for value in marks_below(max(best, best_before))]
    return made, Captions(_short(of, best), earlier), marks


def _before_of(reported: Reported, figure: str) -> str:
    return (
        tr("去年 {figure}", figure=figure)
        if reported.is_year
        else tr("上期 {figure}", figure=figure)
    )


def _keyed_bars(reported: Reported, of: Heading) -> list[Bar]:
    found = reported.found
    at = found.headings.index(of)
    key = found.headings[found.keys - 1]
    most = MOST_WORDS if key.kind is Kind.WORDS else MOST_BARS
    made = []
    for number, row in _drawn_rows(reported, most):
        before = reported.before[number] if reported.before and number >= 0 else None
        named = value_words(key, row[found.keys - 1])
        value, earlier = _whole(row[at]), None if before is None else _whole(before[at])
        tip = f"{named} {value_words(of, row[at])}"
        if before is not None:
            tip += tr("，上期 {figure}", figure=value_words(of, before[at]))
        made.append(Bar(_label(key, row[found.keys - 1], named), value, earlier, tip=tip))
    return made


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


def _label(key: Heading, value: Value, named: str) -> str:
    if isinstance(value, date):
        return f"{value.month}-{value.day}"
    if key.kind is not Kind.WORDS:
        return str(value)
    return named if len(named) <= LONGEST_LABEL else f"{named[: LONGEST_LABEL - 1]}…"


def _short(of: Heading, value: int) -> str:
    """Yuan without fen: a scale has no room for them."""
    return (
        f"{round_half_up(value, YUAN_FEN):,}" if of.kind is Kind.MONEY else value_words(of, value)
    )
