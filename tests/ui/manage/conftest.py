"""A manager's window on a real shop that has sold something today."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from core.actions.day import open_day
from core.actions.login import login
from core.actions.set_up import add_staff
from core.trust.staff import Role
from core.values.settings import Settings
from tests.actions.test_settle import NORMAL, OXYGEN, VITAMIN, settled
from tests.builders import FANG_PIN, PIN, Home
from ui.look import Look
from ui.manage.window import ManageWindow
from ui.widgets.tile import Tile
from ui.work import Work


@pytest.fixture(scope="session")
def traded(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A till that sold twice today: once to a member, once to somebody without a card."""
    folder = tmp_path_factory.mktemp("traded")
    home = Home.prepared(folder, products="products.csv", members="members.csv")
    (home.path / "store.reserve").unlink(missing_ok=True)
    with home.shop() as shop:
        staff = login(shop, PIN)
        add_staff(shop, name="王芳", pin=FANG_PIN, role=Role.CASHIER)
        open_day(shop, float_fen=200_00, staff=staff)
        settled(shop, staff, NORMAL, OXYGEN)
        settled(shop, staff, VITAMIN)
    return home


@pytest.fixture
def home(traded: Home, tmp_path: Path) -> Home:
    """A copy of it of one's own."""
    return Home(Path(shutil.copytree(traded.path, tmp_path / "home")))


@pytest.fixture
def manage(home: Home, look: Look, qtbot: QtBot) -> Iterator[Callable[[], ManageWindow]]:
    """Opens the window, at its login."""
    made: list[tuple[ManageWindow, Work]] = []

    def begin() -> ManageWindow:
        work = Work(home.shop)
        window = ManageWindow(look, work, Settings())
        made.append((window, work))
        window.show()
        window.begin()
        qtbot.waitUntil(lambda: bool(window.findChildren(Tile)), timeout=10_000)
        return window

    yield begin
    for window, work in made:
        qtbot.waitUntil(lambda work=work: not work.is_busy, timeout=10_000)
        window.end()
        work.stop()
        delete(window)
