"""同店的机器，在话里: the tills of the store as head office told them, and what it says itself."""

from __future__ import annotations

from core.actions.look_at_place import Beside, Line, Place
from core.sync.session import TILL
from core.values.moment import local_time
from ui.chain_words import FLAGGED_S, put_out_words
from ui.moment_words import span_words, when
from ui.text import capital, quoted, tr
from ui.widgets.row_table import Cell, Column

ONLINE_S, LONG_S = 120, 24 * 3600
"""Heard within so many seconds: online; silent for a day: somebody should look."""


def till_columns() -> tuple[Column, ...]:
    """Those of the table."""
    return (
        Column("till", tr("哪台"), 140, is_strong=True),
        Column("state", tr("状态"), 170, grows=True),
        Column("heard", tr("上次联系"), 112),
        Column("unsent", tr("没有传完"), 88, is_number=True),
        Column("program", tr("程序"), 112),
        Column("enrolled", tr("哪天入网"), 116),
    )


def till_rows(found: Place) -> list[tuple[Cell, ...]]:
    """One a row; those that are out are quiet. Several office PCs are numbered as they joined."""
    pcs = sorted((each for each in found.tills if each.kind != TILL), key=_joined)
    return [
        _row(till, found, pcs.index(till) + 1 if till in pcs and len(pcs) > 1 else 0)
        for till in found.tills
    ]


def _joined(till: Beside) -> tuple[int, bool]:
    return till.enrolled_us, till.is_here


def _row(till: Beside, found: Place, number: int) -> tuple[Cell, ...]:
    zone = found.zone
    ink = "ink" if till.revoked_us is None else "ink_2"
    unsent = Cell(f"{till.unsent:,}", "warn_text") if till.unsent else Cell(tr("没有"), "ink_2")
    return (
        Cell(place_words(till, number), ink),
        state_cell(till, found),
        Cell(when(till.heard_us, found.now_us, zone), "ink_2"),
        unsent,
        Cell(quoted(till.program), "ink_2"),
        Cell(f"{local_time(till.enrolled_us, zone):%Y-%m-%d}", "ink_2"),
    )


def place_words(till: Beside, number: int) -> str:
    """1 号台，这台; `number`: which of several office PCs, 0 where there is one."""
    if till.kind == TILL:
        place = tr("{no} 号台", no=till.till_no)
    else:
        place = tr("后台电脑 {no}", no=number) if number else tr("后台电脑")
    return capital(tr("{place}，这台", place=place) if till.is_here else place)


def state_cell(till: Beside, found: Place) -> Cell:
    """How it stood when head office told of it, in words; what is not told any more is quiet."""
    now_us, zone, told_us = found.now_us, found.zone, found.told_us or 0
    if till.revoked_us is not None:
        return Cell(tr("{at} 已停用", at=when(till.revoked_us, now_us, zone)), "ink_2")
    silent_s = max(0, told_us - till.heard_us) // 1_000_000
    if silent_s >= LONG_S:
        return Cell(tr("{span}没有联系", span=span_words(silent_s)), "warn_text")
    if silent_s >= ONLINE_S:
        return Cell(tr("{span}前", span=span_words(silent_s)))
    if found.line is not Line.OPEN:
        return Cell(tr("到 {at} 在线", at=when(told_us, now_us, zone)), "ink_2")
    behind_s = till.clock_behind_us // 1_000_000
    if abs(behind_s) < FLAGGED_S:
        return Cell(tr("在线"), "accent_text")
    words = "在线，钟慢 {span}" if behind_s > 0 else "在线，钟快 {span}"
    return Cell(tr(words, span=span_words(abs(behind_s))), "warn_text")


def line_cell(found: Place) -> Cell:
    """How this machine stands with head office."""
    match found.line:
        case Line.OPEN:
            return Cell(tr("在线"), "accent_text")
        case Line.BROKEN:
            return Cell(tr("没有连上，{window}开着就一直试", window=_who_asks(found)), "warn_text")
        case Line.OUT:
            return Cell(tr("总部停用了这台"), "danger_text")
    if not found.till.till_no:
        return Cell(tr("还没有问到"), "warn_text")
    return Cell(tr("没有问：收银台没有开着"), "warn_text")


def told_words(found: Place) -> str:
    """From when the list is, and why it is not newer."""
    if found.told_us is None:
        return ""
    at = when(found.told_us, found.now_us, found.zone)
    match found.line:
        case Line.OPEN:
            return tr("{at} 总部说的，两分钟问一次", at=at)
        case Line.BROKEN:
            return tr("总部现在连不上；下面是 {at} 看到的", at=at)
        case Line.OUT:
            return tr("总部停用了这台；下面是 {at} 看到的", at=at)
    if not found.till.till_no:
        return tr("还没有问到总部；下面是 {at} 看到的", at=at)
    return tr("收银台没有开着，没有问总部；下面是 {at} 看到的", at=at)


def untold_words(found: Place) -> str:
    """Why there is no list."""
    words = "还没有收到名单。{window}开着、连着总部，两分钟就有；一直没有，就是总部的程序旧了。"
    return tr(words, window=_who_asks(found))


def _who_asks(found: Place) -> str:
    """On an office PC no till window is open as a rule: there the office asks."""
    return tr("收银台") if found.till.till_no else tr("后台")


def deeds_words(found: Place) -> str:
    """What is done from where: this page shows, head office decides."""
    if found.line is Line.OUT:
        return put_out_words(is_office=not found.till.till_no)
    words = (
        "加一台、换一台（加 --replace）或停用一台，由总部的人在服务器上做："
        "main.py office code {store} 台号，main.py office revoke {store} 台号。"
    )
    return tr(words, store=found.till.store_code)
