"""Who starts a till that runs already is answered by its window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.second_start import Door, knock, to_the_front

HOUSE = Path(__file__).parents[2]
KNOCK = "import sys; from ui.second_start import knock; sys.exit(0 if knock(sys.argv[1]) else 3)"


def test_a_running_till_answers_a_knock(qtbot) -> None:
    parent, knocks = QObject(), []
    door = Door("shuke-test-door", lambda: knocks.append(1), parent)
    assert door.is_open
    other = subprocess.Popen([sys.executable, "-c", KNOCK, "shuke-test-door"], cwd=HOUSE)
    qtbot.waitUntil(lambda: other.poll() is not None, timeout=20_000)
    assert other.returncode == 0
    assert knocks == [1]
    door.close()
    assert not knock("shuke-test-door"), "nobody is there any more"


def test_where_nobody_runs_nobody_answers() -> None:
    assert not knock("shuke-nobody-here")


def test_a_window_in_the_taskbar_comes_out_of_it(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    to_the_front(window)
    assert window.isVisible() and not window.isMinimized()
