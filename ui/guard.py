"""守着窗口: no mistake goes unseen, and nobody who asks the program to end is taken for a fault."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import QObject, QtMsgType, Signal, qInstallMessageHandler

from ui.bugs import bug_hook

_log = logging.getLogger(__name__)
# What a system says that shuts down, and a terminal that is closed.
_ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))

_GRAVE = (QtMsgType.QtFatalMsg, QtMsgType.QtCriticalMsg)


class _Fallen(QObject):
    """A bug on another thread is told on this one."""

    told = Signal(object)


@contextmanager
def guarded(say: Callable[[Exception], object], leave: Callable[[], object]) -> Iterator[None]:
    """While this lasts each bug is logged and said; `leave` is called where the system asks to.

    What Qt says before it ends the process is logged too, and so stands in a crash file.
    """
    fallen = _Fallen()
    fallen.told.connect(say)
    hook = bug_hook(say)
    elsewhere = bug_hook(fallen.told.emit)
    before = sys.excepthook, threading.excepthook
    sys.excepthook = hook

    def on_thread(fell: threading.ExceptHookArgs) -> None:
        if fell.exc_value is not None:
            elsewhere(fell.exc_type, fell.exc_value, fell.exc_traceback)

    threading.excepthook = on_thread
    messages = qInstallMessageHandler(_on_message)
    try:
        with _asked_to_end(leave):
            yield
    finally:
        qInstallMessageHandler(messages)
        sys.excepthook, threading.excepthook = before


@contextmanager
def _asked_to_end(leave: Callable[[], object]) -> Iterator[None]:
    def on_signal(_number: int, _frame: FrameType | None) -> None:
        leave()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, on_signal) for number in _ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _on_message(kind: QtMsgType, _context: object, words: str) -> None:
    if kind in _GRAVE:
        _log.critical("qt: %s", words)
    if sys.stderr is not None:
        sys.stderr.write(f"{words}\n")
