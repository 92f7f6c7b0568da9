"""留底: a receipt as files, a PDF for people and the bytes that the printer would get."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ui.devices.escpos import encode_rows
from ui.devices.files import write_file
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
