"""档案，在话里: what the file of a member says in its rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from core.actions.look_at_tiers import TierStep
from core.actions.member_file import RecordFile
from core.points.ledger import LotLeft
from core.ports.figures import BoughtRow
from core.sales.statement import Movement
from core.values.money import format_money
from ui.devices.slip_rows import CAUSES
from ui.here import day_words
from ui.manage.members.words import born_words
from ui.text import tr
from ui.tier_words import step_words, until_words, why_words

SOON = timedelta(days=30)
NEAR = timedelta(days=7)
YEAR_DAYS = 365


class FileLine(Struct, frozen=True):
    """A row of the file: what, a small line below ("" for none), and a figure at the right.

    `paper` is the number of the ticket that it is about.
    """

    title: str
    line: str = ""
    amount: str = ""
    paper: str = ""


class Alert(Struct, frozen=True):
    """What has to be known at once: tone of a banner, icon, title and line."""

    tone: str
    icon: str
    title: str
    line: str = ""


def about_words(file: RecordFile) -> str:
    """138****5678　会员 3 年　卡 ****0001."""
    parts = [file.phone]
    if file.joined_on is None:
        parts.append(tr("别店会员"))
    else:
        years = (file.today - file.joined_on).days // YEAR_DAYS
        parts.append(tr("会员 {years} 年", years=years) if years else tr("今年入会"))
    if file.card:
        parts.append(tr("卡 {card}", card=file.card))
    return "　".join(part for part in parts if part)


def alerts(file: RecordFile) -> Iterator[Alert]:
    """The most urgent first."""
    if file.frozen_for is not None:
        yield Alert("danger", "lock", tr("已冻结"), file.frozen_for)
    for note in file.notes:
        if note.is_urgent:
            yield Alert("danger", "alert", note.text)
    if file.birthday_on is not None and file.birthday_on <= file.today + NEAR:
        born = born_words(file.birthday, file.birthday_on, file.today)
        is_now = file.birthday_on == file.today
        yield Alert("good", "cake", tr("过生日") if is_now else tr("快过生日了"), born)
    ending = [lot for lot in file.lots if _ends_soon(lot, file.today)]
    if ending:
        points = sum(lot.left for lot in ending)
        line = tr(
            "最早 {day}", day=day_words(min(lot.expires_on for lot in ending if lot.expires_on))
        )
        title = tr("30 天内 {points} 分到期", points=f"{points:,}")
        yield Alert("warn", "hourglass", title, line)


def _ends_soon(lot: LotLeft, today: date) -> bool:
    return lot.expires_on is not None and today <= lot.expires_on <= today + SOON


def expiry_lines(file: RecordFile) -> list[FileLine]:
    """What is left, by the day on which it expires."""
    days: dict[date | None, int] = {}
    for lot in file.lots:
        days[lot.expires_on] = days.get(lot.expires_on, 0) + lot.left
    return [FileLine(_end_words(on), amount=f"{points:,}") for on, points in days.items()]


def _end_words(on: date | None) -> str:
    return tr("永久有效") if on is None else tr("{day}到期", day=day_words(on))


def lot_lines(file: RecordFile) -> list[FileLine]:
    """What the points are made of: those that expire first stand first."""
    return [
        FileLine(
            _end_words(lot.expires_on),
            tr("{day}得到", day=day_words(lot.earned_on)),
            f"{lot.left:,}",
        )
        for lot in file.lots
    ]


def moved_lines(file: RecordFile) -> list[FileLine]:
    """What came and went, and why."""
    return [_moved(each) for each in file.moved]


def _moved(moved: Movement) -> FileLine:
    words = tr(CAUSES[moved.cause]) if moved.cause in CAUSES else tr("留给别的收银台")
    line = "　".join(part for part in (day_words(moved.business_on), moved.sale_no) if part)
    return FileLine(words, line, signed(moved.points))


def bought_lines(file: RecordFile) -> list[FileLine]:
    """Tickets and what came back."""
    return [_bought(row) for row in file.bought]


def _bought(row: BoughtRow) -> FileLine:
    if not row.is_sale:
        title = tr("退货")
    elif row.kinds > 1:
        title = tr("{goods}等 {kinds} 种", goods=row.goods, kinds=row.kinds)
    else:
        title = row.goods
    points = tr("{points} 分", points=signed(row.points)) if row.points else tr("不积分")
    line = "　".join((day_words(row.on), row.no, points))
    return FileLine(title, line, format_money(row.taken_fen), row.no)


def tier_lines(file: RecordFile) -> list[FileLine]:
    """How the tier came about, with the figures behind it."""
    return [step_line(step) for step in file.steps]


def step_line(step: TierStep) -> FileLine:
    """One step, with its day and the figures behind it."""
    parts = (day_words(step.on), why_words(step), until_words(step.until))
    return FileLine(step_words(step), "　".join(part for part in parts if part))


def note_lines(file: RecordFile) -> list[FileLine]:
    """What people wrote about the member."""
    return [
        FileLine(note.text, tr("到柜台就提醒") if note.is_urgent else tr("备注"))
        for note in file.notes
    ]


def verified_words(file: RecordFile) -> str:
    """How long ago somebody went through the data."""
    on = file.more.verified_on
    if on is None:
        return tr("入会以来没有核对过")
    return tr("上次是 {day}", day=day_words(on))


def signed(points: int) -> str:
    """+205, −106."""
    return f"{points:+,}".replace("-", "−")
