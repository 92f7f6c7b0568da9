"""文件: one file written whole or not at all, with the errors that a person understands."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from core.errors import DiskFailed, DiskFull, ReadOnly


def write_file(path: Path, data: bytes) -> None:
    """Whole or not at all: written beside, synced, then put in place."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as trouble:
        raise _typed(trouble, path) from trouble


def _typed(trouble: OSError, path: Path) -> DiskFull | ReadOnly | DiskFailed:
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull()
    if trouble.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ReadOnly(str(path.parent))
    return DiskFailed(trouble.strerror or str(trouble))
