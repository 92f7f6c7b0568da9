"""Every page and sheet of the album: its controls have names in each language, and it fits."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations, product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import delete

import ui.till
from tests.ui.said import HAN
from tests.ui.till.album import PAGES
from ui.catalogue import LANGUAGE_NAMES, SOURCE, catalogue, speak
from ui.look import Look
from ui.widgets import paint
from ui.widgets.button import Button
from ui.widgets.sheet import Sheet

CONTROLS = (QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit)
USUAL = (1366, 768)
FITS_AT = [(1366, 768), (1024, 768), (911, 512)]
TWICE = (683, 384)  # 1366 x 768 at 200 %
UNDER_BARS = (683, 352)  # the same, less a title bar and a task bar
SCROLLED = (TWICE, UNDER_BARS)


@contextmanager
def drawn(look: Look, name: str, size: tuple[int, int]) -> Iterator[QWidget]:
    """A page of the album, as somebody would see it."""
    window = QWidget()
    window.resize(*size)
    window.show()
    page = PAGES[name](look, window)
    shown = page if page is not None and page.window() is page else window
    shown.resize(*size)
    shown.show()
    for _ in range(4):
        QApplication.processEvents()
    try:
        yield shown
    finally:
        for each in {shown, window}:
            delete(each)


def controls(shown: QWidget) -> Iterator[QWidget]:
    """What takes a finger or the focus."""
    for widget in shown.findChildren(QWidget):
        is_stop = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        is_control = isinstance(widget, CONTROLS) or (is_stop and widget.focusProxy() is None)
        if is_control and widget.isVisible() and not widget.objectName().startswith("qt_"):
            yield widget


@pytest.fixture(scope="module", params=list(product(PAGES, LANGUAGE_NAMES)), ids=str)
def page(request: pytest.FixtureRequest, look: Look) -> Iterator[tuple[QWidget, str]]:
    """A page in a language, for all that is asked of it."""
    name, language = request.param
    speak(language)
    with drawn(look, name, USUAL) as shown:
        yield shown, language


@pytest.fixture
def shown(page: tuple[QWidget, str]) -> QWidget:
    """The page; what it says anew is said in its language too."""
    speak(page[1])
    return page[0]


def test_every_control_has_a_name_for_programs_and_one_for_people(shown: QWidget) -> None:
    nameless = [
        f"{type(each).__name__} {each.objectName()!r}: {each.accessibleName()!r}"
        for each in controls(shown)
        if not each.objectName() or not each.accessibleName()
    ]
    assert nameless == []


def test_what_is_said_of_a_control_is_said_in_the_language(
    shown: QWidget, page: tuple[QWidget, str]
) -> None:
    table = {} if page[1] == SOURCE else catalogue(page[1])
    chinese = [
        each.accessibleName()
        for each in shown.findChildren(QWidget)
        if HAN.search(each.accessibleName())
        and table.get(each.accessibleName(), each.accessibleName()) != each.accessibleName()
    ]
    assert chinese == []


def in_each_others_way(shown: QWidget) -> Iterator[str]:
    """Buttons that lie on one another."""
    buttons = [each for each in shown.findChildren(Button) if each.isVisible() and each.text()]
    for one, other in combinations(buttons, 2):
        beside = one.parentWidget() is other.parentWidget()
        if beside and one.geometry().intersects(other.geometry()):
            yield f"{one.text()} lies on {other.text()}"


def cut(shown: QWidget) -> Iterator[str]:
    """Buttons and tiles too narrow for their words, and heads of sheets that do not tell all."""
    for each in [each for each in shown.findChildren(Button) if each.isVisible() and each.text()]:
        words = paint.advance(each._look.font(*each._style()), each.text())
        if words + 2 * each._least_padding() > each.width():
            yield f"{each.text()} is cut"
    for sheet in [each for each in shown.findChildren(Sheet) if each.isVisible()]:
        said, small = sheet.subtitle, sheet._look.font("small")
        one_line = paint.advance(said.font(), said.text()) <= said.width()
        if not one_line and paint.lines(said.text(), small, said.width()) > 2:
            yield f"{said.text()} is cut"


def resize(shown: QWidget, size: tuple[int, int]) -> None:
    """A window, and the page that fills it, in another size."""
    filling = [each for each in shown.children() if isinstance(each, QWidget) and fills(each)]
    for each in (shown, *filling):
        each.resize(*size)
    for _ in range(4):
        QApplication.processEvents()


def fills(page: QWidget) -> bool:
    """Whether this one stands in a window alone; sheets follow by themselves."""
    window = page.parentWidget()
    is_alone = window.layout() is None and not isinstance(page, Sheet)
    return is_alone and page.size() == window.size()


def deeds(shown: QWidget, least: int) -> list[Button]:
    """What a page or a sheet does: its large filled buttons."""
    return [
        each
        for each in shown.findChildren(Button)
        if each.isVisible() and each._kind_name in ("primary", "inverse") and each.height() >= least
    ]


def test_a_page_fits_down_to_one_and_a_half_and_at_twice_sheets_scroll_above_their_deed(
    shown: QWidget, look: Look
) -> None:
    for size in (*FITS_AT, *SCROLLED):
        resize(shown, size)
        assert (shown.width(), shown.height()) == size
        for deed in deeds(shown, look.sizes.choice):
            assert deed.visibleRegion().boundingRect() == deed.rect(), (size, deed.text())
            assert list(in_each_others_way(deed.parentWidget())) == []
        for sheet in [each for each in shown.findChildren(Sheet) if each.isVisible()]:
            body, room = sheet._area.widget(), sheet._area.maximumViewportSize()
            assert body is not None
            assert body.width() <= sheet._area.viewport().width(), size
            assert size in SCROLLED or body.height() <= room.height(), size
        assert [said for said in in_each_others_way(shown) if size not in SCROLLED] == [], size
        assert list(cut(shown)) == [], size


def test_the_album_shows_every_sheet(look: Look) -> None:
    for module in pkgutil.iter_modules(ui.till.__path__):
        importlib.import_module(f"ui.till.{module.name}")
    made = set()
    for make in PAGES.values():
        window = QWidget()
        page = make(look, window)
        made |= {type(each) for each in window.findChildren(Sheet)}
        for each in {window} if page is None else {window, page.window()}:
            delete(each)
    assert {each.__name__ for each in leaves(Sheet)} - {each.__name__ for each in made} == set()


def leaves(kind: type) -> Iterator[type]:
    """The classes at the end of the family."""
    for each in kind.__subclasses__():
        # those of the office stand over pages of their own, which this album does not show
        if each.__module__.startswith("ui.") and not each.__module__.startswith("ui.manage."):
            yield from leaves(each) if each.__subclasses__() else (each,)
