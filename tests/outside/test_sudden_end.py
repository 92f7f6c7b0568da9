"""A till that ended suddenly: the next start has the open basket and says where its file is."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from storage.crashes import crash_files
from storage.watcher import WATCHED
from tests.outside.program import LOGIN, Till, begin, run, selling, words_of
from tests.outside.test_privacy import readable, secrets

GOOD = "6901234567823"
MEMBER = ("欧阳晓月", "13611112222")


def mark(home: Path) -> str:
    path = home / "crashes" / "running"
    return path.read_bytes().rstrip(b"\0").decode("ascii") if path.exists() else ""


def wait(until: Callable[[], bool], what: str) -> None:
    ends = time.monotonic() + 60
    while not until():
        assert time.monotonic() < ends, what
        time.sleep(0.05)


def test_after_a_kill_the_basket_is_back_and_the_file_is_named(home: Path) -> None:
    with selling(home) as till:
        till.obeyed(f"scan {GOOD}")
        till.kill()
    assert "scan" in mark(home)
    with Till(home) as till:
        answer = till.obeyed(LOGIN)
        assert [line["code"] for line in answer["basket"]["lines"]] == [GOOD]
        done = till.end()
    [file] = crash_files(home)
    assert "没有正常结束" in done.err and str(file) in done.err
    assert readable(home / "crashes", secrets([MEMBER])) == []
    assert run(home, "till", "--headless").err == "", "it is said once"


@pytest.mark.skipif(os.name == "nt", reason="ends by signals")
def test_a_window_that_breaks_down_comes_back_by_itself(home: Path, monkeypatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv(WATCHED, raising=False)
    first = begin(home, "till")
    # The watcher comes when the till has long been standing; then the file of its door is there.
    wait(lambda: "warm_up" in mark(home), "the till does not stand")
    wait(lambda: bool(watchers(first.pid)), "nobody watches")
    first.send_signal(signal.SIGSEGV)
    first.communicate()
    wait(lambda: pid_of(mark(home)) not in (0, first.pid), "nobody came back")
    [file] = crash_files(home)
    assert "Segmentation fault" in file.read_text("utf-8")
    os.kill(pid_of(mark(home)), signal.SIGTERM)
    wait(lambda: not mark(home), "it does not end when it is asked to")
    assert len(crash_files(home)) == 1, "and that is no sudden end"


def pid_of(said: str) -> int:
    found = re.search(r"pid (\d+)", said)
    return int(found[1]) if found else 0


def watchers(pid: int) -> list[psutil.Process]:
    children = psutil.Process(pid).children()
    return [child for child in children if any("watcher.py" in word for word in child.cmdline())]


@pytest.mark.skipif(os.name == "nt", reason="another way to show a window")
def test_a_second_start_gets_the_window_of_the_first(home: Path, monkeypatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv(WATCHED, "1")
    first = begin(home, "till")
    wait(lambda: bool(mark(home)), "the till does not stand")
    # The first one listens only later: the second waits for it.
    second = subprocess.run(
        words_of(home, "till"), capture_output=True, text=True, check=False, timeout=60
    )
    assert (second.returncode, second.stdout) == (
        0,
        "收银台已经开着，它的窗口到前面来了。什么都没有变；请在那里接着收。\n",
    )
    first.send_signal(signal.SIGTERM)
    first.communicate(timeout=60)
    assert first.returncode == 0
