"""旁的进程: how other processes are begun and how they end: with this one, and by nobody's Ctrl+C.

Ctrl+C reaches all processes of a console. Only the first one decides what that means; the others
end with their work, with the first one, or when nobody wants more of it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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


def stand_back() -> None:
    """Said by the office: the counter on this machine has the processor whenever it wants it.

    Linux lets a nicer process finish its turn first, some milliseconds that a key waits, and an idle
    one never. On Windows whoever is below normal stands back so far already.
    """
    give_way()
    if sys.platform == "linux":
        with suppress(PermissionError):  # where a container forbids it
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
