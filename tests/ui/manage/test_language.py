"""语言、外观: another one holds in the running office at once, and nothing typed is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.builders import PIN, Home
from tests.house.sources import HOUSE
from tests.ui.customer.two_screens import screens_file
from tests.ui.till.hands import by_hand
from ui.catalogue import speak
from ui.look import Look
from ui.manage.running.page import RunningPage
from ui.manage.window import ManageWindow
from ui.widgets.tile import Tile

LEFT = Qt.MouseButton.LeftButton
Manage = Callable[[], ManageWindow]


@pytest.fixture(autouse=True)
def _chinese_again() -> Iterator[None]:
    yield
    speak("zh_CN")


def settings_of(window: ManageWindow, qtbot: QtBot) -> RunningPage:
    window.go_to("running/settings")
    page = window.rooms["running"]
    assert isinstance(page, RunningPage)
    qtbot.waitUntil(lambda: page.settings._held is not None, timeout=10_000)
    return page


def test_english_is_spoken_at_once_on_every_page(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    by_hand(PIN)
    qtbot.waitUntil(lambda: window.cover.isHidden(), timeout=10_000)
    qtbot.keyClicks(window.rooms["points"].findChild(QLineEdit), "1380")
    page = settings_of(window, qtbot)
    qtbot.keyClicks(page.settings.sought.edit, "english")
    page.settings._choose("language", "en")
    qtbot.waitUntil(lambda: window.rooms["running"] is not page, timeout=10_000)
    assert window.windowTitle() == "Shuke · office"
    assert window.rooms["running"].title == "Running"
    assert window.pages.currentWidget() is window.rooms["running"]
    assert window.rooms["running"].part == "settings"
    assert window.cover.isHidden()
    typed = window.rooms["points"]
    assert typed.title == "积分", "what is typed there stays"
    window.go_to("points")
    assert window.rooms["points"] is typed
    typed.findChild(QLineEdit).clear()
    window.go_to("today")
    window.go_to("points")
    assert window.rooms["points"].title == "points"
    window.entrance.lock()
    qtbot.waitUntil(lambda: window.cover.isVisible(), timeout=5_000)
    qtbot.waitUntil(lambda: bool(window.login.findChildren(Tile)), timeout=5_000)
    by_hand(PIN)
    qtbot.waitUntil(lambda: window.cover.isHidden(), timeout=10_000)


@pytest.fixture
def _light_again(look: Look, qapp: QApplication) -> Iterator[None]:
    yield
    look.apply(qapp)


@pytest.mark.usefixtures("_light_again")
def test_another_theme_waits_until_nothing_is_typed(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    by_hand(PIN)
    qtbot.waitUntil(lambda: window.cover.isHidden(), timeout=10_000)
    light = window.rooms["today"].look
    typed = window.rooms["points"].findChild(QLineEdit)
    qtbot.keyClicks(typed, "1380")
    page = settings_of(window, qtbot)
    page.settings._choose("theme", "dark")
    qtbot.waitUntil(lambda: "改好了" in page.settings.said.text(), timeout=10_000)
    qtbot.waitUntil(lambda: not window._work.is_busy, timeout=10_000)
    assert {room.look for room in window.rooms.values()} == {light}, "what is typed stays"
    typed.clear()
    window.go_to("running/settings")
    qtbot.waitUntil(lambda: window.rooms["running"] is not page, timeout=10_000)
    assert {room.look.theme for room in window.rooms.values()} == {"dark"}
    assert window.nav._look.theme == window.header._look.theme == "dark"
    assert window.rooms["running"].part == "settings" and window.cover.isHidden()
    window.go_to("today")
    assert window.rooms["today"].look.theme == "dark"


def test_another_scale_goes_on_at_the_same_page(home: Home, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.manage.rescaling", str(home.path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=HOUSE,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": screens_file(tmp_path, {"office": (0, 0, 1366, 768)}),
        },
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["ratio"] for each in told] == [1.0, 1.25]
    for each in told:
        assert each["at"] == "running/settings"
        assert each["staff"] == "店长" and not each["locked"]
    assert "deleted" not in done.stderr, "nobody talks to the window that went"
