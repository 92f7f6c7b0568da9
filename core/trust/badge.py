"""工牌码: what a badge bears: E, eleven random signs and a check sign, or a code of the shop's."""

from __future__ import annotations

from core.errors import BadBadge
from core.values.coupon_code import make_code
from core.values.payment_code import refuse_payment

SHORTEST, LONGEST = 6, 32
_FIRST = "E"


def make_badge(dice: bytes) -> str:
    """A code of seven random bytes, so that nobody guesses another's."""
    return make_code(dice, first=_FIRST)


def check_badge(text: str) -> str:
    """The same code: 6 to 32 letters and digits.

    Raises BadBadge for everything else, PaymentCode for what a customer pays with. Digits alone are
    refused: a PIN is digits, and nobody shall take a badge for one.
    """
    is_plain = text.isascii() and text.isalnum() and not text.isdigit()
    if not SHORTEST <= len(text) <= LONGEST or not is_plain:
        raise BadBadge(text)
    return refuse_payment(text)
