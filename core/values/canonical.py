"""规范字节: one spelling of a record, so that equal things have equal hashes.

JSON with sorted keys, no spaces, UTF-8. Money, points and quantities are integers, so that no
number has two spellings.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any
from uuid import UUID


def canonical(record: object) -> bytes:
    """Bytes of dicts, lists, strings, integers, booleans, None, UUIDs and dates; else TypeError."""
    return _ENCODER.encode(record).encode()


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


class _Encoder(json.JSONEncoder):
    def default(self, o: Any) -> str:
        if isinstance(o, UUID):
            return o.hex
        if isinstance(o, date):
            return o.isoformat()
        raise TypeError(f"{type(o).__name__} has no canonical form")


_ENCODER = _Encoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
