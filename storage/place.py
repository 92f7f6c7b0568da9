"""所在: what the system says of where a home lies, of its memory, and of how it writes."""

from __future__ import annotations

import ctypes
import locale
import os
import sys
from pathlib import Path

_REMOTE = 4


def mount_kind(folder: Path) -> str:
    """The kind of file system that a folder lies on; "" where nobody says it."""
    if sys.platform == "win32":
        if str(folder).startswith("\\\\"):
            return "remote"
        kind = ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\")
        return "remote" if kind == _REMOTE else "local"
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    rows = [line.split() for line in mounts.read_text("utf-8", "replace").splitlines()]
    above = [str(each) for each in (folder.resolve(), *folder.resolve().parents)]
    # The mount that lies deepest counts, and of several in one place the last.
    found = [(len(row[1]), at, row[2]) for at, row in enumerate(rows) if row[1] in above]
    return max(found)[2] if found else ""


def memory() -> tuple[int, int]:
    """Bytes of memory in all, and what can still be had; 0, 0 where nobody says it."""
    if sys.platform == "win32":
        return _windows_memory()
    path = Path("/proc/meminfo")
    if not path.exists():
        return 0, 0
    rows = dict(line.split(":", 1) for line in path.read_text("ascii", "replace").splitlines())
    total, free = (int(rows[name].split()[0]) << 10 for name in ("MemTotal", "MemAvailable"))
    return total, free


def _windows_memory() -> tuple[int, int]:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "free", "a", "b", "c", "d", "e")),
        )

    status = Status()
    status.length = ctypes.sizeof(status)
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]  # Windows alone has it
    if not kernel.GlobalMemoryStatusEx(ctypes.byref(status)):
        return 0, 0
    return int(status.total), int(status.free)


def text_encodings() -> dict[str, str]:
    """How this system writes: names of files, and texts of other programs."""
    spoken = {"files": sys.getfilesystemencoding()}
    if os.name != "nt":  # Windows keeps its code page for old programs; ours do not ask for it
        spoken["locale"] = locale.getencoding()
    return {name: code.lower().replace("utf8", "utf-8") for name, code in spoken.items()}
