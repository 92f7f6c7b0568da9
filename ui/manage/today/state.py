"""今天，在话里: what the page of today says, of figures that were counted elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from core.actions.today import Birthdays, Celebration, Expiring, Today, Waiting
from core.members.masks import mask_name, mask_phone
from core.points.reminders import Reminder
from core.ports.figures import JoinedRow, SoldRow
from core.sales.trading import average_fen, change_permille, share_permille
from core.values.moment import local_time
from core.values.money import format_money
from ui.manage.today.person_row import PersonLine
from ui.moment_words import when
from ui.report_words import NONE
from ui.text import birthday_words, tr
from ui.widgets.bar_chart import Bar, Captions, marks_below
from ui.widgets.row_table import Cell, Column

YUAN_FEN = 100
OPENS, CLOSES = 9, 20
OLD_BACKUP_US = 3 * 86_400_000_000
ONE_DAY = timedelta(days=1)
REWARDS = "benefits/rewards"
"""The page on which gifts are counted."""
Row = tuple[Cell, ...]


def date_words(shown: Today) -> str:
    """11 月 27 日　星期五　到 16:30."""
    on = shown.now.business_on
    return tr(
        "{month} 月 {day} 日　{weekday}　到 {time}",
        month=on.month,
        day=on.day,
        weekday=weekday_words(on),
        time=f"{local_time(shown.at_us, shown.zone):%H:%M}",
    )


def weekday_words(on: date) -> str:
    """星期一 to 星期日."""
    return (
        tr("星期一"),
        tr("星期二"),
        tr("星期三"),
        tr("星期四"),
        tr("星期五"),
        tr("星期六"),
        tr("星期日"),
    )[on.weekday()]


def compared_words(shown: Today) -> tuple[str, str]:
    """How takings stand to the same weekday a week ago at this time, and in which colour."""
    more = change_permille(shown.now.taken_fen, shown.before_by_now.taken_fen)
    if more is None:
        return tr("上周同一天到这时没有营业"), "ink_2"
    percent = f"{abs(more) // 10}.{abs(more) % 10}"
    if more >= 0:
        return tr("比上周同一天同时多 {percent}%", percent=percent), "accent_text"
    return tr("比上周同一天同时少 {percent}%", percent=percent), "danger_text"


def percent_words(part: int, whole: int) -> str:
    """A share with one decimal: 68.4%; of nothing none."""
    if not whole:
        return NONE
    permille = share_permille(part, whole)
    return f"{permille // 10}.{permille % 10}%"


def average_words(taken_fen: int, tickets: int) -> str:
    """What a ticket came to; of none nothing."""
    return format_money(average_fen(taken_fen, tickets)) if tickets else NONE


def ticket_line(shown: Today) -> str:
    """客单 of all."""
    return tr("客单 {money}", money=average_words(shown.now.taken_fen, shown.now.tickets))


def member_line(shown: Today) -> str:
    """Members' share of tickets, and their average ticket against that of others."""
    now = shown.now
    return tr(
        "占 {share}，客单 {mine}，散客 {others}",
        share=percent_words(now.member_tickets, now.tickets),
        mine=average_words(now.member_fen, now.member_tickets),
        others=average_words(now.other_fen, now.other_tickets),
    )


def share_line(shown: Today) -> str:
    """Members' share of takings."""
    return tr("占实收 {share}", share=percent_words(shown.now.member_fen, shown.now.taken_fen))


def hour_bars(shown: Today) -> tuple[Sequence[Bar], Captions, Sequence[tuple[int, str]]]:
    """Takings by the hour beside those of a week ago; captions and the marks of the scale."""
    now, before = dict(shown.now.by_hour), dict(shown.before.by_hour)
    hour_now = local_time(shown.at_us, shown.zone).hour
    seen = {*now, *before, OPENS, CLOSES}
    bars = [
        Bar(
            str(hour),
            now.get(hour, 0),
            before.get(hour),
            tip=_tip(hour, now.get(hour, 0), before.get(hour)),
            is_now=hour == hour_now,
        )
        for hour in range(min(seen), max(seen) + 1)
    ]
    best, best_before = max(now.values(), default=0), max(before.values(), default=0)
    captions = Captions(
        tr("今天 {money}", money=_yuan(best)), tr("上周 {money}", money=_yuan(best_before))
    )
    marks = [(value, _yuan(value)) for value in marks_below(max(best, best_before))]
    return bars, captions, marks


def _tip(hour: int, now: int, before: int | None) -> str:
    words = tr("{hour} 点：{money}", hour=hour, money=format_money(now))
    if before is None:
        return words
    return words + tr("，上周 {money}", money=format_money(before))


def _yuan(fen: int) -> str:
    return f"{fen // YUAN_FEN:,}" if fen % YUAN_FEN == 0 else format_money(fen)


