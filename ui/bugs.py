"""程序的错: a bug on the screen's thread reaches the log, and the person at the till.

Qt calls us from its own loop, so an exception there ends nothing and would be seen by nobody: on a
till no terminal shows it.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from traceback import walk_tb
from types import TracebackType

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]
_log = logging.getLogger(__name__)


def bug_hook(say: Callable[[Exception], object]) -> Hook:
    """What `sys.excepthook` may be: each bug is logged, and said once for each place it comes from.

    Once, because a bug in painting comes back with every frame.
    """
    said: set[tuple[str, int]] = set()

    def hook(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(bug, Exception):
            sys.__excepthook__(kind, bug, trace)
            return
        _log.error("a bug on the screen", exc_info=(kind, bug, trace))
        *_, place = [("", 0), *((each.f_code.co_filename, line) for each, line in walk_tb(trace))]
        if place not in said:
            said.add(place)
            say(bug)

    return hook
