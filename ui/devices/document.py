"""打印文件: a PDF goes to the system's own printer, as from any other program."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from core.errors import PrinterUnavailable
from ui.text import tr

_TIMEOUT_S = 10.0


def print_document(path: Path) -> None:
    """Give a file to the printer that the system prints on, to be printed as large as it is.

    Raises PrinterUnavailable.
    """
    if os.name == "nt":
        _by_windows(path)
        return
    program = shutil.which("lp")
    if program is None:
        raise PrinterUnavailable(tr("这台电脑没有打印队列（CUPS）"))
    try:
        done = subprocess.run(
            [program, "-o", "print-scaling=none", str(path)],
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as trouble:
        raise PrinterUnavailable(str(trouble)) from trouble
    if done.returncode:
        raise PrinterUnavailable(done.stderr.decode(errors="replace").strip())


def _by_windows(path: Path) -> None:
    try:
        os.startfile(path, "print")  # type: ignore[attr-defined,unused-ignore]
    except OSError as trouble:
        raise PrinterUnavailable(trouble.strerror or str(trouble)) from trouble
