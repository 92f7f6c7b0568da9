"""今天的纸: the whole page on leaves of A4, names masked as on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm

from core.actions.today import Birthdays, Expiring, Today, Waiting
from core.values.money import format_money
from ui.devices.faces import RIGHT, faces
from ui.devices.fitting import LEADING, Frame, fitted
from ui.devices.marks import Box, Leaf, Mark, Text, leaves_pdf
from ui.devices.wrapping import wrap
from ui.manage.today import state
from ui.manage.today.person_row import PersonLine
from ui.text import capital, tr

PAGE_MM, MARGIN_MM = (210.0, 297.0), 15.0
WIDE_MM = PAGE_MM[0] - 2 * MARGIN_MM
TITLE_PT, LARGE_PT, BODY_PT, SMALL_PT = 16.0, 22.0, 9.5, 8.0
LINE_MM, GAP_MM, BARS_MM = 6.5, 6.0, 42.0
PALE, MIDDLE = 0.75, 0.45
Lines = Sequence[tuple[str, str]]


def today_pdf(store: str, shown: Today, waits: Waiting, births: Birthdays, ends: Expiring) -> bytes:
    """The page as it stands."""
    title = tr("{store}　今天", store=store)
    marks: list[Mark] = [
        Text(MARGIN_MM, MARGIN_MM + 5, title, TITLE_PT, is_bold=True),
        Text(MARGIN_MM, MARGIN_MM + 12, state.date_words(shown), BODY_PT),
    ]
    y = _figures(marks, MARGIN_MM + 18, shown, waits)
    y = _hours(marks, y + GAP_MM, shown)
    for heading, lines in (
        (tr("等您处理"), [(each.title, each.line) for each in state.waiting_lines(waits)]),
        (tr("今天和明天生日"), _people(state.birthday_lines(births))),
        (tr("积分快到期"), _people(state.expiring_lines(ends))),
    ):
        y = _section(marks, y + GAP_MM, heading, lines)
    return leaves_pdf([Leaf(*PAGE_MM, tuple(marks))], title)


def _people(lines: Sequence[PersonLine]) -> list[tuple[str, str]]:
    return [(f"{line.name}　{line.chip}".strip(), _facts(line)) for line in lines]


def _facts(line: PersonLine) -> str:
    return "　".join(filter(None, (line.about, line.figure)))


def _figures(marks: list[Mark], y: float, shown: Today, waits: Waiting) -> float:
    """Label, number and line of each, four in a row."""
    now = shown.now
    figures = [
        (tr("实收"), format_money(now.taken_fen), state.compared_words(shown)[0]),
        (tr("{all:小票|小票}", all=""), f"{now.tickets:,}", state.ticket_line(shown)),
        (tr("会员单"), f"{now.member_tickets:,}", state.share_line(shown)),
        (
            tr("{all:新会员|新会员}", all=""),
            f"{shown.joined:,}",
            tr("本月 {count}", count=shown.joined_this_month),
        ),
        (tr("会员客单"), *state.ticket_figure(shown)[:2]),
        (tr("送出积分"), f"{now.points_given:,}".replace("-", "−"), ""),
        (tr("{all:兑换品|兑换品}", all=""), state.gift_figure(waits)[0], _gifts_line(waits)),
        (tr("最近的备份"), *state.backup_figure(waits)[:2]),
    ]
    wide, high = WIDE_MM / 4, 21.0
    for at, (label, number, line) in enumerate(figures):
        x, top = MARGIN_MM + at % 4 * wide, y + at // 4 * high
        marks.append(Text(x, top + 4, label, SMALL_PT, grey=MIDDLE))
        marks += fitted(number, Frame(x, top + 5, wide - 4, 8), LARGE_PT, is_bold=True)
        marks += fitted(capital(line), Frame(x, top + 13.5, wide - 4, 4), SMALL_PT, grey=MIDDLE)
    return y + high * 2


def _gifts_line(waits: Waiting) -> str:
    """Many names find no room below a figure: they stand whole among what waits."""
    return tr("见“等您处理”") if waits.low else state.gift_figure(waits)[1]


def _hours(marks: list[Mark], y: float, shown: Today) -> float:
    """Bars of this day, a tick for the same weekday a week ago."""
    y = _heading(marks, y, tr("每小时实收"), tr("元，横线是上周同一天"))
    bars, _, _ = state.hour_bars(shown)
    most = max((max(bar.value, bar.before or 0) for bar in bars), default=0) or 1
    each, foot = WIDE_MM / len(bars), y + BARS_MM
    for at, bar in enumerate(bars):
        x = MARGIN_MM + at * each
        high = BARS_MM * max(bar.value, 0) / most
        marks.append(Box(x + each * 0.2, foot - high, each * 0.6, high, grey=MIDDLE))
        if bar.before:
            tick = foot - BARS_MM * bar.before / most
            marks.append(Box(x + each * 0.1, tick, each * 0.8, 0.4))
        marks.append(Text(x + each / 2, foot + 4, bar.label, SMALL_PT, side=0.5))
    marks.append(Box(MARGIN_MM, foot, WIDE_MM, 0.2))
    return foot + 5


def _heading(marks: list[Mark], y: float, heading: str, line: str) -> float:
    marks.append(Text(MARGIN_MM, y + 4, heading, BODY_PT, is_bold=True))
    marks.append(Text(MARGIN_MM + WIDE_MM, y + 4, line, SMALL_PT, grey=MIDDLE, side=RIGHT))
    marks.append(Box(MARGIN_MM, y + 6, WIDE_MM, 0.3))
    return y + 8


def _section(marks: list[Mark], y: float, heading: str, lines: Lines) -> float:
    """A heading, then what is at the left and at the right of each line."""
    y = _heading(marks, y, heading, "")
    half = WIDE_MM / 2
    for left, right in lines or [(tr("没有。"), "")]:
        high = max(_high(left, half - 3), _high(right, half))
        marks += fitted(left, Frame(MARGIN_MM, y, half - 3, high - 1), BODY_PT)
        place = Frame(MARGIN_MM + half, y, half, high - 1)
        marks += fitted(right, place, BODY_PT, grey=MIDDLE, side=RIGHT)
        y += high
        marks.append(Box(MARGIN_MM, y, WIDE_MM, 0.1, grey=PALE))
    return y


def _high(text: str, wide: float) -> float:
    """What a line takes where its words stay as large as those of the others."""
    face = faces()[False]
    rows = wrap(face.shown(text), wide * mm, lambda part: face.width(part, BODY_PT))
    return max(LINE_MM, len(rows) * BODY_PT * LEADING / mm + 1)
