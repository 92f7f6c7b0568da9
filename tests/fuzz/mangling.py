"""弄坏: what is good, with bits, slices and words of it changed."""

from __future__ import annotations

import json
import random
from typing import Any

WORDS = (
    b"null", b"NaN", b"1e999", b"-0", b"[]", b"{}", b'""', b"true", b"99999999999999999999",
    b"\xff\xfe", b"\xed\xa0\x80", b"\x00", b"\\u0000", b"\\ud800", "熟".encode(), b"]" * 50,
    b"[" * 200, b"\r\n", b",", b"\t", b'"', b"<html>", b"2026-02-30", b"%s%n", b"=1+1",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 2**31, 2**63, 2**64, 1.5, 1e300, "", "\x00", "\ud800", "熟" * 300, [], {},
    [[]], {"": None}, "2026-02-30", "0" * 32, "f" * 64, "9" * 400,
)  # fmt: skip


def mangled(dice: random.Random, data: bytes) -> bytes:
    """Other bytes, one to four changes away."""
    made = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        at = dice.randint(0, len(made))
        end = min(len(made), at + dice.choice((1, 1, 2, 4, 16, 64)))
        match dice.randrange(6):
            case 0 if at < len(made):
                made[at] ^= 1 << dice.randrange(8)
            case 1:
                del made[at:end]
            case 2:
                made[at:at] = dice.choice(WORDS)
            case 3:
                made[at:end] = dice.choice(WORDS)
            case 4:
                made[at:at] = made[at:end] * dice.randint(1, 5)
            case _:
                made[at:at] = dice.randbytes(dice.randint(1, 8))
    return bytes(made)


def mangled_text(dice: random.Random, text: str) -> str:
    """The same of a text, as a keyboard or a file could bring it."""
    return mangled(dice, text.encode()).decode("utf-8", "replace")


def mangled_record(dice: random.Random, record: Any) -> Any:
    """A value somewhere within plain JSON is another, is gone, or is there twice."""
    copy = json.loads(json.dumps(record))
    inner = copy
    while True:
        keys = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
        if not keys:
            return copy
        key = dice.choice(keys)
        if isinstance(inner[key], dict | list) and inner[key] and dice.random() < 0.7:
            inner = inner[key]
            continue
        match dice.randrange(3):
            case 0:
                del inner[key]
            case 1 if isinstance(inner, list):
                inner.append(inner[key])
            case _:
                inner[key] = dice.choice(VALUES)
        return copy
