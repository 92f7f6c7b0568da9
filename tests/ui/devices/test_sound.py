"""提示音: it plays or it does not; nobody waits and nothing breaks."""

from __future__ import annotations

import io
import os
import stat
import sys
import time

import pytest

from ui.devices import sound

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has winsound")


def until(is_so, timeout_s=5.0):
    end = time.monotonic() + timeout_s
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.fixture(autouse=True)
def silence():
    """No sound is left over from the test before."""
    yield
    until(lambda: not sound._is_playing.locked())


@pytest.fixture
def player(tmp_path, monkeypatch):
    """A player of our own in the path, that writes down what it was asked to play."""
    heard, alarm = tmp_path / "heard", tmp_path / "alarm.oga"
    alarm.touch()
    program = tmp_path / "paplay"
    program.write_text(f'#!/bin/sh\nsleep 0.2\necho "$1" >> {heard}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(sound, "_PLAYERS", (("paplay", alarm),))
    return heard


@needs_posix
def test_trouble_is_heard(player, tmp_path):
    sound.play_error()
    until(lambda: player.exists() and not sound._is_playing.locked())
    assert player.read_text().split() == [str(tmp_path / "alarm.oga")]


@needs_posix
def test_nobody_waits_and_sounds_do_not_pile_up(player):
    started = time.monotonic()
    for _ in range(20):
        sound.play_error()
    assert time.monotonic() - started < 0.15
    until(lambda: not sound._is_playing.locked())
    assert len(player.read_text().splitlines()) < 20


@needs_posix
def test_a_player_that_cannot_be_started_breaks_nothing(player, tmp_path):
    (tmp_path / "paplay").write_text("#!/no/such/interpreter\n")
    sound.play_error()
    until(lambda: not sound._is_playing.locked())
    sound.play_error()


class Terminal(io.StringIO):
    def __init__(self, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


@needs_posix
@pytest.mark.parametrize(("is_terminal", "heard"), [(True, "\a"), (False, "")])
def test_without_a_player_a_terminal_rings_and_a_pipe_stays_clean(monkeypatch, is_terminal, heard):
    monkeypatch.setattr(sound, "_PLAYERS", ())
    monkeypatch.setattr(sys, "stderr", Terminal(is_terminal))
    sound.play_error()
    until(lambda: not sound._is_playing.locked())
    assert sys.stderr.getvalue() == heard
