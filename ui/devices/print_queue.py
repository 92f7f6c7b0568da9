"""打印队列: papers that wait for their printer, kept in a folder until they are printed.

A paper is written down before it is tried, so that it outlives the program. While its bytes are on
the way it is marked: one that was marked when the power went may be on paper, and nobody but a
person can say so. Only the owner may read the folder; a printed paper is deleted.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from msgspec import DecodeError, Struct, ValidationError, json
from msgspec.structs import replace

from core.errors import QueueUnkept
from ui.devices.row import Row

_log = logging.getLogger(__name__)
_WAITS, _MARKED = ".waits", ".sent"


class Paper(Struct, frozen=True):
    """The rows of a paper, in the language they were made in.

    `is_doubtful`: it was sent, and nobody knows how far it came.
    """

    no: str
    rows: tuple[Row, ...]
    is_doubtful: bool = False


class PrintQueue:
    """Papers by number, oldest first. A folder that cannot be read or written costs only that they
    outlive the program; `trouble` says so."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._next = 1
        self.trouble: QueueUnkept | None = None

    def load(self) -> list[tuple[int, Paper]]:
        """What was left by the program that ran before."""
        found = []
        for path in self._files():
            number = int(path.name[:9])
            self._next = max(self._next, number + 1)
            try:
                paper = json.decode(path.read_bytes(), type=Paper)
            except (OSError, DecodeError, ValidationError):
                # Half written when the power went: its sale is in the store, and can be reprinted.
                _log.warning("unreadable paper in the queue: %s", path.name)
                self._dropped(path)
                continue
            is_doubtful = paper.is_doubtful or path.suffix == _MARKED
            found.append((number, replace(paper, is_doubtful=is_doubtful)))
        return found

    def add(self, paper: Paper) -> int:
        """Keep one more; its number."""
        number, self._next = self._next, self._next + 1
        self._write(number, paper)
        return number

    def mark(self, number: int) -> None:
        """From now on its bytes may be on paper."""
        self._rename(number, _WAITS, _MARKED)

    def unmark(self, number: int) -> None:
        """Nothing of it left the till."""
        self._rename(number, _MARKED, _WAITS)

    def remove(self, number: int) -> None:
        """Printed, written elsewhere, or not wanted any more."""
        if self._folder is not None:
            for suffix in (_WAITS, _MARKED):
                self._dropped(self._path(number, suffix))

    def _files(self) -> list[Path]:
        if self._folder is None:
            return []
        try:
            found = sorted(self._folder.iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            # What lies there unseen must not be written over.
            self.trouble, self._folder = QueueUnkept(str(self._folder)), None
            _log.warning("the print queue cannot be read: %s", error.strerror)
            return []
        return [
            path
            for path in found
            if path.suffix in (_WAITS, _MARKED) and path.stem.isdecimal() and len(path.stem) == 9
        ]

    def _path(self, number: int, suffix: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{number:09d}{suffix}"

    def _write(self, number: int, paper: Paper) -> None:
        if self._folder is None:
            return
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._path(number, _WAITS)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(json.encode(paper))
            self.trouble = None
        except OSError as error:
            self.trouble = QueueUnkept(str(self._folder))
            _log.warning("the print queue cannot be kept: %s", error.strerror)

    def _rename(self, number: int, before: str, after: str) -> None:
        if self._folder is None:
            return
        try:
            if not self._path(number, after).exists():  # a paper that is tried again is marked
                self._path(number, before).replace(self._path(number, after))
        except OSError as error:
            _log.warning("the print queue cannot be kept: %s", error.strerror)

    def _dropped(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("the print queue cannot be cleared: %s", error.strerror)
