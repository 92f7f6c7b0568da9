"""动态，在话里: all that happened to a member, the newest first, and where each row leads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from msgspec import Struct

from core.actions.draws import TookPart
from core.actions.timeline import LifeTold, Timeline
from core.members.activity import Place
from core.members.profile import CARD
from core.points.ledger import Cause
from core.ports.life import LifeStep, Lived
from core.values.moment import business_date, local_time
from ui.here import day_words
from ui.manage.activities.state import place_words
from ui.manage.members.field_words import field_label
from ui.manage.members.file_words import FileLine, bought_lines, moved_lines, signed, step_line
from ui.text import tr

PAPER, TAB, ROOM = "paper", "tab", "room"
TOLD_BETTER = (Cause.BEHAVIOUR, Cause.CORRECTION, Cause.REDEEM, Cause.UNREDEEM, Cause.MERGE)
"""What moved by these stands with what it was for."""


class Happened(Struct, frozen=True):
    """A row of it: `at_us` 0 where only the day is kept.

    `leads` is a kind of what it opens with which one: a paper by its number, a tab of the file, a
    part of another room; "" where there is nothing to open. `is_service`: 服务记录.
    """

    on: date
    at_us: int
    line: FileLine
    leads: tuple[str, str] = ("", "")
    is_service: bool = False


def happened(told: Timeline) -> list[Happened]:
    """The newest first."""
    found = [*_bought(told), *_of_file(told), *map(draw_row, told.life.draws)]
    found += [lived_row(told.life, each) for each in told.life.lived]
    zone, hour = told.file.more.zone, told.day_ends_hour

    def when(each: Happened) -> tuple[date, int]:
        # what is of a business date and what is of a moment after midnight stand in one order
        known = each.at_us > 0
        return business_date(each.at_us, zone, hour) if known else each.on, each.at_us

    return sorted(found, key=when, reverse=True)


def _bought(told: Timeline) -> Iterator[Happened]:
    file = told.file
    for row, line in zip(file.bought, bought_lines(file), strict=True):
        yield Happened(row.on, 0, line, (PAPER, row.no))
    for moved, line in zip(file.moved, moved_lines(file), strict=True):
        if not moved.sale_no and moved.cause not in TOLD_BETTER:  # a ticket says what it moved
            yield Happened(moved.business_on, 0, line, (TAB, "points"))


def _of_file(told: Timeline) -> Iterator[Happened]:
    file, more = told.file, told.file.more
    for step in file.steps:
        yield Happened(step.on, step.at_us, step_line(step), (TAB, "tiers"))
    for note in file.notes:
        on = local_time(note.at_us, more.zone).date()
        by = _line(day_words(on), told.life.people.get(note.staff_no, ""))
        line = FileLine(tr("备注：{text}", text=note.text), by)
        yield Happened(on, note.at_us, line, is_service=True)
    for at_us, several in groupby(more.edits, key=lambda each: each.edit.at_us):
        edits = [each for each in several if each.edit.field != CARD]
        if not edits:
            continue  # a new card is said as one
        fields = tr("、").join(field_label(each.edit.field) for each in edits)
        by = "　".join((day_words(edits[0].on), edits[0].by or tr("总部")))
        line = FileLine(tr("改资料：{fields}", fields=fields), by)
        yield Happened(edits[0].on, at_us, line, (TAB, "profile"))
    for kept in more.consents:
        words = tr("同意保存资料") if kept.consent.is_given else tr("撤回同意")
        line = FileLine(words, _line(day_words(kept.on), kept.by))
        yield Happened(kept.on, kept.consent.at_us, line, (TAB, "profile"))
    for old in more.old_cards:
        line = FileLine(tr("换卡"), _line(day_words(old.replaced_on), old.card_no))
        yield Happened(old.replaced_on, 0, line, (TAB, "coupons"))
    if file.joined_on is not None:
        yield Happened(file.joined_on, -1, FileLine(tr("入会"), day_words(file.joined_on)))


def draw_row(draw: TookPart) -> Happened:
    """A draw, with what of it is theirs."""
    title = tr("抽奖：{name}", name=draw.name)
    if draw.won:
        prizes = tr("、").join(prize for prize, _ in draw.won)
        title = tr("抽中{prizes}：{name}", prizes=prizes, name=draw.name)
        all_given = all(is_given for _, is_given in draw.won)
        how = tr("已领") if all_given else tr("还没有领")
    elif draw.is_gone:
        how = tr("退出")
    else:
        how = tr("没有抽中") if draw.is_drawn else tr("还没有开奖")
    line = FileLine(title, _line(day_words(draw.on), how))
    leads = (ROOM, f"activities/draw-{draw.draw_id.hex}")
    return Happened(draw.on, draw.at_us, line, leads, is_service=True)


def lived_row(told: LifeTold, each: Lived) -> Happened:
    """What happened besides buying."""
    name, points = told.titles.get(each.name, each.name), signed(each.points)
    match each.what:
        case LifeStep.ACTIVITY:
            return _activity(told, each)
        case LifeStep.BENEFIT:
            return _of(told, each, tr("用了{name}", name=name), is_service=True)
        case LifeStep.BENEFIT_BACK:
            return _of(told, each, tr("退还{name}", name=name), is_service=True)
        case LifeStep.BEHAVIOUR:
            return _of(told, each, name, amount=points, is_service=True)
        case LifeStep.REDEEMED | LifeStep.REDEMPTION_BACK:
            title, leads = tr("兑换：{name}", name=each.name), (PAPER, each.detail)
            if each.what is LifeStep.REDEMPTION_BACK:
                title = tr("退回兑换：{name}", name=each.name)
            return _of(told, each, title, each.detail, points, leads, is_service=True)
        case LifeStep.CORRECTED:
            return _of(told, each, tr("更正积分"), each.name, points, (TAB, "points"))
        case LifeStep.MERGED:
            gone = told.merged.get(each.about) if each.about is not None else None
            return _of(told, each, tr("并入了{name}", name=gone or tr("另一位")))
        case LifeStep.FROZEN:
            return _of(told, each, tr("冻结"), each.detail)
        case LifeStep.THAWED:
            return _of(told, each, tr("解冻"))
        case LifeStep.PARTED:
            return _of(told, each, tr("合并撤销了"))
        case LifeStep.CARD_RENEWED:
            until = tr("至{day}", day=day_words(date.fromisoformat(each.detail)))
            return _of(told, each, tr("卡续期"), until, leads=(TAB, "coupons"))
        case LifeStep.EXPORTED:
            return _of(told, each, tr("导出了他的资料"))
        case LifeStep.NOTE_ERASED:
            return _of(told, each, tr("删了一条备注"), is_service=True)
    return _coupon(told, each, name)


def _activity(told: LifeTold, each: Lived) -> Happened:
    leads = (ROOM, f"activities/activity-{each.about.hex}") if each.about else ("", "")
    title = tr("活动：{name}", name=each.name)
    place, points = place_words(Place(each.detail)), signed(each.points) if each.points else ""
    return _of(told, each, title, place, points, leads, is_service=True)


def _coupon(told: LifeTold, each: Lived, name: str) -> Happened:
    leads = (TAB, "coupons")
    match each.what:
        case LifeStep.COUPON:
            title = tr("发券：{name}", name=name)
            amount = tr("{count} 张", count=f"{each.points:,}") if each.points > 1 else ""
            return _of(told, each, title, amount=amount, leads=leads)
        case LifeStep.COUPON_USED:
            return _of(told, each, tr("用券：{name}", name=name), each.detail, leads=leads)
        case LifeStep.COUPON_BACK:
            return _of(told, each, tr("退回券：{name}", name=name), each.detail, leads=leads)
        case LifeStep.COUPON_WITHDRAWN:
            return _of(told, each, tr("收回券：{name}", name=name), each.detail, leads=leads)
    return _of(told, each, tr("券到期：{name}", name=name), each.detail, leads=leads)


def _of(
    told: LifeTold,
    each: Lived,
    title: str,
    more: str = "",
    amount: str = "",
    leads: tuple[str, str] = ("", ""),
    *,
    is_service: bool = False,
) -> Happened:
    assert each.on is not None, "the action fills it in"
    on = each.on
    by = told.people.get(each.staff_no, "")
    line = FileLine(title, _line(day_words(on), more, by), amount)
    return Happened(on, each.at_us, line, leads, is_service)


def _line(*parts: str) -> str:
    return "　".join(part for part in parts if part)
