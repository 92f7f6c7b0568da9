"""不用门店数据的命令: a basket is priced by a file, a draw is drawn again from its certificate."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from core.rulebook.rulebook import Rulebook


def obey_storeless(given: Namespace, load: Callable[[Path], Rulebook]) -> tuple[str, int]:
    """What to say, and the code to end with."""
    if given.command == "draw":
        from ui.console.draw_commands import replayed

        return replayed(given.file, given.commitment)
    from ui.console.quote_commands import answered, both_schemas

    if given.schema:
        return both_schemas(), 0
    return answered(load(given.rulebook), sys.stdin.read()), 0
