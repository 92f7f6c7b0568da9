"""分析，在话里: periods, columns and bars of the page of reports."""

from __future__ import annotations

from msgspec import Struct

from core.actions.reports import Reported
from core.ports.insight import Heading, Kind, Value
from ui.look import Look
from ui.report_bars import DrawnBar, drawn_bars, short
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
from ui.time_left import with_time_left
from ui.widgets import paint
from ui.widgets.bar_chart import Bar, Captions, marks_below
from ui.widgets.row_table import DOWN, PADDING, Cell, Column

LONGEST_LABEL = 7
NARROWEST, WIDEST = 84, 280
Table = tuple[tuple[Column, ...], list[tuple[Cell, ...]]]


def left_words(copied: int, whole: int, left_s: int) -> str:
    """How far the copy is, and how long it takes still."""
    words = tr("先抄销售：{copied} / {whole} 单", copied=f"{copied:,}", whole=f"{whole:,}")
    return with_time_left(words, left_s)


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
            sorts=True,
            is_strong=not place.is_before and place.heading.kind is Kind.MONEY,
        )
        for at, (place, head) in enumerate(zip(places, heads, strict=True))
    )
    roles = ["ink_2" if place.is_before else "ink" for place in places]
    return columns, [tuple(map(Cell, row, roles)) for row in rows]


def sort_values(reported: Reported) -> dict[str, list[Value]]:
    """What each column of `table` sorts by: the values that stand in it, not their words."""
    if not reported.found.keys:
        return {}
    values: dict[str, list[Value]] = {}
    for at, heading in enumerate(reported.found.headings):
        values[heading.name] = [row[at] for row in reported.found.rows]
        if reported.before and is_compared(heading):
            earlier = [None if row is None else row[at] for row in reported.before]
            values[f"{heading.name}_before"] = earlier
    return values


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
    widest = max(
        [paint.advance(small, head + DOWN), *(paint.advance(font, each) for each in words)]
    )
    return min(max(int(widest) + 2 * PADDING + 4, NARROWEST), WIDEST)


def bars(reported: Reported, of: Heading) -> tuple[list[Bar], Captions, list[tuple[int, str]]]:
    """Bars of one column beside those of the period before, captions, and marks of the scale."""
    drawn = drawn_bars(reported, of)
    best = max(bar.value for bar in drawn)
    best_before = max(bar.before or 0 for bar in drawn)
    earlier = _before_of(reported, short(of, best_before)) if best_before else ""
    marks = [(value, short(of, value)) for value in marks_below(max(best, best_before))]
    made = [_bar(bar, of, is_named=bool(reported.found.keys)) for bar in drawn]
    return made, Captions(short(of, best), earlier), marks


def _bar(bar: DrawnBar, of: Heading, *, is_named: bool) -> Bar:
    tip = f"{bar.called} {value_words(of, bar.value)}"
    if is_named and bar.before is not None:
        tip += tr("，上期 {figure}", figure=value_words(of, bar.before))
    is_long = is_named and len(bar.name) > LONGEST_LABEL
    label = f"{bar.name[: LONGEST_LABEL - 1]}…" if is_long else bar.name
    return Bar(label, bar.value, bar.before, tip=tip)


def _before_of(reported: Reported, figure: str) -> str:
    return (
        tr("去年 {figure}", figure=figure)
        if reported.is_year
        else tr("上期 {figure}", figure=figure)
    )
