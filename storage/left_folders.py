"""留下的: folders of processes that were killed; they go when the next one starts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

LESSON, INSIGHT = "shuke-training-", "insight-"
"""How folders of lessons begin, and those of whoever works with the copy of a store's sales."""


def own_prefix(prefix: str) -> str:
    """How the folder of this process begins: its number tells whose it is."""
    return f"{prefix}{os.getpid()}-"


def remove_left_lessons() -> None:
    """Remove the folders of lessons whose process is gone."""
    from tempfile import gettempdir  # no start of a till needs it

    _remove_left(Path(gettempdir()), LESSON)


def remove_left_rows(home: Path) -> None:
    """Remove what was on its way into the copy of a home, or into memory, at a sudden end.

    Earlier programs named no process: nothing of theirs is needed any more.
    """
    _remove_left(home, INSIGHT)


def _remove_left(place: Path, prefix: str) -> None:
    """What cannot go now goes another time."""
    for folder in place.glob(f"{prefix}*"):
        if _is_left(folder, prefix):
            import shutil

            shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path, prefix: str) -> bool:
    """Whether it is a folder of this user's, of a process that is no more."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    pid = folder.name.removeprefix(prefix).partition("-")[0]
    if not pid.isascii() or not pid.isdigit():
        return prefix == INSIGHT
    if sys.platform == "win32":
        return _can_move(folder)
    try:
        if folder.stat().st_uid != os.getuid():
            return False
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):  # somebody else's, gone meanwhile, or no number of a process
        return False
    return False


def _can_move(folder: Path) -> bool:
    """Windows moves no folder in which a process holds a file."""
    try:
        moved = folder.rename(folder.with_name(f"{folder.name}-left"))
        moved.rename(folder)
    except OSError:
        return False
    return True
