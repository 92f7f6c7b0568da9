"""会员码: the QR code of a member, on a card or in a phone: SK1:card:check."""

from __future__ import annotations

from zlib import crc32

from core.errors import BadCheckDigit

_MARK = "SK1"
_PARTS = 3


def member_code(card_no: str) -> str:
    """What the QR code of this card holds; no other value of the member is in it."""
    return f"{_MARK}:{card_no}:{_check(card_no)}"


def read_member_code(text: str) -> str | None:
    """The card number of a member's code, None for everything else.

    Raises BadCheckDigit where the code was misread or made up.
    """
    mark, *rest = text.split(":")
    if mark.upper() != _MARK or len(rest) < _PARTS - 1:
        return None
    card_no, check = ":".join(rest[:-1]), rest[-1]
    if check.upper() != _check(card_no):
        raise BadCheckDigit(text)
    return card_no


def _check(card_no: str) -> str:
    return f"{crc32(card_no.encode()) & 0xFFFF:04X}"
