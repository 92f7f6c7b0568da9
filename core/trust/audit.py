"""审计: a hash chain of who did what; a changed, removed or reordered row is found (domain.md 7).

`hash = SHA-256(prev || canonical bytes)`. Entries name members by id and never by personal values.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator

from msgspec import MsgspecError, Struct
from msgspec.json import Decoder

from core.values.canonical import canonical

START = bytes(32)
NO_SECOND = "no_second"
"""Ends the detail of what takes two people where there was nobody else."""
_APPROVED_BY = re.compile(r" ?approved_by ([0-9]+)\Z")


class AuditRow(Struct, frozen=True):
    """One row of the chain; `data` are the canonical bytes that were hashed."""

    seq: int
    prev: bytes
    hash: bytes
    data: bytes


class Noted(Struct, frozen=True):
    """What a row says: `what` was done when, by whom (0: by the till itself), to what.

    A row that cannot be read any more says nothing: its `what` is "".
    """

    seq: int
    what: str = ""
    at_us: int = 0
    staff_no: int = 0
    subject: str = ""
    detail: str = ""

    @property
    def approved_by(self) -> int | None:
        """The number of whoever allowed it, where it was not the person."""
        found = _APPROVED_BY.search(self.detail)
        return int(found[1]) if found else None

    @property
    def lacks_second(self) -> bool:
        """Whether somebody did alone what takes two, as nobody else had the right."""
        return self.detail.split(" ")[-1] == NO_SECOND

    @property
    def said(self) -> str:
        """The detail without who approved, or that nobody could."""
        return _APPROVED_BY.sub("", self.detail.removesuffix(NO_SECOND).rstrip(" "))


_NOTED = Decoder(Noted)


def noted_of(seq: int, data: bytes) -> Noted:
    """What the bytes of a row say; whether they are what was written `broken_rows` finds out."""
    try:
        found = _NOTED.decode(data)
    except (MsgspecError, UnicodeDecodeError):
        return Noted(seq)
    return found if found.seq == seq else Noted(seq)


def audit_row(
    seq: int, prev: bytes, what: str, *, at_us: int, staff_no: int, subject: str, detail: str
) -> AuditRow:
    """The row that follows `prev` as number `seq`."""
    data = canonical(
        {
            "seq": seq,
            "what": what,
            "at_us": at_us,
            "staff_no": staff_no,
            "subject": subject,
            "detail": detail,
        }
    )
    return AuditRow(seq, prev, hashlib.sha256(prev + data).digest(), data)


def broken_rows(rows: Iterable[AuditRow], *, seq: int = 0, prev: bytes = START) -> Iterator[int]:
    """Numbers of rows that do not follow from the one before them.

    `seq` and `prev`: number and hash of the row before the first of them.
    """
    for row in rows:
        is_next = row.seq == seq + 1 and row.prev == prev
        is_whole = row.hash == hashlib.sha256(row.prev + row.data).digest()
        if not (is_next and is_whole and json.loads(row.data)["seq"] == row.seq):
            yield row.seq
        seq, prev = row.seq, row.hash
