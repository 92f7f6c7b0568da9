"""删过谁: what a store that was put back to an earlier time does not know any more.

home/store.erased          beside the store          home/backups/shuke.erased   beside backups

One line each: a seal by the key of the store, and who. What no key of ours has sealed is passed
over, so that nobody has a member erased by writing a line. Backups that are copied take the lines
along, and a restore brings them back.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from core.members.certificate import Why
from core.ports.erased import Gone
from storage.files import write_private

if TYPE_CHECKING:
    from storage.store import TillStore

_SEALED = b"shuke erased\0"
_SIGNS = 32
_ALL = 1_000_000


def erased_path(home: Path) -> Path:
    """Where they stand beside the store of a home."""
    return home / "store.erased"


def beside_backups(folder: Path) -> Path:
    """Where they stand beside the backups in a folder."""
    return folder / "shuke.erased"


class ErasedFile:
    """Implements `core.ports.erased.ErasedBeside`."""

    def __init__(self, home: Path, key: bytes) -> None:
        self._home = home
        self._key = key

    @property
    def is_there(self) -> bool:
        """Whether anybody was erased here: at most starts of a till nothing more is asked."""
        return erased_path(self._home).exists()

    def known(self) -> tuple[Gone, ...]:
        """Those that this key has sealed; a torn line is none."""
        found = (self._read(line) for line in _lines(erased_path(self._home)))
        return tuple(each for each in found if each is not None)

    def keep(self, gone: Gone) -> None:
        """Beside the store, and beside the backups that still have them."""
        with suppress(OSError):
            self._add([gone])

    def keep_all_of(self, store: TillStore) -> None:
        """Whatever the store has certificates of: one may have been cut off before it stood here.

        Raises OSError.
        """
        from storage.forgotten import StoredForgotten  # no start of a till needs it

        with store.reader() as connection:
            forgotten = StoredForgotten(connection)
            made = forgotten.certificates(limit=_ALL)
            gone = [
                Gone((each.member_id, *forgotten.known_as(each.member_id)), each.why, each.at_us)
                for each in reversed(made)
                if not each.waits and each.why is not Why.OFFICE  # the chain says it again
            ]
        self._add(gone)

    def _add(self, gone: Iterable[Gone]) -> None:
        lines = [self._line(each) for each in gone]
        _add_lines(erased_path(self._home), lines)
        backups = self._home / "backups"
        if backups.is_dir():
            _add_lines(beside_backups(backups), lines)

    def _line(self, gone: Gone) -> bytes:
        record = msgspec.json.encode(gone)
        return self._seal(record) + b" " + record

    def _seal(self, record: bytes) -> bytes:
        return hmac.digest(self._key, _SEALED + record, "sha256").hex()[:_SIGNS].encode()

    def _read(self, line: bytes) -> Gone | None:
        seal, _, record = line.partition(b" ")
        if not hmac.compare_digest(seal, self._seal(record)):
            return None
        with suppress(msgspec.MsgspecError):
            return msgspec.json.decode(record, type=Gone)
        return None


def carry_erased(source: Path, target: Path) -> None:
    """The lines of one file go into the other, behind those that are there. Raises OSError."""
    _add_lines(target, _lines(source))


def _lines(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().splitlines()
    except OSError:
        return []


def _add_lines(path: Path, lines: Iterable[bytes]) -> None:
    before = _lines(path)
    after = list(dict.fromkeys([*before, *lines]))
    if after != before:
        write_private(path, b"".join(line + b"\n" for line in after))
