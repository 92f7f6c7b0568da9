"""A bug on the screen's thread is logged each time, and said once for each place."""

import logging
import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui.bugs import Hook, bug_hook


@pytest.fixture
def said() -> list[Exception]:
    return []


@pytest.fixture
def hook(said: list[Exception]) -> Hook:
    return bug_hook(said.append)


def fall(hook: Hook) -> None:
    try:
        raise ValueError("800001")
    except ValueError:
        hook(*sys.exc_info())


def test_a_bug_is_logged_each_time_and_said_once(hook, said, caplog) -> None:
    fall(hook)
    fall(hook)
    assert [type(bug) for bug in said] == [ValueError]
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2


def test_the_same_bug_in_another_place_is_said_again(hook, said) -> None:
    fall(hook)
    try:
        raise ValueError("800001")
    except ValueError:
        hook(*sys.exc_info())
    assert len(said) == 2


def test_who_ends_the_program_is_not_told_of_a_bug(hook, said, capsys) -> None:
    hook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert said == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_qt_brings_what_falls_in_its_loop_there(
    qapp: QApplication, qtbot, hook, said, monkeypatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", hook)
    QTimer.singleShot(0, lambda: 1 // 0)
    qtbot.waitUntil(lambda: bool(said))
    assert type(said[0]) is ZeroDivisionError
