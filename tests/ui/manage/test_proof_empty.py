"""员工与审计 of a shop that has done nothing yet: clear, and nothing is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import Home
from tests.ui.manage.test_proof import come_in, kinds
from ui.manage.window import ManageWindow


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A till that was never opened."""
    return Home.prepared(tmp_path)


def test_a_new_shop_has_its_founding_and_nothing_else(
    manage: Callable[[], ManageWindow], qtbot: QtBot
) -> None:
    page = come_in(manage(), qtbot)
    assert kinds(page) == ["登录", "新增员工"]
    qtbot.mouseClick(page.log.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "一条不少" in page.log.said.text(), timeout=5000)
    page.go_to("shifts")
    qtbot.waitUntil(lambda: page.shifts.people.view.nothing == "这些天没有开过店。", timeout=5000)
    page.go_to("staff")
    qtbot.waitUntil(lambda: len(page.crew.table.view.rows) == 1, timeout=5000)
