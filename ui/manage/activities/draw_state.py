"""抽奖的话: draws, who takes part and who won, as rows and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from core.actions.draws import DrawSeen, Listed, Winner
from core.members.masks import mask_card, mask_name
from core.ports.draws import Draw
from core.trust.draw import MOST_PIECES, Prize
from core.values.moment import day_and_time
from ui.text import tr
from ui.widgets.row_table import Cell, Column


def stage_words(draw: Draw) -> str:
    """How far it has come."""
    if draw.drawn is not None:
        return tr("已开奖")
    return tr("名单已封") if draw.closed is not None else tr("已公布承诺值")


def prizes_words(prizes: tuple[Prize, ...]) -> str:
    """电饭煲 1 份、大米 2 份."""
    named = (tr("{name} {count} 份", name=each.name, count=f"{each.count:,}") for each in prizes)
    return tr("、").join(named)


def read_prizes(text: str) -> list[Prize]:
    """One a line, with how many behind its name; a line without a number is one piece."""
    prizes = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, _, count = line.replace("×", " ").replace("　", " ").rpartition(" ")
        is_counted = bool(name) and count.isascii() and count.isdigit() and len(count) <= 6
        number = min(int(count), MOST_PIECES + 1) if is_counted else 1
        prizes.append(Prize(name.strip() if is_counted else line, number))
    return prizes


def prizes_read(prizes: list[Prize]) -> str:
    """How they were read, each with its number."""
    if not prizes:
        return ""
    count = f"{sum(prize.count for prize in prizes):,}"
    return tr("读作：{each}。一共 {count} 份", each=prizes_words(tuple(prizes)), count=count)


def board_columns() -> list[Column]:
    """Of the list of draws."""
    return [
        Column("at", tr("时间"), 168),
        Column("name", tr("抽奖"), 200, grows=True, is_strong=True),
        Column("prizes", tr("奖品"), 260, grows=True),
        Column("entries", tr("参加"), 90, is_number=True),
        Column("given", tr("已领"), 90, is_number=True),
        Column("stage", tr("到哪一步"), 176),
    ]


def board_row(draw: Draw, zone: tzinfo) -> list[Cell]:
    """One of it."""
    plan = draw.plan
    entries = f"{len(draw.closed.members):,}" if draw.closed else ""
    given = f"{len(draw.given):,} / {plan.pieces:,}" if draw.drawn else ""
    return [
        Cell(day_and_time(draw.committed.at_us, zone)),
        Cell(plan.name),
        Cell(prizes_words(plan.prizes), "ink_2"),
        Cell(entries),
        Cell(given),
        Cell(stage_words(draw), "ink_2" if draw.drawn else "accent_text"),
    ]


def won_columns() -> list[Column]:
    """Of the winners."""
    return [
        Column("prize", tr("奖品"), 220, grows=True, is_strong=True),
        Column("piece", tr("第几份"), 90, is_number=True),
        Column("no", tr("号"), 90, is_number=True),
        Column("name", tr("姓名"), 140),
        Column("card", tr("会员卡"), 130),
        Column("state", tr("状态"), 190),
    ]


def won_row(winner: Winner, seen: DrawSeen, zone: tzinfo) -> list[Cell]:
    """One piece of a prize, masked."""
    prize = seen.draw.plan.prizes[winner.prize]
    who = winner.listed
    cells = [Cell(prize.name), Cell(f"{winner.piece + 1:,}", "ink_2")]
    if who is None:
        return [*cells, Cell(""), Cell(tr("没有人"), "ink_2"), Cell(""), Cell("")]
    state, role = tr("等着领"), "warn_text"
    if winner.given_us is not None:
        state, role = tr("{time} 领了", time=day_and_time(winner.given_us, zone)), "ink_2"
    return [*cells, Cell(f"{who.no:,}"), *_who(who), Cell(state, role)]


def listed_columns() -> list[Column]:
    """Of those who take part."""
    return [
        Column("no", tr("号"), 90, is_number=True),
        Column("name", tr("姓名"), 160, grows=True, is_strong=True),
        Column("card", tr("会员卡"), 140),
        Column("tickets", tr("券数"), 90, is_number=True),
        Column("state", tr("状态"), 160),
    ]


def listed_row(listed: Listed, won: Mapping[int, str]) -> list[Cell]:
    """One of them, masked; `won` are the prizes by numbers of the list."""
    state, role = won.get(listed.no, ""), "accent_text"
    if listed.is_gone:
        state, role = tr("退出"), "ink_2"
    return [
        Cell(f"{listed.no:,}"),
        *_who(listed),
        Cell(f"{listed.tickets:,}"),
        Cell(state, role),
    ]


def prizes_by_number(seen: DrawSeen) -> dict[int, str]:
    """What each number of the list won."""
    found: dict[int, str] = {}
    for each in seen.won:
        if each.listed is not None:
            name, no = seen.draw.plan.prizes[each.prize].name, each.listed.no
            found[no] = tr("、").join((found[no], name)) if no in found else name
    return found


def _who(who: Listed) -> list[Cell]:
    name = mask_name(who.name) if who.name else tr("已抹去的会员")
    return [Cell(name), Cell(mask_card(who.card_no))]
