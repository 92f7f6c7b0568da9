"""活动的话: activities and who signed up, as rows and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.actions.activities import Attended, Attendee, Board
from core.actions.attend import SignedUp
from core.members.activity import Activity, ActivityKind, Place
from core.members.masks import mask_card, mask_name, mask_phone
from core.ports.activities import Counted
from core.values.money import format_money
from ui.text import tr
from ui.widgets.row_table import Cell, Column

EVERYBODY, MISSED, TO_TELL = "all", "missed", "to_tell"
_KINDS: dict[ActivityKind, str] = {
    ActivityKind.SALON: "沙龙",
    ActivityKind.LECTURE: "讲座",
    ActivityKind.CHECKUP: "体检",
    ActivityKind.OTHER: "其他",
}
_PLACES: dict[Place, str] = {
    Place.SEAT: "有位",
    Place.WAITING: "候补",
    Place.CAME: "到场",
    Place.LEFT: "退出",
}


def kind_words(kind: ActivityKind) -> str:
    """沙龙 · 讲座 · 体检."""
    return tr(_KINDS[kind])


def place_words(place: Place) -> str:
    """有位 · 候补 · 到场 · 退出."""
    return tr(_PLACES[place])


def minute_words(minute: int) -> str:
    """14:05."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def time_words(activity: Activity) -> str:
    """14:00–16:00."""
    return f"{minute_words(activity.from_minute)}–{minute_words(activity.to_minute)}"


def day_words(on: date) -> str:
    """2026-11-28 周六."""
    return tr("{day} 周{weekday:一|二|三|四|五|六|日}", day=on, weekday=on.isoweekday())


def about_words(activity: Activity, board: Board) -> str:
    """When, where, for whom, and what one gets for coming."""
    parts = [day_words(activity.on), time_words(activity)]
    if activity.where:
        parts.append(activity.where)
    if activity.tiers:
        names = {tier.code: tier.name for tier in board.tiers}
        tiers = tr("、").join(names.get(code, code) for code in activity.tiers)
        parts.append(tr("只对{tiers}", tiers=tiers))
    for each in board.behaviours:
        if each.code == activity.behaviour:
            points = f"{each.points:,}"
            parts.append(tr("到场 +{points} 分（{name}）", points=points, name=each.name))
    return "　".join(parts)


def seats_words(counted: Counted) -> str:
    """12 / 20, or 12 where any number has room."""
    taken, seats = counted.seated + counted.came, counted.activity.seats
    return f"{taken:,} / {seats:,}" if seats else f"{taken:,}"


def board_columns() -> list[Column]:
    """Of the list of activities."""
    return [
        Column("day", tr("日期"), 148),
        Column("time", tr("时间"), 124),
        Column("title", tr("活动"), 180, grows=True, is_strong=True),
        Column("kind", tr("种类"), 84),
        Column("seats", tr("报名人数"), 96, is_number=True),
        Column("waiting", tr("候补"), 76, is_number=True),
        Column("came", tr("到场"), 76, is_number=True),
        Column("state", tr("状态"), 116),
    ]


def board_row(counted: Counted, on: date) -> list[Cell]:
    """One of it."""
    activity = counted.activity
    role = "ink" if activity.on >= on and not activity.is_cancelled else "ink_2"
    words, state_role = _state(counted, on)
    return [
        Cell(day_words(activity.on), role),
        Cell(time_words(activity), role),
        Cell(activity.title, role),
        Cell(kind_words(activity.kind), role),
        Cell(seats_words(counted), role),
        Cell(f"{counted.waiting:,}" if counted.waiting else "", role),
        Cell(f"{counted.came:,}" if counted.came else "", role),
        Cell(words, state_role),
    ]


def _state(counted: Counted, on: date) -> tuple[str, str]:
    activity = counted.activity
    if activity.is_cancelled:
        return tr("已取消"), "danger_text"
    if activity.on < on:
        return tr("办过了"), "ink_2"
    if activity.on == on:
        return tr("今天"), "accent_text"
    is_full = activity.seats and counted.seated + counted.came >= activity.seats
    return (tr("满了"), "warn_text") if is_full else (tr("还有位"), "ink")


