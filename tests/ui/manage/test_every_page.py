"""Every page, part and sheet of the office: names, nothing cut, nothing over another, all sizes."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

import ui.manage
from tests.builders import Home
from tests.ui.manage.album.album import ALL, BARE, LATER, NEVER, Draw
from tests.ui.manage.album.office import TROUBLE, Office, fit, office
from tests.ui.manage.album.shops import empty, full, one
from tests.ui.till.test_every_page import controls, cut, deeds, in_each_others_way
from ui.catalogue import speak
from ui.look import Look
from ui.manage.parts import PartsRoom
from ui.manage.room import Room
from ui.text import capital, sentence
from ui.widgets import paint
from ui.widgets.field import Field
from ui.widgets.row_table import FIRST_LEFT, PADDING, RowTable
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZES = [(1366, 768), (1024, 768), (911, 512)]
LOW = (683, 352)
"""1366 x 768 at 200 %, less a title bar and a task bar."""


def clipped(shown: QWidget) -> Iterator[str]:
    """Words that do not have their room, and tables that do not tell what they hold."""
    for each in shown.findChildren(Words):
        if not each.text() or not each.isVisible() or each._elides:
            continue
        if each.wordWrap():
            if each.heightForWidth(each.width()) > each.height() + 1:
                yield f"{each.text()} is cut below"
        elif paint.advance(each.font(), each.text()) > each.width() + 1:
            yield f"{each.text()} is cut"
    for table in [each for each in shown.findChildren(RowTable) if each.isVisible()]:
        yield from heads_cut(table)
        if not len(table.view.rows) and not table.view.nothing:
            yield f"{table.objectName()} is empty and does not say why"
        if table.view.horizontalScrollBar().maximum():
            yield f"{table.objectName()} does not fit into {table.width()}"


def heads_cut(table: RowTable) -> Iterator[str]:
    look = table._head._look
    for at, column in enumerate(table._columns):
        if table.view.isColumnHidden(at):
            continue
        room = table._head.sectionSize(at) - PADDING - (PADDING if at else FIRST_LEFT)
        if paint.advance(look.font("small", column.sorts), capital(column.title)) > room + 1:
            yield f"{table.objectName()}: the head {column.title} is cut: {room}"


def uneven(shown: QWidget) -> Iterator[str]:
    """Fields of a row that do not stand at one height any more where one has a problem."""
    found: dict[tuple[QWidget, int], list[Field]] = {}
    for field in [each for each in shown.findChildren(Field) if each.isVisible()]:
        found.setdefault((field.parentWidget(), field.y()), []).append(field)
    for row in found.values():
        if len(row) > 1:
            row[0].set_problem("这里写了什么都不对，请照着例子再写一遍，写好为止。" * 2)
            QApplication.processEvents()
            if any(field.y() != row[0].y() for field in row):
                yield f"{row[0].label.text()} goes up alone"
            row[0].set_problem("")
    QApplication.processEvents()


def wrong(at: Office, draw: Draw) -> Iterator[str]:
    """What somebody would see that should not be."""
    sheets = at.sheets
    for size in SIZES:
        fit(at.window, size)
        for shown in (at.shown, *sheets):
            for said in (*cut(shown), *clipped(shown), *in_each_others_way(shown)):
                yield f"{draw.__name__} {size[0]}x{size[1]}: {said}"
    for said in uneven(sheets[-1] if sheets else at.shown):
        yield f"{draw.__name__}: {said}"
    if sheets:
        fit(at.window, LOW)
        for deed in deeds(sheets[-1], 0):
            if deed.visibleRegion().boundingRect() != QRect(deed.rect()):
                yield f"{draw.__name__} {LOW}: {deed.text()} is out of sight"
    fit(at.window, SIZES[0])


def nameless(at: Office, draw: Draw) -> Iterator[str]:
    for each in controls(at.sheets[-1] if at.sheets else at.shown):
        if not each.objectName() or not each.accessibleName():
            name = f"{each.objectName()!r}: {each.accessibleName()!r}"
            yield f"{draw.__name__}: {type(each).__name__} {name}"


def all_parts(at: Office) -> set[str]:
    """Each page of the office, or each of its parts, as `go_to` takes them."""
    found: set[str] = set()
    for name, room in at.window.rooms.items():
        parts = room._parts if isinstance(room, PartsRoom) else ()
        found |= {f"{name}/{part}" for part in parts} or {name}
    return found


def shown_part(at: Office) -> str:
    assert isinstance(at.shown, Room)
    return f"{at.shown.name}/{at.shown.part}".strip("/")


def tells_trouble(at: Office) -> bool:
    told = sentence(TROUBLE)
    return any(each.isVisible() and each.text() == told for each in at.shown.findChildren(Words))


def test_pages_of_a_full_shop_have_names_and_fit(look: Look, tmp_path: Path) -> None:
    """In English: its words are the longest."""
    speak("en")
    found: list[str] = []
    kinds: set[str] = set()
    parts: set[str] = set()
    with office(full(tmp_path), look) as at:
        for draw in ALL:
            draw(at)
            parts.add(shown_part(at))
            found += wrong(at, draw)
            found += nameless(at, draw)
            kinds |= {f"{type(each).__module__}.{type(each).__name__}" for each in at.sheets}
            at.leave()
        assert all_parts(at) - parts == set()
    assert found == []
    assert set(sheets_of_the_office()) - kinds == set()


def sheets_of_the_office() -> Iterator[str]:
    """The names of all that lie over its pages."""
    for module in pkgutil.walk_packages(ui.manage.__path__, "ui.manage."):
        importlib.import_module(module.name)
    waits = Sheet.__subclasses__()
    while waits:
        kind = waits.pop()
        waits += kind.__subclasses__()
        if kind.__module__.startswith("ui.manage.") and not kind.__subclasses__():
            yield f"{kind.__module__}.{kind.__name__}"


@pytest.mark.parametrize("make", [empty, one])
def test_pages_of_a_shop_that_has_hardly_begun_fit(
    make: Callable[[Path], Home], look: Look, tmp_path: Path
) -> None:
    speak("en")
    found: list[str] = []
    parts: set[str] = set()
    with office(make(tmp_path), look) as at:
        for draw in BARE:
            draw(at)
            parts.add(shown_part(at))
            found += wrong(at, draw)
            at.leave()
        assert all_parts(at) - parts == set()
    assert found == []


def test_pages_whose_store_cannot_be_read_say_so_and_fit(look: Look, tmp_path: Path) -> None:
    """Those that never had an answer, each part of them, and those that had one."""
    speak("en")
    found: list[str] = []
    parts: set[str] = set()
    with office(full(tmp_path), look) as at:
        for draw in NEVER:
            draw(at)
            if tells_trouble(at):
                parts.add(shown_part(at))
            found += [said for said in wrong(at, draw) if "does not say why" not in said]
            at.leave()
        assert all_parts(at) - parts == set()
        for draw in LATER:
            draw(at)
            assert tells_trouble(at) or shown_part(at) in ASKS_BY_HAND, draw.__name__
            at.leave()
    assert found == []


ASKS_BY_HAND = {"points/audit", "running/prices"}
"""Parts that ask for nothing before somebody presses."""
