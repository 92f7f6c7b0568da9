"""见证: how far the store has come, kept beside it, outside of the database (sync.md 7).

A store file that was put back by hand is older than its witness: then a new incarnation begins.
The witness is written after each commit without waiting for the disk: it may lag, never lead.
It also tells a wrong key from a damaged file: it keeps a digest of the (random, 256-bit) key.
"""

from __future__ import annotations

import hashlib
import os
import struct
from pathlib import Path

from msgspec import Struct

_MAGIC = b"SHKW"
_FORMAT = struct.Struct("<4sIQQ32s16s")


class Witness(Struct, frozen=True):
    """The furthest head that was ever committed, and the audit rows beside it."""

    incarnation: int
    seq: int
    audit_seq: int
    hash: bytes
    key_mark: bytes

    @property
    def place(self) -> tuple[int, int, int]:
        """How far it came: what is smaller lacks an event or an audit row."""
        return self.incarnation, self.seq, self.audit_seq

    def is_behind(self, witness: Witness) -> bool:
        """Whether it lacks what was seen before, or has something else in its place."""
        is_at_same_event = self.place[:2] == witness.place[:2]
        return self.place < witness.place or (is_at_same_event and self.hash != witness.hash)


def key_mark(key: bytes) -> bytes:
    """What tells this key from others and gives nothing of it away."""
    return hashlib.sha256(b"shuke key mark" + key).digest()[:16]


def fits_key(witness: Witness | None, key: bytes) -> bool:
    """Whether the store beside this witness was made with this key."""
    return witness is not None and witness.key_mark == key_mark(key)


def witness_path(store_path: Path) -> Path:
    """Where the witness of a store file lies."""
    return store_path.with_suffix(".witness")


def witness_of(store_path: Path) -> Witness | None:
    """The witness beside a store file; None where there is none or it is torn."""
    try:
        data = witness_path(store_path).read_bytes()
    except FileNotFoundError:
        return None
    size = _FORMAT.size
    if len(data) != size + 4 or hashlib.sha256(data[:size]).digest()[:4] != data[size:]:
        return None
    magic, incarnation, seq, audit_seq, head, mark = _FORMAT.unpack(data[:size])
    return Witness(incarnation, seq, audit_seq, head, mark) if magic == _MAGIC else None


def note_witness(store_path: Path, witness: Witness) -> None:
    """Put the witness down in one small write; the disk takes it when it likes."""
    body = _FORMAT.pack(
        _MAGIC,
        witness.incarnation,
        witness.seq,
        witness.audit_seq,
        witness.hash,
        witness.key_mark,
    )
    descriptor = os.open(witness_path(store_path), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, body + hashlib.sha256(body).digest()[:4])
    finally:
        os.close(descriptor)
