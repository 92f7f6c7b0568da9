"""看打印机: whether a printer can be there at all, seen without a byte and without opening it.

What hangs on a network or in a queue of the system is not asked here: only a paper, or the doctor,
waits for an answer.
"""

from __future__ import annotations

import os
from pathlib import Path

from core.errors import PrinterMissing
from ui.devices.printer import FilePrinter, Printer, SerialPrinter


def missing(printer: Printer) -> PrinterMissing | None:
    """Why the first paper would not come out, as far as the system's files tell it."""
    match printer:
        case FilePrinter(path=path):
            place = path if not _takes(path) else None
        case SerialPrinter(device=device):
            # Windows calls its ports by names that are no files.
            is_file = device.startswith("/")
            place = Path(device) if is_file and not Path(device).exists() else None
        case _:
            place = None
    return None if place is None else PrinterMissing(str(place))


def _takes(path: Path) -> bool:
    """Whether a file is there to be written to, or can be made."""
    if path.exists():
        return not path.is_dir() and os.access(path, os.W_OK)
    return path.parent.is_dir() and os.access(path.parent, os.W_OK | os.X_OK)
