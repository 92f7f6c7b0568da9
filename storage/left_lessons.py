"""练习留下的: folders of lessons whose process was killed go when the next one starts."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from tempfile import gettempdir

PREFIX = "shuke-training-"


def lesson_prefix() -> str:
    """How the folder of a lesson of this process begins: its number tells whose it is."""
    return f"{PREFIX}{os.getpid()}-"


def remove_left_lessons() -> None:
    """Remove the folders of lessons whose process is gone; what cannot go now goes another time."""
    for folder in Path(gettempdir()).glob(f"{PREFIX}*"):
        if _is_left(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    """Whether it is a folder of this user's, of a process that is no more."""
    pid = folder.name.removeprefix(PREFIX).partition("-")[0]
    if not pid.isascii() or not pid.isdigit() or folder.is_symlink() or not folder.is_dir():
        return False
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
