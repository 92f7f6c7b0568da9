"""会员，在话里: what the members' page says of rows and conditions found elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from core.actions.roll import RollLine
from core.members.member import Birthday
from core.members.segment import Doubt, Segment
from core.ports.roll import Sort
from core.values.money import format_money
from ui.manage.members.field_words import code_words
from ui.manage.today.state import day_words
from ui.text import tr
from ui.widgets.row_table import Cell, Column

AHEAD_DAYS = 30
AWAY_DAYS = 90
SOON = timedelta(days=1)
Row = tuple[Cell, ...]


def columns() -> tuple[Column, ...]:
    """The heads of the table; names that sort are those of `Sort`."""
    return (
        Column("name", tr("姓名"), 92, grows=True, is_strong=True),
        Column(Sort.TIER, tr("等级"), 76, sorts=True),
        Column("phone", tr("手机"), 116),
        Column(Sort.POINTS, tr("积分"), 88, is_number=True, sorts=True),
        Column(Sort.SPENT, tr("近 12 月"), 104, is_number=True, sorts=True),
        Column(Sort.LAST, tr("最近到店"), 108, sorts=True),
        Column(Sort.BIRTHDAY, tr("生日"), 144, sorts=True),
    )


def presets(tiers: Sequence[tuple[str, str]]) -> list[tuple[str, str, Segment]]:
    """Name, words and conditions of what is asked most; tiers by code and name, lowest first."""
    found = [("all", tr("全部"), Segment())]
    if len(tiers) > 1:
        codes = tuple(code for code, _ in tiers)
        at = len(tiers) // 2
        words = tr("{tier}以上", tier=tiers[at][1]) if at < len(tiers) - 1 else tiers[at][1]
        found.append(("high", words, Segment(tiers=codes[at:])))
    return [
        *found,
        ("born", tr("本月生日"), Segment(is_born_this_month=True)),
        ("ends", tr("积分快到期"), Segment(expiring_within=AHEAD_DAYS)),
        ("away", tr("久未来"), Segment(away_days=AWAY_DAYS)),
        ("own", tr("自选条件"), Segment()),
    ]


def preset_tip(name: str) -> str:
    """What a condition is exactly; "" where its words say it."""
    match name:
        case "ends":
            return tr("{days} 天内有积分到期", days=AHEAD_DAYS)
        case "away":
            return tr("{days} 天以上没有来，或没有来过", days=AWAY_DAYS)
    return ""


def conditions_words(asked: Segment, tiers: Sequence[tuple[str, str]]) -> str:
    """近 12 月消费从 1,000.00；90 天没有来: each condition that holds, one after another."""
    names = dict(tiers)
    parts = [
        tr("、").join(names.get(code, code) for code in asked.tiers),
        _peaks([names.get(code, code) for code in asked.peaks]),
        _between(tr("积分"), asked.points_from, asked.points_to, lambda many: f"{many:,}"),
        _between(tr("近 12 月消费"), asked.spent_from, asked.spent_to, format_money),
        _between(tr("年龄"), asked.age_from, asked.age_to, str),
        _between(tr("入会"), asked.joined_from, asked.joined_to, str),
        *_days(asked),
        *_profile(asked),
        *_yes_or_no(asked),
        _doubts(asked),
    ]
    return tr("；").join(part for part in parts if part) or tr("全部会员")


def questions() -> tuple[tuple[str, str], ...]:
    """What is answered with yes or no: the field of the conditions, and its words."""
    return (
        ("has_phone", tr("留了手机")),
        ("has_birthday", tr("留了生日")),
        ("has_agreed", tr("同意过使用资料")),
        ("is_visitor", tr("别店会员")),
        ("is_frozen", tr("已冻结")),
    )


def doubt_names() -> dict[Doubt, str]:
    """What looks made up."""
    return {Doubt.NAME: tr("姓名"), Doubt.PHONE: tr("手机"), Doubt.BIRTHDAY: tr("生日")}


def _between(what: str, first: Any, last: Any, words: Callable[[Any], str]) -> str:
    if first is not None and last is not None:
        return tr("{what} {first} 到 {last}", what=what, first=words(first), last=words(last))
    if first is not None:
        return tr("{what}从 {first}", what=what, first=words(first))
    return "" if last is None else tr("{what}到 {last}", what=what, last=words(last))


def _peaks(names: Sequence[str]) -> str:
    return tr("最高到过 {tiers}", tiers=tr("、").join(names)) if names else ""


def _days(asked: Segment) -> Iterator[str]:
    if asked.away_days is not None:
        yield tr("{days} 天没有来", days=asked.away_days)
    if asked.came_within is not None:
        yield tr("{days} 天内来过", days=asked.came_within)
    if asked.is_born_this_month:
        yield tr("本月生日")
    if asked.born_within is not None:
        yield tr("{days} 天内过生日", days=asked.born_within)
    if asked.born_months:
        yield tr("{months} 月过生日", months=tr("、").join(map(str, asked.born_months)))
    if asked.expiring_within is not None:
        yield tr("{days} 天内有积分到期", days=asked.expiring_within)


def _profile(asked: Segment) -> Iterator[str]:
    for codes in (asked.kinds, asked.sexes, asked.sources):
        if codes:
            yield tr("、").join(map(code_words, codes))
    if asked.occupation:
        yield tr("职业有“{text}”", text=asked.occupation)
    if asked.tags:
        yield tr("标签有 {tags}", tags=tr("、").join(asked.tags))
    if asked.unverified_months is not None:
        yield tr("{months} 个月没有核对资料", months=asked.unverified_months)


def _yes_or_no(asked: Segment) -> Iterator[str]:
    for name, words in questions():
        answer = getattr(asked, name)
        if answer is not None:
            yield words if answer else tr("不是：{what}", what=words)


def _doubts(asked: Segment) -> str:
    names = doubt_names()
    what = tr("、").join(names[each] for each in asked.doubts)
    return tr("{what}存疑", what=what) if asked.doubts else ""


def cells(line: RollLine | None, today: date) -> Row:
    """One row; of who is gone since it says so."""
    if line is None:
        return (Cell(tr("已注销"), "ink_3"),)
    near = line.birthday_on is not None and line.birthday_on <= today + SOON
    return (
        _name(line),
        Cell(line.tier),
        Cell(line.phone, "ink_2"),
        Cell(f"{line.points:,}".replace("-", "−"), "danger_text" if line.points < 0 else "ink"),
        Cell("" if line.spent_fen is None else format_money(line.spent_fen)),
        _visit(line, today),
        Cell(
            born_words(line.birthday, line.birthday_on, today),
            "accent_text" if near else "ink_2",
        ),
    )


def _name(line: RollLine) -> Cell:
    """Who is frozen is told before anybody opens the file."""
    if line.is_frozen:
        return Cell(tr("{name}，冻结", name=line.name), "danger_text")
    return Cell(line.name)


def _visit(line: RollLine, today: date) -> Cell:
    if line.spent_fen is None:
        return Cell("")
    if line.last_on is None:
        return Cell(tr("没来过"), "ink_3")
    return Cell(visit_words(line.last_on, today), "ink_2")


def visit_words(day: date, today: date) -> str:
    """今天, 11 月 23 日, 2024 年 3 月."""
    if day == today:
        return tr("今天")
    if day > today - timedelta(days=365):
        return day_words(day)
    return tr("{year} 年 {month} 月", year=day.year, month=day.month)


def born_words(born: Birthday | None, on: date | None, today: date) -> str:
    """今天，农历: when a member celebrates next, and whether by the moon."""
    if born is None or on is None:
        return ""
    day = tr("今天") if on == today else tr("明天") if on == today + SOON else day_words(on)
    return tr("{day}，农历", day=day) if born.is_lunar else day
