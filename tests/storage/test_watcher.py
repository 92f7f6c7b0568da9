"""A till that dies of a fault comes back, three times at most; one that ended well does not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage import watcher
from storage.watcher import MOST, WATCHED, brought_back

pytestmark = pytest.mark.skipif(os.name == "nt", reason="ends by signals")
HOUSE = Path(__file__).parents[2]
# The first life of a till: it begins to be watched, says so, and ends as it is told to.
FIRST = """
import os, signal, sys
from storage.watcher import brought_back
with brought_back(sys.argv[2:]) as begin:
    begin()
    os.kill(os.getpid(), int(sys.argv[1])) if int(sys.argv[1]) else None
"""


def later(path: Path, end: str) -> list[str]:
    """A command that notes each of its lives, and ends as it is told to."""
    lives = f"open({str(path)!r}, 'a').write(__import__('os').environ[{WATCHED!r}] + chr(10))"
    return [sys.executable, "-c", f"import os, sys; {lives}; {end}"]


def lives(path: Path) -> int:
    return len(path.read_text().splitlines()) if path.exists() else 0


def first_life(command: list[str], number: int) -> int:
    """Until the watcher has ended too: it holds the pipe that we read."""
    done = subprocess.run(
        [sys.executable, "-c", FIRST, str(number), *command],
        cwd=HOUSE,
        env={key: text for key, text in os.environ.items() if key != WATCHED},
        check=False,
    )
    return done.returncode


def watched_to_the_end(command: list[str], said: bytes) -> int:
    """What the watcher itself does with this pipe."""
    alone = [sys.executable, "-I", "-S", watcher.__file__, *command]
    return subprocess.run(alone, input=said, check=False, timeout=60).returncode


def test_one_that_falls_again_and_again_is_brought_back_three_times(tmp_path: Path) -> None:
    notes = tmp_path / "lives"
    falls = later(notes, "os.kill(os.getpid(), 11)")
    assert watched_to_the_end(falls, b"") == 1
    assert lives(notes) == MOST


def test_one_that_then_ends_as_it_should_is_left_alone(tmp_path: Path) -> None:
    notes = tmp_path / "lives"
    assert watched_to_the_end(later(notes, "sys.exit(2)"), b"") == 0
    assert lives(notes) == 1


def test_one_that_said_bye_is_not_brought_back(tmp_path: Path) -> None:
    notes = tmp_path / "lives"
    assert watched_to_the_end(later(notes, "pass"), watcher.BYE) == 0
    assert lives(notes) == 0


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL, 0])
def test_a_till_is_brought_back_after_a_fault_only(tmp_path: Path, number: int) -> None:
    notes = tmp_path / "lives"
    pipe = tmp_path / "ended"
    os.mkfifo(pipe)
    # The watcher holds no output of ours: a fifo that its command opens tells that it came to it.
    command = later(notes, f"open({str(pipe)!r}, 'w').close()")
    assert first_life(command, number) == -number
    if number:
        pipe.read_bytes()
        assert lives(notes) == 1
    else:
        assert lives(notes) == 0


def test_nobody_watches_who_is_watched_already(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WATCHED, "1")
    begun = []
    monkeypatch.setattr(watcher, "_begun", lambda command: begun.append(command) or [])
    with brought_back(["till"]) as begin:
        begin()
    monkeypatch.delenv(WATCHED)
    with brought_back([]) as begin:
        begin()
    assert begun == []
