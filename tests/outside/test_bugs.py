"""A bug of ours: one sentence, the till goes on, and the log names no member."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.actions import scan as scanning
from tests.outside.program import LOGIN, refusal, run, run_process, sell_lines
from tests.outside.test_privacy import readable, secrets

GOOD = "6901234567823"
MEMBER = ("欧阳晓月", "13611112222")


class Spoilt(Exception):
    """What a library might raise, with the values that it choked on."""


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """The log of the program takes the place of the one of pytest."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers[:] = []
    yield
    for handler in root.handlers:
        if handler not in handlers:
            handler.close()
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def bug(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(shop: object, text: str, *, limit: int = 8) -> None:
        try:
            raise KeyError(MEMBER)
        except KeyError as first:
            raise Spoilt(f"row {MEMBER} is spoilt") from first

    monkeypatch.setattr(scanning, "find", find)


@pytest.mark.usefixtures("bug")
def test_a_bug_is_said_and_logged_and_the_till_goes_on(home: Path) -> None:
    lines = [LOGIN, "open-day 0", f"find {MEMBER[0]}", *sell_lines(GOOD)]
    done = run(home, "till", "--headless", lines=lines)
    assert done.code == 0
    assert "程序出了错" in done.out
    assert "Traceback" not in done.said
    assert "S01-T1-000001 已结账" in done.out
    log = (home / "logs" / "till.log").read_text("utf-8")
    assert "KeyError" in log
    assert "Spoilt" in log
    assert "in find" in log, "the place is named"
    assert readable(home, secrets([MEMBER])) == []
    assert (home / "logs").stat().st_mode & 0o077 == 0


def test_a_bug_of_a_command_is_one_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise Spoilt(str(MEMBER))

    monkeypatch.setattr("storage.upkeep.verify", broken)
    done = run(home, "verify")
    assert "程序出了错" in refusal(done)
    assert MEMBER[0] not in done.said
    assert "Spoilt" in (home / "logs" / "till.log").read_text("utf-8")


def test_ctrl_c_while_the_program_loads_is_no_bug(home: Path, tmp_path: Path) -> None:
    stopped = tmp_path / "stopped"
    stopped.mkdir()
    (stopped / "msgspec.py").write_text("raise KeyboardInterrupt", "utf-8")
    done = run_process(home, "report", "days", environment={"PYTHONPATH": str(stopped)})
    assert (done.code, done.said) == (130, "")
