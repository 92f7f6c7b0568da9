"""导出的文件: members as CSV or XLSX, row by row, whole or not at all.

Cells that a table program would take for a formula are guarded. A file that is broken off leaves
nothing behind.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from core.actions.export_members import PROFILED, ExportLine, MemberColumn
from core.errors import BadReportFile, TooManyMembers
from core.members.profile import CODES, KIND
from core.values.money import format_money
from core.values.table import guarded
from ui.devices.files import MADE_ANEW, typed_trouble
from ui.devices.sheet_file import MOST_ROWS, Cell, write_sheet
from ui.manage.members.field_words import code_words, field_label
from ui.text import birthday_words, capital, tr

Told = Callable[[int, int], object]
"""Hears how many rows are in the file, and how many there will be; may raise to break it off."""
TOLD_EVERY = 200
KINDS = (".xlsx", ".csv")
_FEN = 100
_DAYS = (MemberColumn.LAST, MemberColumn.NEXT, MemberColumn.JOINED)
_WIDE = {
    MemberColumn.NAME: 18,
    MemberColumn.PHONE: 16,
    MemberColumn.CARD: 18,
    MemberColumn.REFERRER: 26,
    MemberColumn.TAGS: 26,
}
_USUAL_WIDTH = 13


def column_names() -> dict[MemberColumn, str]:
    """The headings; those of the columns that an import knows are its own."""
    return {
        MemberColumn.NAME: tr("姓名"),
        MemberColumn.PHONE: tr("手机"),
        MemberColumn.CARD: tr("卡号"),
        MemberColumn.TIER: tr("等级"),
        MemberColumn.POINTS: capital(tr("积分")),
        MemberColumn.SPENT: tr("近 12 月消费"),
        MemberColumn.LAST: tr("最近到店"),
        MemberColumn.BIRTHDAY: tr("生日"),
        MemberColumn.NEXT: tr("下次生日"),
        MemberColumn.JOINED: tr("入会日期"),
        MemberColumn.KIND: field_label("kind"),
        MemberColumn.SEX: field_label("sex"),
        MemberColumn.SOURCE: field_label("source"),
        MemberColumn.REFERRER: field_label("referrer"),
        MemberColumn.TAGS: field_label("tags"),
        MemberColumn.CONSENT: tr("同意"),
    }


def write_members(
    path: Path,
    columns: Sequence[MemberColumn],
    members: int,
    lines: Iterator[ExportLine],
    tell: Told,
) -> None:
    """The file that a name ends in: .csv or .xlsx.

    Raises BadReportFile, TooManyMembers, DiskFull, ReadOnly, and what `tell` raises.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise BadReportFile(path.name)
    if kind == ".xlsx" and members >= MOST_ROWS:
        raise TooManyMembers(MOST_ROWS - 1)
    names = column_names()
    headings = [names[column] for column in columns]
    told = _told(lines, members, tell)
    with _whole(path) as part:
        if kind == ".csv":
            _write_csv(part, headings, (_texts(line, columns) for line in told))
        else:
            widths = [_WIDE.get(column, _USUAL_WIDTH) for column in columns]
            rows = ([_cell(line, column) for column in columns] for line in told)
            write_sheet(part, tr("会员"), headings, widths, rows)


def _told(lines: Iterator[ExportLine], members: int, tell: Told) -> Iterator[ExportLine]:
    tell(0, members)
    for at, line in enumerate(lines, 1):
        yield line
        if at % TOLD_EVERY == 0:
            tell(at, members)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file beside it, put in its place at the end, and gone where it does not come to that."""
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, MADE_ANEW, 0o600))
        try:
            yield part
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as trouble:
        raise typed_trouble(trouble, path) from trouble


def _write_csv(part: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)
        file.flush()
        os.fsync(file.fileno())


def _cell(line: ExportLine, column: MemberColumn) -> Cell:
    if column is MemberColumn.POINTS:
        return line.points
    if column is MemberColumn.SPENT:
        # a spreadsheet has no whole fen: the decimals are for its eyes alone
        return None if line.spent_fen is None else line.spent_fen / _FEN
    if column in _DAYS:
        return _day(line, column)
    return _text(line, column)


def _day(line: ExportLine, column: MemberColumn) -> date | None:
    if column is MemberColumn.LAST:
        return line.last_on
    return line.birthday_on if column is MemberColumn.NEXT else line.joined_on


def _texts(line: ExportLine, columns: Sequence[MemberColumn]) -> list[str]:
    return [_text(line, column) for column in columns]


def _text(line: ExportLine, column: MemberColumn) -> str:
    match column:
        case MemberColumn.NAME:
            return guarded(line.name)
        case MemberColumn.PHONE:
            return guarded(line.phone)
        case MemberColumn.CARD:
            return guarded(line.card)
        case MemberColumn.TIER:
            return guarded(line.tier)
        case MemberColumn.POINTS:
            return str(line.points)
        case MemberColumn.SPENT:
            return "" if line.spent_fen is None else format_money(line.spent_fen).replace(",", "")
        case MemberColumn.BIRTHDAY:
            return guarded(birthday_words(line.born)) if line.born else _month_day(line)
    if column in PROFILED:
        return guarded(_profile(line, column))
    return "" if (day := _day(line, column)) is None else day.isoformat()


def _profile(line: ExportLine, column: MemberColumn) -> str:
    """As the file of a member has it; "" where nothing is known."""
    match column:
        case MemberColumn.KIND:
            return code_words(line.kind or CODES[KIND][0])
        case MemberColumn.SEX:
            return code_words(line.sex) if line.sex else ""
        case MemberColumn.SOURCE:
            return code_words(line.source) if line.source else ""
        case MemberColumn.REFERRER:
            return line.referrer
        case MemberColumn.TAGS:
            return line.tags
    return {True: tr("同意了"), False: tr("撤回了"), None: ""}[line.has_agreed]


def _month_day(line: ExportLine) -> str:
    """Of a masked one the year is nobody's business."""
    return "" if line.birthday_on is None else f"{line.birthday_on:%m-%d}"