def people_columns() -> list[Column]:
    """Of those who signed up."""
    return [
        Column("no", tr("序"), 56, is_number=True),
        Column("name", tr("姓名"), 140, grows=True, is_strong=True),
        Column("card", tr("会员卡"), 120),
        Column("phone", tr("手机"), 150),
        Column("place", tr("状态"), 100),
        Column("points", tr("积分"), 90, is_number=True),
        Column("told", tr("通知"), 100),
    ]


def people_row(no: int, attendee: Attendee, seen: Attended) -> list[Cell]:
    """One of them, masked."""
    enrolled = attendee.enrolled
    has_left = enrolled.place is Place.LEFT
    role = "ink_3" if has_left else "ink"
    words, place_role = place_words(enrolled.place), role
    if is_missed(attendee, seen):
        words, place_role = tr("没来"), "warn_text"
    elif enrolled.place is Place.CAME:
        place_role = "accent_text"
    told = tr("待通知") if enrolled.to_tell else tr("已通知") if enrolled.told_us else ""
    return [
        Cell(f"{no:,}", "ink_3"),
        Cell(mask_name(attendee.name) if attendee.name else tr("已抹去的会员"), role),
        Cell(mask_card(attendee.card_no), role),
        Cell(mask_phone(attendee.phone) if attendee.phone else "", role),
        Cell(words, place_role),
        Cell(f"+{enrolled.points:,}" if enrolled.points else "", role),
        Cell(told, "danger_text" if enrolled.to_tell else "ink_2"),
    ]


def is_missed(attendee: Attendee, seen: Attended) -> bool:
    """Who had a place at what is over, and was not there."""
    activity = seen.activity
    is_over = not activity.is_cancelled and activity.on < seen.on
    return is_over and attendee.enrolled.place is Place.SEAT


def groups(seen: Attended) -> dict[str, list[Attendee]]:
    """Those who signed up, by what is looked for."""
    people = seen.people
    of: dict[str, list[Attendee]] = {EVERYBODY: list(people)}
    for place in Place:
        of[place.value] = [each for each in people if each.enrolled.place is place]
    of[MISSED] = [each for each in people if is_missed(each, seen)]
    of[Place.SEAT.value] = [each for each in of[Place.SEAT.value] if not is_missed(each, seen)]
    of[TO_TELL] = [each for each in people if each.enrolled.to_tell]
    return of


def group_words() -> list[tuple[str, str]]:
    """The groups in their order, with their words."""
    return [
        (EVERYBODY, tr("全部")),
        (TO_TELL, tr("待通知")),
        *((place.value, place_words(place)) for place in Place),
        (MISSED, tr("没来")),
    ]


def bought_words(seen: Attended) -> tuple[str, str]:
    """What those who came bought afterwards, and in how many tickets."""
    if seen.bought is None:
        return "—", tr("办过以后才有")
    tickets = tr("{count} 单，到 {day}", count=f"{seen.bought.tickets:,}", day=seen.until)
    return format_money(seen.bought.fen), tickets


def said_words(done: SignedUp, name: str) -> str:
    """What became of a step of a member, and who is to be told by it."""
    who = mask_name(name)
    words = {
        Place.SEAT: tr("{name} 报上名了", name=who),
        Place.WAITING: tr("{name} 候补，有人退出就递补", name=who),
        Place.CAME: tr("{name} 到场", name=who),
        Place.LEFT: tr("{name} 退出了", name=who),
    }[done.enrolled.place]
    if done.enrolled.place is Place.CAME and done.enrolled.points:
        points = f"{done.enrolled.points:,}"
        words = tr("{name} 到场，+{points} 分", name=who, points=points)
    if done.limit is not None:
        words = tr("{name} 到场；这项积分已到上限，没有再加", name=who)
    if done.moved_up:
        names = tr("、").join(mask_name(each.name) for each in done.moved_up)
        words += tr("；{names} 递补有位了，请告诉本人", names=names)
    return words


def file_rows(seen: Attended, people: Sequence[Attendee]) -> tuple[list[str], list[list[str]]]:
    """Heads and rows for paper and files: what the screen shows, masked."""
    heads = [column.title for column in people_columns()]
    rows = [[cell.text for cell in people_row(no, each, seen)] for no, each in enumerate(people, 1)]
    return heads, rows
