"""提示音: it plays or it does not; nobody waits and nothing breaks."""

from __future__ import annotations

import io
import os
import stat
import struct
import sys
import time
import wave
from itertools import pairwise

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
    heard = tmp_path / "heard"
    program = tmp_path / "paplay"
    program.write_text(f'#!/bin/sh\nsleep 0.2\necho "$1" >> {heard}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(sound, "_PLAYERS", ("paplay",))
    return heard


@needs_posix
def test_trouble_is_heard(player, tmp_path):
    sound.play_error()
    until(lambda: player.exists() and not sound._is_playing.locked())
    assert player.read_text().split() == [str(sound.WRONG)]


@needs_posix
def test_right_and_wrong_are_two_sounds_and_both_can_be_heard_to_choose(player):
    sound.play_right()
    until(lambda: player.exists() and not sound._is_playing.locked())
    sound.set_on(False)
    sound.play_both()
    until(lambda: not sound._is_playing.locked())
    sound.set_on(True)
    assert player.read_text().split() == [str(sound.RIGHT), str(sound.RIGHT), str(sound.WRONG)]


@needs_posix
def test_wrong_is_heard_right_after_right(player):
    sound.play_right()
    sound.play_error()
    until(lambda: not sound._is_playing.locked())
    assert player.read_text().split() == [str(sound.RIGHT), str(sound.WRONG)]


@needs_posix
def test_where_sounds_are_off_neither_right_nor_wrong_is_heard(player):
    sound.set_on(False)
    sound.play_right()
    sound.play_error()
    assert not sound._is_playing.locked()
    sound.set_on(True)
    assert not player.exists()


def _tone(path):
    """Length in ms and pitch, by how often the wave goes through nothing."""
    with wave.open(str(path)) as file:
        count, rate = file.getnframes(), file.getframerate()
        signs = [value >= 0 for (value,) in struct.iter_unpack("<h", file.readframes(count))]
    crossings = sum(a != b for a, b in pairwise(signs))
    return count * 1000 // rate, crossings * rate // (2 * count)


def test_wrong_is_longer_and_far_lower_than_right():
    (right_ms, right_hz), (wrong_ms, wrong_hz) = _tone(sound.RIGHT), _tone(sound.WRONG)
    assert wrong_ms > 3 * right_ms
    assert right_hz > 4 * wrong_hz


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