def birthday_lines(found: Birthdays) -> list[PersonLine]:
    """Who celebrates today and tomorrow."""
    return [_celebration(row, found.today) for row in found.rows]


def _celebration(row: Celebration, today: date) -> PersonLine:
    day = tr("今天") if row.on == today else tr("明天")
    born = row.member.birthday
    about = tr("{day}，{lunar}", day=day, lunar=birthday_words(born)) if born.is_lunar else day
    spent = tr("近 12 月 {money} 元", money=format_money(row.member.spent_fen))
    return PersonLine(mask_name(row.member.name), row.tier_name, about, spent)


def expiring_lines(found: Expiring) -> list[PersonLine]:
    """Whose points expire first."""
    return [
        PersonLine(
            mask_name(row.name),
            "",
            tr("{points} 分，{day}到期", points=f"{row.points:,}", day=day_words(row.expires_on)),
        )
        for row in found.rows
    ]


def day_words(day: date) -> str:
    """11 月 30 日."""
    return tr("{month} 月 {day} 日", month=day.month, day=day.day)


def ticket_figure(shown: Today) -> tuple[str, str, str]:
    """会员客单 against that of others, and members' share of tickets."""
    now = shown.now
    words = tr(
        "散客 {others}，会员占小票 {share}",
        others=average_words(now.other_fen, now.other_tickets),
        share=percent_words(now.member_tickets, now.tickets),
    )
    return average_words(now.member_fen, now.member_tickets), words, "ink_2"


def gift_figure(found: Waiting) -> tuple[str, str, str]:
    """How many kinds of gifts are nearly gone."""
    if not found.rewards:
        return tr("没有"), tr("规则册里没有要数的兑换品"), "ink_2"
    if not found.low:
        return tr("够"), tr("{count} 种，最少的 {stock} 件", **_fewest(found)), "ink_2"
    names = tr("、").join(f"{each.reward.name} {each.stock}" for each in found.low)
    return tr("{count} 种快没了", count=len(found.low)), names, "warn_text"


def _fewest(found: Waiting) -> dict[str, int]:
    return {"count": len(found.rewards), "stock": found.rewards[0].stock}


def sync_figure(found: Waiting) -> tuple[str, str, str]:
    """What is on this machine alone."""
    if not found.chain_name:
        return tr("没有入网"), tr("数据都在这台电脑上"), "ink_2"
    line = found.chain_name
    if found.kept_apart:
        line = tr("{count} 条记录总部另放着", count=f"{found.kept_apart:,}")
    elif found.unsent_us is not None:
        line = tr("最早的 {since}", since=when(found.unsent_us, found.now_us, found.zone))
    number = tr("{count} 条", count=f"{found.unsent:,}") if found.unsent else tr("都传了")
    role = "danger_text" if found.kept_apart else "warn_text" if found.unsent else "ink_2"
    return number, line, role


def backup_figure(found: Waiting) -> tuple[str, str, str]:
    """When the newest backup was made."""
    if found.backup_us is None:
        return tr("没有"), tr("请现在做一份"), "danger_text"
    at = when(found.backup_us, found.now_us, found.zone)
    if found.backup_trouble:
        return at, found.backup_trouble, "danger_text"
    if found.now_us - found.backup_us > OLD_BACKUP_US:
        return at, tr("太久了，请现在做一份"), "warn_text"
    return at, tr("加密，核对过"), "ink_2"


def gift_table(found: Waiting) -> tuple[tuple[Column, ...], list[Row]]:
    """All gifts that are counted, those that are nearly gone first."""
    columns: tuple[Column, ...] = (
        Column("name", tr("兑换品"), 300, grows=True, is_strong=True),
        Column("stock", tr("还有几件"), 140, is_number=True),
        Column("low_at", tr("剩几件提醒"), 140, is_number=True),
    )
    return columns, [
        (
            Cell(each.reward.name),
            Cell(f"{each.stock:,}", "danger_text" if each.is_low else "ink"),
            Cell(f"{each.reward.low_at:,}", "ink_2"),
        )
        for each in found.rewards
    ]


class WaitingLine(Struct, frozen=True):
    """What waits: its icon, what it is, what to do, and the page that a press leads to."""

    icon: str
    title: str
    line: str
    page: str = ""
    action: str = ""


