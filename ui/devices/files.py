"""文件: one file written whole or not at all, lists read, with errors that a person understands."""

from __future__ import annotations

import csv
import errno
import io
import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from core.errors import DiskFailed, DiskFull, FileUnreadable, NoFolder, ReadOnly
from core.values.table import guarded

LARGEST_LIST = 4_000_000
MADE_ANEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_file(path: Path, data: bytes) -> None:
    """Whole or not at all, and for its owner only: written beside, synced, then put in place."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)  # what a broken end left may be open to others
        with os.fdopen(os.open(part, MADE_ANEW, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as trouble:
        raise typed_trouble(trouble, path) from trouble


def write_named(path: Path, data: bytes) -> None:
    """As `write_file`, where a person has named the file; raises NoFolder.

    A folder that is not there was misspelt, as a rule: none is made.
    """
    if not path.parent.is_dir():
        raise NoFolder(str(path.parent))
    write_file(path, data)


def write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A file for a table program; as `write_named`."""
    write_named(path, table_bytes(headings, rows))


def table_bytes(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """For a table program: with its mark of UTF-8, and no cell that it takes for a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([headings, *([guarded(cell) for cell in row] for row in rows)])
    return text.getvalue().encode("utf-8-sig")


def open_file(path: Path) -> BinaryIO:
    """A file that a person named, to be read.

    Raises OSError for a pipe or a device, which keep whoever reads them waiting for ever. Files
    that the system makes up (/proc) tell no size, and are read as what they say they are: empty.
    """
    told = path.stat()
    if not stat.S_ISREG(told.st_mode):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return path.open("rb") if told.st_size else io.BytesIO()


def read_lines(path: Path) -> list[str]:
    """The lines of a list that a person gave, without empty ones and remarks (`#`).

    UTF-8 or GB18030, as Windows saves it; raises FileUnreadable.
    """
    try:
        with open_file(path) as file:
            data = file.read(LARGEST_LIST + 1)
    except (OSError, ValueError) as trouble:
        raise FileUnreadable(str(path)) from trouble
    if len(data) > LARGEST_LIST:
        raise FileUnreadable(str(path))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def typed_trouble(trouble: OSError, path: Path) -> DiskFull | ReadOnly | DiskFailed:
    """What the disk said, as a person understands it."""
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull()
    if trouble.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ReadOnly(str(path.parent))
    if trouble.errno in (errno.ENOENT, errno.ENOTDIR, errno.EEXIST):
        return ReadOnly(str(path.parent))  # no folder can be there
    return DiskFailed(trouble.strerror or str(trouble))
