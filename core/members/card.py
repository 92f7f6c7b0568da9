"""会员卡: card numbers, brought by the shop or issued on the till."""

from __future__ import annotations

import re
from uuid import UUID

from core.errors import BadCard
from core.values.luhn import luhn_digit

ISSUED_LENGTH = 12
ISSUED_PREFIX = "9"
SHORTEST, LONGEST = 4, 32
NO_CARD = "~"
"""Begins what stands in the place of a card number; no card begins so."""
_DIGIT = re.compile(r"\d", re.ASCII)


def issue_card_no(store_code: str, till_no: int, number: int) -> str:
    """A number for a card made here: 9, store (2), till (2), running number (6), Luhn digit.

    Twelve digits, so it is never taken for an EAN-13.
    """
    store = int("".join(d for d in store_code if d.isdigit()) or "0") % 100
    payload = f"{ISSUED_PREFIX}{store:02d}{till_no % 100:02d}{number % 1_000_000:06d}"
    return payload + luhn_digit(payload)


def no_card(member_id: UUID) -> str:
    """What stands for the card of somebody whose card is not known here."""
    return f"{NO_CARD}{member_id.hex}"


def is_no_card(card_no: str) -> bool:
    """Whether it stands for a card that is not known here."""
    return card_no.startswith(NO_CARD)


def is_wrong_card(code: str) -> bool:
    """Whether a code looks like a card issued here, but its Luhn digit is wrong: a misread."""
    return _is_like_issued(code) and code[-1] != luhn_digit(code[:-1])


def may_be_issued(code: str) -> bool:
    """Whether a code is such as cards issued here or at another till have, and read right."""
    return _is_like_issued(code) and code[-1] == luhn_digit(code[:-1])


def _is_like_issued(code: str) -> bool:
    is_like = len(code) == ISSUED_LENGTH and code.isascii() and code.isdigit()
    return is_like and code[0] == ISSUED_PREFIX


def check_card(code: str) -> str:
    """The same card number, or BadCard: 4 to 32 printable ASCII characters, a digit among them.

    Shops number their cards, whatever stands before; a word without a digit was typed by mistake.
    """
    is_plain = code.isascii() and code.isprintable() and not code.startswith(NO_CARD)
    if not SHORTEST <= len(code) <= LONGEST or not is_plain or not _DIGIT.search(code):
        raise BadCard(code)
    return code
