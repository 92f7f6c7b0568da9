"""表格: opens a CSV or XLSX file that a person gave us, and streams its rows.

Nothing in the file is believed: neither its name, nor its encoding, nor the sizes it declares.
"""

from __future__ import annotations

import csv
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, TextIO

from msgspec import Struct

from core.errors import FileUnreadable, NotATable
from core.values.table import TableFault
from storage.files import open_file

MOST_COLUMNS = 256
_FIRST_ROWS = 10
_CHUNK = 1 << 20
_DELIMITERS = ",;\t"
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF8_BOM, _UTF16_BOMS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
# So many signs of UTF-8 before the first wrong byte are no accident of another encoding.
_SURELY_UTF8 = 16
# Stands behind the last line: a row that holds it was opened by a quote that nothing closed.
_END = "\x00"

Rows = Iterator[tuple[int, list[str]]]
Progress = Callable[[], tuple[int, int]]


class Table(Struct, frozen=True, eq=False):
    """表: headings and rows of an open file; a context manager that closes it.

    Lines are those of the file as a person sees them, from 1. The rows can be read once.
    """

    path: Path
    headings: tuple[str, ...]
    _rows: Rows
    _progress: Progress
    _files: ExitStack

    def __enter__(self) -> Table:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def progress(self) -> tuple[int, int]:
        """How much was read, and of how much: bytes of a CSV, rows of an XLSX."""
        done, total = self._progress()
        return min(done, total), total

    def rows(self) -> Rows:
        """Line and cells of each row below the headings that is not empty.

        Raises NotATable where the file stops being a table, FileUnreadable where it goes away.
        """
        try:
            yield from self._rows
        except OSError as error:
            raise FileUnreadable(str(self.path)) from error

    def close(self) -> None:
        """Close the file; it may be closed twice."""
        self._files.close()


def open_table(path: Path) -> Table:
    """The table in a file, by its content and not by its name.

    Raises FileUnreadable, NotATable, and TableTooLarge for a workbook that unpacks to too much.
    """
    with ExitStack() as files:
        try:
            file = files.enter_context(_open_file(path))
            rows, progress = _read(file, path, files)
            headings = _find_headings(rows)
        except OSError as error:
            raise FileUnreadable(str(path)) from error
        return Table(path, headings, rows, progress, files.pop_all())


def _open_file(path: Path) -> BinaryIO:
    try:
        return open_file(path)
    except ValueError:
        raise FileUnreadable(str(path)) from None


def _read(file: BinaryIO, path: Path, files: ExitStack) -> tuple[Rows, Progress]:
    head = file.read(4)
    if not head:
        raise NotATable(TableFault.EMPTY)
    if head == _OLD_EXCEL:
        raise NotATable(TableFault.OLD_EXCEL)
    if head == _ZIP:
        from storage.workbook import open_workbook

        book = files.enter_context(open_workbook(file))
        return book.rows(), lambda: book.progress
    total = path.stat().st_size
    encoding = _encoding(file, head)
    file.seek(0)
    text = files.enter_context(TextIOWrapper(file, encoding=encoding, newline=""))
    return _csv_rows(text), lambda: (total if file.closed else file.tell(), total)


def _find_headings(rows: Rows) -> tuple[str, ...]:
    """The first row of several cells: a title may stand above it."""
    for _, cells in islice(rows, _FIRST_ROWS):
        headings = tuple(" ".join(cell.split()) for cell in cells)
        if sum(map(bool, headings)) < 2:
            continue
        if not "".join(headings).isprintable():
            raise NotATable(TableFault.BINARY)
        return headings
    raise NotATable(TableFault.ONE_COLUMN)


def _encoding(file: BinaryIO, head: bytes) -> str:
    """The encoding in which the whole file can be read; raises NotATable with the bad line."""
    if head.startswith(_UTF16_BOMS):
        encoding = "utf-16"
    elif head.startswith(_UTF8_BOM):
        encoding = "utf-8-sig"
    else:
        bad_line, signs = _first_bad_line(file, "utf-8")
        if bad_line is None:
            return "utf-8"
        if signs >= _SURELY_UTF8:
            raise NotATable(TableFault.ENCODING, bad_line)
        encoding = "gb18030"
    bad_line, _ = _first_bad_line(file, encoding)
    if bad_line is not None:
        raise NotATable(TableFault.ENCODING, bad_line)
    return encoding


def _first_bad_line(file: BinaryIO, encoding: str) -> tuple[int | None, int]:
    """The line that cannot be read, or None; and how many signs beyond ASCII stood before it.

    Raises NotATable for null bytes and for a million bytes without end of line: that is no text.
    """
    decoder = getincrementaldecoder(encoding)()
    line, signs = 1, 0
    file.seek(0)
    while True:
        chunk = file.read(_CHUNK)
        if len(chunk) == _CHUNK and b"\n" not in chunk and b"\r" not in chunk:
            raise NotATable(TableFault.BINARY)
        if b"\0" in chunk and encoding != "utf-16":
            raise NotATable(TableFault.BINARY)
        try:
            text, is_bad = decoder.decode(chunk, final=not chunk), False
        except UnicodeDecodeError as error:
            good = error.object[: error.start]
            text, is_bad = good.decode(error.encoding, errors="ignore"), True
        if "\0" in text:
            raise NotATable(TableFault.BINARY)
        line += text.count("\n") or text.count("\r")
        if signs < _SURELY_UTF8:
            signs += len(text) - len(text.encode("ascii", errors="ignore"))
        if is_bad or not chunk:
            return (line if is_bad else None), signs


def _csv_rows(text: TextIO) -> Rows:
    first = list(islice(text, _FIRST_ROWS))
    start = "".join(first).lstrip()
    if not start:
        raise NotATable(TableFault.EMPTY)
    if start.startswith("<"):
        raise NotATable(TableFault.MARKUP)
    reader = csv.reader(chain(first, text, (_END,)), delimiter=_delimiter(first))
    line = 1
    try:
        for row in reader:
            if row and row[-1].endswith(_END):
                break
            if any(map(str.strip, row)):
                yield line, row[:MOST_COLUMNS]
            line = reader.line_num + 1
    except UnicodeDecodeError:
        # The whole file could be read a moment ago: somebody writes to it now.
        raise NotATable(TableFault.ENCODING, line) from None
    except csv.Error:
        raise NotATable(TableFault.QUOTE, line) from None
    if row != [_END]:
        raise NotATable(TableFault.QUOTE, line)


def _delimiter(lines: list[str]) -> str:
    for line in lines:
        bare = "".join(line.split('"')[::2])
        most = max(_DELIMITERS, key=bare.count)
        if most in bare:
            return most
    return _DELIMITERS[0]
