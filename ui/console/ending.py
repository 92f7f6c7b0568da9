"""收场: how a command ends, whatever it comes to: its exit code, and what is said."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from core.errors import Cancelled, Shortfall
from ui.console.command_words import warn
from ui.text import sentence

STOPPED = 130


def ended(do: Callable[[], int], log: Callable[[Exception], object]) -> int:
    """0: well, 1: found something, 2: not done, 130: stopped; a mistake of ours goes to `log`."""
    try:
        return do()
    except Shortfall as refused:
        warn(sentence(refused))
        return STOPPED if isinstance(refused, Cancelled) else 2
    except BrokenPipeError:
        # Nobody reads on; what was settled is kept, and Python's own last flush must not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return STOPPED
    except Exception as bug:  # noqa: BLE001 - said to the person, logged for who maintains it
        log(bug)
        warn(sentence(bug))
        return 2
