"""守着导入: while a till runs, an import that was killed is taken back beside the selling.

At the till's start, and from time to time after it: somebody may end an import at any moment.
Whoever opens a till does not wait for it: all of it happens on a thread and a connection of its
own, in short steps (docs/decisions/0007).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.errors import ImportRunning, Shortfall
from core.values.moment import Moment
from storage.import_turn import half_imports
from storage.store import TillStore

LOOK_EVERY_S = 30.0
_log = logging.getLogger(__name__)


@contextmanager
def watched_imports(store: TillStore, now: Callable[[], Moment]) -> Iterator[None]:
    """Watch this store until the end; what is not taken back by then, is at the next start."""
    ends = threading.Event()
    thread = threading.Thread(target=_watch, args=(store, now, ends), name="undo", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ends.set()
        thread.join()


def _watch(store: TillStore, now: Callable[[], Moment], ends: threading.Event) -> None:
    while True:
        try:
            if half_imports(store):
                _take_back(store, now(), ends)
        except ImportRunning:
            pass  # somebody began just now, and takes it back first
        except Shortfall as trouble:
            # A full disk, as a rule: selling says so, and here it is tried again.
            _log.warning("a killed import is still there: %s", type(trouble).__name__)
        except Exception:  # noqa: BLE001 - the till goes on selling, and a log is read
            _log.exception("a killed import could not be taken back")
            return
        if ends.wait(LOOK_EVERY_S):
            return


def _take_back(store: TillStore, moment: Moment, ends: threading.Event) -> None:
    # What an import needs is loaded where there was one: a start does without.
    from storage.imports import undo_unfinished

    guest = store.beside()
    try:
        if undo_unfinished(guest, moment, should_stop=ends.is_set):
            _log.warning("a killed import was taken back")
    finally:
        guest.close()
