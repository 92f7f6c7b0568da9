"""旁的进程: how other processes are begun and how they end: with this one, and by nobody's Ctrl+C.

Ctrl+C reaches all processes of a console. Only the first one decides what that means; the others
end with their work, with the first one, or when nobody wants more of it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process, resource_tracker
from threading import Thread

NICE = 10
_BELOW_NORMAL = 0x4000
_DEAF_TO = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def undisturbed() -> Iterator[None]:
    """A process that is just being born must not hear Ctrl+C."""
    if sys.platform == "win32":
        yield
        return
    # Python's own second process comes first: starting it would end the stillness.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _DEAF_TO)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def follow() -> None:
    """Said by the other process first: it is deaf, and ends with the one that began it."""
    for number in _DEAF_TO:
        signal.signal(number, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def give_way() -> None:
    """Said by the other process: whoever serves a customer on this machine comes first."""
    if sys.platform == "win32":
        from ctypes import windll

        kernel = windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
        return
    os.nice(NICE)


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
