"""打印文件: a PDF goes to the system's own printer, as from any other program."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from core.errors import PrinterUnavailable
from ui.devices.spooler import lp, run

_TIMEOUT_S = 10.0


def print_document(path: Path) -> None:
    """Give a file to the printer that the system prints on, to be printed as large as it is.

    Raises PrinterUnavailable.
    """
    if os.name == "nt":
        _by_windows(path)
        return
    words = [lp(), "-o", "print-scaling=none", str(path)]
    try:
        done = run(words, b"", _TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired) as trouble:
        raise PrinterUnavailable(str(trouble)) from trouble
    if done.returncode:
        raise PrinterUnavailable(done.stderr.decode(errors="replace").strip())


def _by_windows(path: Path) -> None:
    try:
        os.startfile(path, "print")  # type: ignore[attr-defined,unused-ignore]  # Windows alone has it
    except OSError as trouble:
        raise PrinterUnavailable(trouble.strerror or str(trouble)) from trouble
