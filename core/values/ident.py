"""身份: UUIDv7 made on the till; the human number `S01-T2-000123` stands beside it."""

from __future__ import annotations

import re
from uuid import UUID

# Of a sale, of a return of it, of a redemption.
_PAPER = re.compile(r"[A-Z0-9]{1,8}-T[0-9]{1,2}(\.[0-9]+)?-([0-9]{6,}(-R[0-9]+)?|J[0-9]{5,})\Z")
# A random byte → the same with the version's or the variant's bits in front.
_VERSION = [bytes((0x70 | byte & 0x0F,)) for byte in range(256)]
_VARIANT = [bytes((0x80 | byte & 0x3F,)) for byte in range(256)]


def uuid7(at_us: int, dice: bytes) -> UUID:
    """UUIDv7 (RFC 9562) of an instant in microseconds and ten random bytes from the system.

    The time part serves locality only: nothing is ordered or trusted by it (sync.md 2).
    """
    if len(dice) != 10:
        raise ValueError("uuid7 needs ten random bytes")
    return UUID(bytes=_uuid7(_head(at_us), dice))


def ascending_uuid7(at_us: int, dice: bytes) -> list[bytes]:
    """The bytes of many UUIDv7 of one instant, in ascending order: one for every ten of `dice`."""
    head = _head(at_us)
    return sorted([_uuid7(head, dice[i : i + 10]) for i in range(0, len(dice), 10)])


def _head(at_us: int) -> bytes:
    return (at_us // 1000 & (1 << 48) - 1).to_bytes(6)


def _uuid7(head: bytes, ten: bytes) -> bytes:
    return b"".join((head, _VERSION[ten[0]], ten[1:2], _VARIANT[ten[2]], ten[3:]))


def z_no(store_code: str, till_no: int, incarnation: int, number: int) -> str:
    """The number of a Z report: `S01-T2-Z0007`; after a restore `S01-T2.2-Z0007`."""
    return f"{_till_no(store_code, till_no, incarnation)}-Z{number:04d}"


def redemption_no(store_code: str, till_no: int, incarnation: int, number: int) -> str:
    """The number of a redemption: `S01-T2-J00012`; after a restore `S01-T2.2-J00012`."""
    return f"{_till_no(store_code, till_no, incarnation)}-J{number:05d}"


def sale_no(store_code: str, till_no: int, incarnation: int, number: int) -> str:
    """The number a person reads out: `S01-T2-000123`; after a restore `S01-T2.2-000123`."""
    return f"{_till_no(store_code, till_no, incarnation)}-{number:06d}"


def read_paper_no(text: str) -> str | None:
    """The number of a receipt, a return or a redemption, also typed small; None for the rest."""
    no = text.upper()
    return no if _PAPER.match(no) else None


def _till_no(store_code: str, till_no: int, incarnation: int) -> str:
    till = f"T{till_no}" if incarnation == 1 else f"T{till_no}.{incarnation}"
    return f"{store_code}-{till}"
