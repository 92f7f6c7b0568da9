"""身份: UUIDv7 made on the till; the human number `S01-T2-000123` stands beside it."""

from __future__ import annotations

from uuid import UUID


def uuid7(at_us: int, dice: bytes) -> UUID:
    """UUIDv7 (RFC 9562) of an instant in microseconds and ten random bytes from the system.

    The time part serves locality only: nothing is ordered or trusted by it (sync.md 2).
    """
    if len(dice) != 10:
        raise ValueError("uuid7 needs ten random bytes")
    chance = int.from_bytes(dice)
    bits = (at_us // 1000 & (1 << 48) - 1) << 80
    bits |= 0x7 << 76 | (chance >> 68 & 0xFFF) << 64
    bits |= 0b10 << 62 | chance & (1 << 62) - 1
    return UUID(int=bits)


def sale_no(store_code: str, till_no: int, incarnation: int, number: int) -> str:
    """The number a person reads out: `S01-T2-000123`; after a restore `S01-T2.2-000123`."""
    till = f"T{till_no}" if incarnation == 1 else f"T{till_no}.{incarnation}"
    return f"{store_code}-{till}-{number:06d}"