def waiting_lines(found: Waiting) -> list[WaitingLine]:
    """The most urgent first."""
    lines: list[WaitingLine] = []
    if found.kept_apart:
        title = tr("{count} 条记录总部另放着", count=f"{found.kept_apart:,}")
        lines.append(WaitingLine("flag", title, tr("请打总部的电话，问哪里不对")))
    if found.cases:
        title = tr("{count} 个案件没有结", count=f"{found.cases:,}")
        line = tr("看证据，再决定怎么处理")
        lines.append(WaitingLine("shield", title, line, "cases", tr("去处理")))
    if found.open_since is not None:
        title = tr("{day}开的店还没有日结", day=day_words(found.open_since))
        line = tr("请到收银台按 F12 日结")
        lines.append(WaitingLine("cash", title, line, "proof/shifts", tr("看班次")))
    if found.low:
        names = tr("、").join(f"{each.reward.name} {each.stock}" for each in found.low)
        title = tr("{count} 种兑换品快没了", count=len(found.low))
        lines.append(WaitingLine("points", title, names, REWARDS, tr("去改库存")))
    for version, begins_on in found.coming:
        title = tr("规则册第 {version} 版等着生效", version=version)
        line = tr("{day}起", day=day_words(begins_on))
        lines.append(WaitingLine("offer", title, line, "rules", tr("看规则")))
    if found.unsent:
        title = tr("{count} 条记录还没有传到总部", count=f"{found.unsent:,}")
        line = tr("收银台开着、连得上时会自己传")
        lines.append(WaitingLine("outbox", title, line))
    return lines


def sold_table(rows: Iterable[SoldRow], shown: Today) -> tuple[tuple[Column, ...], list[Row]]:
    """Tickets, one a row."""
    columns: tuple[Column, ...] = (
        Column("time", tr("几点"), 84),
        Column("no", tr("单号"), 180, grows=True),
        Column("member", tr("会员"), 120),
        Column("staff", tr("收银员"), 104),
        Column("points", tr("积分"), 96, is_number=True),
        Column("money", tr("实收"), 132, is_number=True, is_strong=True),
    )
    return columns, [_sold_row(row, shown) for row in rows]


def _sold_row(row: SoldRow, shown: Today) -> Row:
    role = "ink" if row.is_sale else "danger_text"
    return (
        Cell(f"{local_time(row.at_us, shown.zone):%H:%M}"),
        Cell(row.no),
        Cell(mask_name(row.member) if row.member else tr("散客"), "ink" if row.member else "ink_2"),
        Cell(row.cashier, "ink_2"),
        Cell(f"{row.points:,}".replace("-", "−"), "ink_2"),
        Cell(format_money(row.taken_fen), role),
    )


def joined_table(rows: Iterable[JoinedRow]) -> tuple[tuple[Column, ...], list[Row]]:
    """New members, one a row."""
    columns: tuple[Column, ...] = (
        Column("joined", tr("哪天入会"), 120),
        Column("name", tr("姓名"), 160, grows=True, is_strong=True),
        Column("tier", tr("等级"), 120),
        Column("phone", tr("手机"), 150),
        Column("card", tr("卡号"), 170),
    )
    made: list[Row] = [
        (
            Cell(day_words(row.joined_on)),
            Cell(mask_name(row.name)),
            Cell(row.tier),
            Cell(mask_phone(row.phone) if row.phone else "", "ink_2"),
            Cell(row.card_no, "ink_2"),
        )
        for row in rows
    ]
    return columns, made


def birthday_table(rows: Iterable[Celebration]) -> tuple[tuple[Column, ...], list[Row]]:
    """Who celebrates within 30 days."""
    columns: tuple[Column, ...] = (
        Column("day", tr("哪天"), 120),
        Column("name", tr("姓名"), 160, grows=True, is_strong=True),
        Column("tier", tr("等级"), 120),
        Column("born", tr("生日"), 170),
        Column("spent", tr("近 12 月"), 140, is_number=True),
    )
    made: list[Row] = [
        (
            Cell(day_words(row.on)),
            Cell(mask_name(row.member.name)),
            Cell(row.tier_name),
            Cell(birthday_words(row.member.birthday), "ink_2"),
            Cell(format_money(row.member.spent_fen)),
        )
        for row in rows
    ]
    return columns, made


def expiring_table(rows: Iterable[Reminder]) -> tuple[tuple[Column, ...], list[Row]]:
    """Whose points expire within 30 days."""
    columns: tuple[Column, ...] = (
        Column("day", tr("最早到期"), 120),
        Column("name", tr("姓名"), 160, grows=True, is_strong=True),
        Column("phone", tr("手机"), 150),
        Column("soon", tr("7 天内"), 120, is_number=True),
        Column("points", tr("30 天内"), 120, is_number=True),
    )
    made: list[Row] = [
        (
            Cell(day_words(row.expires_on)),
            Cell(mask_name(row.name)),
            Cell(mask_phone(row.phone) if row.phone else "", "ink_2"),
            Cell(f"{row.soon_points:,}"),
            Cell(f"{row.points:,}"),
        )
        for row in rows
    ]
    return columns, made
