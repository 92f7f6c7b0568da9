"""While a till stands, no mistake goes unseen; who asks it to end is obeyed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from storage.crashes import crash_files
from ui.guard import guarded

HOUSE = Path(__file__).parents[2]
FATAL = """
import sys
from pathlib import Path
from PySide6.QtGui import QGuiApplication
from storage.crashes import CrashBook
from storage.logs import keep_logs
from ui.guard import guarded
home = Path(sys.argv[1])
book = CrashBook(home)
keep_logs(home, book)
with book.watched(), book.marked(), guarded(print, print):
    QGuiApplication([])
"""


def nothing() -> None:
    """Nobody asks to leave."""


def test_a_bug_on_another_thread_is_said_here_and_logged(qtbot, caplog) -> None:
    said: list[tuple[Exception, bool]] = []

    def say(bug: Exception) -> None:
        said.append((bug, threading.current_thread() is threading.main_thread()))

    with guarded(say, nothing):
        thread = threading.Thread(target=lambda: 1 // 0)
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: bool(said))
    [(bug, is_here)] = said
    assert type(bug) is ZeroDivisionError and is_here
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


def test_afterwards_everything_is_as_before() -> None:
    before = sys.excepthook, threading.excepthook, signal.getsignal(signal.SIGTERM)
    with guarded(print, nothing):
        assert sys.excepthook is not before[0]
    assert (sys.excepthook, threading.excepthook, signal.getsignal(signal.SIGTERM)) == before


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
def test_a_system_that_shuts_down_is_obeyed() -> None:
    left: list[int] = []
    with guarded(print, lambda: left.append(1)):
        os.kill(os.getpid(), signal.SIGTERM)
    assert left == [1]


@pytest.mark.skipif(os.name == "nt", reason="ends by a signal")
def test_what_qt_says_at_the_end_is_kept_without_names(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FATAL, str(tmp_path)],
        cwd=HOUSE,
        env=dict(os.environ, QT_QPA_PLATFORM="欧阳晓月13611112222"),
        check=False,
    )
    assert done.returncode == -signal.SIGABRT
    text = "\n".join(kept.read_text("utf-8") for kept in crash_files(tmp_path))
    assert "no Qt platform plugin could be initialized" in text
    assert "欧阳" not in text and "136" not in text
    [fault] = (tmp_path / "crashes").glob("fault-*")
    assert "Aborted" in fault.read_text("utf-8")
