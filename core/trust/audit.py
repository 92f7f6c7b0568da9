"""审计: a hash chain of who did what; a changed, removed or reordered row is found (domain.md 7).

`hash = SHA-256(prev || canonical bytes)`. Entries name members by id and never by personal values.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

from msgspec import Struct

from core.values.canonical import canonical

START = bytes(32)


class AuditRow(Struct, frozen=True):
    """One row of the chain; `data` are the canonical bytes that were hashed."""

    seq: int
    prev: bytes
    hash: bytes
    data: bytes


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


def broken_rows(rows: Iterable[AuditRow]) -> Iterator[int]:
    """Numbers of rows that do not follow from the one before them, read from the first on."""
    seq, prev = 0, START
    for row in rows:
        is_next = row.seq == seq + 1 and row.prev == prev
        is_whole = row.hash == hashlib.sha256(row.prev + row.data).digest()
        if not (is_next and is_whole and json.loads(row.data)["seq"] == row.seq):
            yield row.seq
        seq, prev = row.seq, row.hash
