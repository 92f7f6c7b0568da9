"""U 盘: places outside of this machine where a file can go."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QStorageInfo

_MEDIA = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


def sticks() -> list[tuple[str, Path]]:
    """Name and folder of each stick that can be written to."""
    found = []
    system = QStorageInfo.root().rootPath()
    for volume in QStorageInfo.mountedVolumes():
        path = volume.rootPath()
        is_elsewhere = sys.platform == "win32" or path.startswith(_MEDIA)
        if volume.isReady() and not volume.isReadOnly() and is_elsewhere and path != system:
            found.append((volume.displayName() or path, Path(path)))
    return found


def documents() -> Path:
    """Where this person's files go."""
    kind = QStandardPaths.StandardLocation.DocumentsLocation
    found = Path(QStandardPaths.writableLocation(kind) or Path.home())
    # a fresh account may have no such folder yet
    return found if found.is_dir() else Path.home()
