"""积分，在话里: what the page of points says, of figures that were counted elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from core.actions.points_desk import Ahead, Owed
from core.actions.reports import Reported
from core.members.masks import mask_card, mask_name, mask_phone
from core.points.liability import Liability, MonthOwed
from core.ports.insight import Findings, Heading, Kind
from core.ports.points_desk import ExpiringRow, HolderRow
from core.values.money import format_money
from ui.text import tr
from ui.widgets.bar_chart import Bar, Captions, marks_below
from ui.widgets.row_table import Cell, Column

MOST_BARS = 24
ONE_DAY = timedelta(days=1)
MONTHS = 12
Row = tuple[Cell, ...]
Bars = tuple[Sequence[Bar], Captions, Sequence[tuple[int, str]]]
Table = tuple[tuple[Column, ...], list[Row]]


def points_words(points: int) -> str:
    """12,345 or −5."""
    return f"{points:,}".replace("-", "−")


def worth_words(fen: int) -> str:
    """合 123.45 元."""
    return tr("合 {money} 元", money=format_money(fen))


def never(owed: Liability) -> MonthOwed:
    """What never expires."""
    return next((each for each in owed.months if each.month is None), MonthOwed(None, 0, 0))


def rate_line(owed: Liability) -> str:
    """What points are worth, how many of them are counted."""
    return tr(
        "按每 {points} 分 {money} 元算",
        points=f"{owed.rate.points:,}",
        money=format_money(owed.rate.fen),
    )


def month_bars(owed: Liability) -> Bars:
    """Month by month without gaps; what comes after two years is one bar more."""
    known = {each.month: each for each in owed.months if each.month is not None}
    if not known:
        return (), Captions(), ()
    months = [min(known)]
    while months[-1] < max(known) and len(months) < MOST_BARS:
        months.append(_next(months[-1]))
    bars = [_month_bar(known.get(month, MonthOwed(month, 0, 0))) for month in months]
    later = [each for month, each in known.items() if month > months[-1]]
    if later:
        points, fen = sum(each.points for each in later), sum(each.fen for each in later)
        label = tr("以后")
        bars.append(Bar(label, points, tip=_tip(label, points, fen)))
    return _shown(bars)


def _month_bar(each: MonthOwed) -> Bar:
    assert each.month is not None
    return Bar(
        f"{each.month:%Y-%m}", each.points, tip=_tip(f"{each.month:%Y-%m}", each.points, each.fen)
    )


def _next(month: date) -> date:
    return date(month.year + month.month // MONTHS, month.month % MONTHS + 1, 1)


def _tip(label: str, points: int, fen: int) -> str:
    return tr(
        "{label}：{points} 分，合 {money} 元",
        label=label,
        points=points_words(points),
        money=format_money(fen),
    )


def _shown(bars: Sequence[Bar]) -> Bars:
    top = max((bar.value for bar in bars), default=0)
    highest = tr("最多 {points} 分", points=points_words(top))
    return bars, Captions(highest), [(mark, points_words(mark)) for mark in marks_below(top)]


def month_columns() -> tuple[Column, ...]:
    """Of the table of months."""
    return (
        Column("month", tr("到期月份"), 160, grows=True),
        Column("points", tr("积分"), 160, is_number=True),
        Column("worth", tr("合多少元"), 160, is_number=True, is_strong=True),
    )


def month_rows(owed: Liability) -> list[Row]:
    """The months, and what never expires at the end."""
    return [
        (Cell(month_words(each)), Cell(points_words(each.points)), Cell(format_money(each.fen)))
        for each in owed.months
    ]


def month_words(each: MonthOwed) -> str:
    """2026-11, or 永不过期."""
    return f"{each.month:%Y-%m}" if each.month else tr("永不过期")


def owed_report(found: Owed) -> Reported:
    """The same as a table for a file, with the sum, and what members owe, at its end."""
    owed = found.owed
    rows: list[tuple[str | int, ...]] = [
        (month_words(each), each.points, each.fen) for each in owed.months
    ]
    rows.append((tr("合计"), owed.points, owed.fen))
    rows.append((tr("会员欠分"), owed.debt, owed.debt_fen))
    headings = (
        Heading("month", Kind.WORDS),
        Heading("points", Kind.COUNT),
        Heading("worth_fen", Kind.MONEY),
    )
    return Reported(Findings("points_owed", found.on, found.on, headings, tuple(rows)))


def day_bars(ahead: Ahead) -> Bars:
    """Every day from today on, those without anything too."""
    known = {each.on: each for each in ahead.days}
    bars = []
    day = ahead.first
    while day <= ahead.last:
        found = known.get(day)
        tip = tr(
            "{day}：{members} 位，{points} 分",
            day=day.isoformat(),
            members=f"{found.members:,}" if found else 0,
            points=points_words(found.points) if found else 0,
        )
        label = f"{day.month}/{day.day}"
        bars.append(Bar(label, found.points if found else 0, tip=tip, is_now=day == ahead.first))
        day += ONE_DAY
    return _shown(bars)


def day_columns() -> tuple[Column, ...]:
    """Of the table of days."""
    return (
        Column("on", tr("最后一天"), 160, grows=True),
        Column("members", tr("会员"), 160, is_number=True),
        Column("points", tr("积分"), 160, is_number=True, is_strong=True),
    )


def day_rows(ahead: Ahead) -> list[Row]:
    """The days on which something expires."""
    return [
        (
            Cell(_day_words(each.on, ahead.first)),
            Cell(f"{each.members:,}"),
            Cell(points_words(each.points)),
        )
        for each in ahead.days
    ]


def _day_words(on: date, today: date) -> str:
    day = on.isoformat()
    return tr("{day}（今天）", day=day) if on == today else day


def expiring_table(found: Iterable[ExpiringRow]) -> Table:
    """Member by member."""
    columns = (
        Column("on", tr("最后一天"), 130),
        Column("card", tr("卡号"), 150),
        Column("name", tr("姓名"), 120, grows=True),
        Column("phone", tr("手机"), 150),
        Column("points", tr("积分"), 110, is_number=True, is_strong=True),
    )
    rows = [
        (
            Cell(tr("永不过期") if row.on == date.max else row.on.isoformat()),
            *_person(row.card_no, row.name, row.phone),
            Cell(points_words(row.points)),
        )
        for row in found
    ]
    return columns, rows


def holders_table(found: Iterable[HolderRow]) -> Table:
    """Who has how many, or owes them."""
    columns = (
        Column("card", tr("卡号"), 170),
        Column("name", tr("姓名"), 140, grows=True),
        Column("phone", tr("手机"), 170),
        Column("points", tr("积分"), 140, is_number=True, is_strong=True),
    )
    rows = [
        (*_person(row.card_no, row.name, row.phone), Cell(points_words(row.points)))
        for row in found
    ]
    return columns, rows


def _person(card: str, name: str, phone: str) -> Row:
    return Cell(mask_card(card)), Cell(mask_name(name)), Cell(mask_phone(phone) if phone else "")
