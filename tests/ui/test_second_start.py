"""Who starts a till that runs already is answered by its window."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core.errors import AlreadyOpen, StoreLocked
from ui import patient_start
from ui.patient_start import opened_in_turn
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


def test_who_comes_before_the_other_one_listens_knocks_again(monkeypatch) -> None:
    monkeypatch.setattr(patient_start, "PAUSE_S", 0)
    answers = iter((False, False, True))
    with (
        pytest.raises(AlreadyOpen),
        opened_in_turn(partial(free_after, 100, []), lambda: next(answers)),
    ):
        pass
    assert next(answers, None) is None


def test_who_comes_while_the_other_one_ends_gets_the_store(monkeypatch) -> None:
    monkeypatch.setattr(patient_start, "PAUSE_S", 0)
    with opened_in_turn(partial(free_after, 2, []), lambda: False) as shop:
        assert shop == "shop"
    monkeypatch.setattr(patient_start, "PATIENCE_S", 0)
    with (
        pytest.raises(StoreLocked),
        opened_in_turn(partial(free_after, 1, []), lambda: False),
    ):
        pass


@contextmanager
def free_after(held: int, tries: list[int]) -> Iterator[str]:
    """A store that is held for so many tries."""
    tries.append(1)
    if len(tries) <= held:
        raise StoreLocked()
    yield "shop"


def test_a_window_in_the_taskbar_comes_out_of_it(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    to_the_front(window)
    assert window.isVisible() and not window.isMinimized()
