"""还要多久: by how long it took last, never backwards, and nothing of what is short."""

from __future__ import annotations

import sys

import pytest

from ui import asked_time
from ui.asked_time import NEARLY, AskedTime
from ui.console import report_desk


class Clock:
    """Seconds, as a test has them."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


def at(time: AskedTime, clock: Clock, now_s: float) -> tuple[int, str]:
    clock.now_s = now_s
    told = time.at()
    assert told is not None
    return told


def test_what_is_short_says_nothing(clock: Clock) -> None:
    time = AskedTime(clock)
    clock.now_s += 60
    assert time.at() is None, "nothing was put yet"
    time.hear(30_000)
    clock.now_s += 1.9
    assert time.at() is None


def test_it_goes_by_how_long_it_took_last(clock: Clock) -> None:
    time = AskedTime(clock)
    time.hear(40_000)
    assert at(time, clock, 110) == (250, "正在算，还要约 30 秒")
    assert at(time, clock, 139.8) == (NEARLY, "正在算，还要约 1 秒")
    assert at(time, clock, 150) == (NEARLY, "正在算，50 秒了，比上次久")


def test_the_first_time_it_says_how_long_one_waits(clock: Clock) -> None:
    time = AskedTime(clock)
    time.hear(None)
    assert at(time, clock, 112) == (0, "正在算，12 秒了；说不准还要多久")


def test_the_second_of_two_questions_tells_what_is_left(clock: Clock) -> None:
    time = AskedTime(clock)
    time.hear(40_000)
    clock.now_s = 110
    time.hear(30_000)
    assert at(time, clock, 110) == (250, "正在算，还要约 30 秒")
    assert at(time, clock, 130)[0] == 750


def test_a_command_says_it_to_a_person_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(asked_time, "WORTH_SAYING_S", 0)
    monkeypatch.setattr(report_desk, "EACH_S", 0.01)
    with report_desk._counting() as hear:
        hear(90_000)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    said = ""
    with report_desk._counting() as hear:
        hear(60_000)
        while "还要约" not in said:
            said += capsys.readouterr().err
    assert "正在算，还要约 60 秒" in said
    assert (said + capsys.readouterr().err).endswith(report_desk.ANEW), "the line is left empty"
