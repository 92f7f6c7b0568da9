"""留底: a receipt as files, a PDF for people and the bytes that the printer would get."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Sequence
from pathlib import Path

from core.errors import DiskFailed, DiskFull, ReadOnly
from ui.devices.escpos import encode_rows
from ui.devices.profile import GB18030, Profile
from ui.devices.row import Row

_NOT_IN_FILE_NAMES = re.compile(r"[^\w.-]+")


def save_copies(
    rows: Sequence[Row],
    no: str,
    folder: Path,
    *,
    profile: Profile = GB18030,
    width_mm: int = 80,
) -> tuple[Path, Path]:
    """Writes NO.pdf and NO.bin; raises ReadOnly, DiskFull or DiskFailed."""
    from ui.devices.receipt_pdf import rows_pdf  # brings reportlab: 100 ms

    stem = _NOT_IN_FILE_NAMES.sub("_", no)
    pdf, stream = folder / f"{stem}.pdf", folder / f"{stem}.bin"
    write_file(pdf, rows_pdf(rows, no, width_mm=width_mm))
    write_file(stream, encode_rows(rows, width_mm=width_mm, profile=profile))
    return pdf, stream


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
