"""工作簿: the rows of the first sheet of an XLSX file, with nothing unpacked beyond its limits.

openpyxl reads; it is slow to load, so this module is imported only where a workbook was opened.
Its XML goes through defusedxml, which refuses entities; what it raises for a spoilt file is
anything at all, so everything that a file can cause is one refusal here.
"""

from __future__ import annotations

import errno
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO
from zipfile import ZipFile

from core.errors import NotATable, TableTooLarge
from core.values.table import TableFault

MOST_MIB = 512
# Only sheets and their texts may be long; the other parts are read whole into memory.
MOST_PART_MIB = 32
MOST_RATIO = 200
MOST_ROWS = 1_048_576
MOST_COLUMNS = 256
_MIB = 1 << 20
_PACKED_BEYOND_REASON = 1 * _MIB
_MIDNIGHT = time()


class Book:
    """工作簿: an open workbook; `progress` counts rows of its first sheet."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._done = 0
        self._total = min(sheet.max_row or 0, MOST_ROWS)
        # The sheet's own word about its size may be wrong in both directions.
        sheet.reset_dimensions()

    @property
    def progress(self) -> tuple[int, int]:
        """Rows read, and rows in all."""
        return self._done, max(self._done, self._total)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Line and cells of each row that is not empty; numbers and dates as a person writes them.

        Raises NotATable where the sheet is spoilt, TableTooLarge beyond a million rows.
        """
        rows = self._sheet.iter_rows(values_only=True)
        while True:
            with _spoilt(self._done + 1):
                values = next(rows, None)
            if values is None:
                return
            self._done += 1
            if self._done > MOST_ROWS:
                raise NotATable(TableFault.WORKBOOK, self._done)
            if any(value is not None for value in values):
                cells = [text_of(value) for value in values[:MOST_COLUMNS]]
                if any(map(str.strip, cells)):
                    yield self._done, cells


@contextmanager
def open_workbook(file: BinaryIO) -> Iterator[Book]:
    """The book in an open file; raises NotATable, and TableTooLarge for a zip bomb."""
    from openpyxl import load_workbook

    # It warns of styles and validations that it does not know; no person could do anything.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    with _spoilt(0):
        _check_sizes(file)
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    try:
        with _spoilt(0):
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            opened = Book(sheets[0])
        yield opened
    finally:
        book.close()


def text_of(value: object) -> str:
    """A cell as text: 39 instead of 39.0, 1988-03-05 instead of midnight of that day."""
    if value is None:
        return ""
    if isinstance(value, float):
        # Fifteen digits are what Excel shows and all that it keeps.
        return format(Decimal(f"{value:.15g}"), "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _check_sizes(file: BinaryIO) -> None:
    # zipfile never unpacks more of an entry than its directory declares, so declared sizes bind.
    with ZipFile(file) as archive:
        entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MOST_MIB * _MIB:
        raise TableTooLarge(MOST_MIB)
    for entry in entries:
        size, name = entry.file_size, entry.filename.casefold()
        if size > _PACKED_BEYOND_REASON and size > MOST_RATIO * entry.compress_size:
            raise TableTooLarge(MOST_MIB)
        is_long = name.startswith("xl/worksheets/") or name.endswith("sharedstrings.xml")
        if name.endswith((".xml", ".rels")) and not is_long and size > MOST_PART_MIB * _MIB:
            raise TableTooLarge(MOST_PART_MIB)


@contextmanager
def _spoilt(line: int) -> Iterator[None]:
    try:
        yield
    except (NotATable, TableTooLarge, MemoryError):
        raise
    except Exception as error:
        # A disk says its number; a wrong offset in the zip and openpyxl's own OSError do not.
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise
        raise NotATable(TableFault.WORKBOOK, line) from error
