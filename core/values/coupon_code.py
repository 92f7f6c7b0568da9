"""券码: codes that can be used once: Q, eleven random signs, and a check sign.

Signs are digits and capitals without I, L, O and U, which are misread. The last one is Luhn's
check sign over an alphabet of 32: it finds every single wrong sign and almost every swap.
"""

from __future__ import annotations

import unicodedata

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_BYTES = 7
_FIRST = "Q"
ENROLMENT = "R"
"""What the code begins with that lets a till join a chain: no coupon does."""
ADMIN = "A"
"""Likewise of the code that lets somebody keep a chain over HTTP."""
_RANDOM = 11
_BITS = 5
_LENGTH = len(_FIRST) + _RANDOM + 1


def make_code(dice: bytes, *, first: str = _FIRST) -> str:
    """A code of `RANDOM_BYTES` from the operating system; `first` says what it is for."""
    if len(dice) != RANDOM_BYTES:
        raise ValueError("a code needs seven random bytes")
    number = int.from_bytes(dice)
    drawn = (number >> _BITS * place & len(SIGNS) - 1 for place in range(_RANDOM))
    payload = first + "".join(SIGNS[each] for each in drawn)
    return payload + check_sign(payload)


def read_code(text: str) -> str | None:
    """The code as it was made, also typed small or with dashes; None for what is none of them.

    Its check sign is not looked at: `is_misread` does.
    """
    return _read(text, _FIRST)


def read_enrolment(text: str) -> str | None:
    """入网码: the code that lets a till join a chain, likewise; its check sign must be right."""
    return _checked(_read(text, ENROLMENT))


def read_admin(text: str) -> str | None:
    """管理码: the code that lets somebody keep a chain over HTTP, likewise."""
    return _checked(_read(text, ADMIN))


def _checked(code: str | None) -> str | None:
    return code if code is not None and code[-1] == check_sign(code[:-1]) else None


def last_part(text: str) -> tuple[str, str]:
    """What stands before the last `#` or space of a text, and what behind it, in plain signs."""
    plain = " ".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())
    at = max(plain.rfind("#"), plain.rfind(" "))
    return (plain[:at].strip("# "), plain[at + 1 :]) if at >= 0 else ("", plain)


def holds_enrolment(text: str) -> bool:
    """Whether a text ends with what looks like an enrolment code: that must be kept nowhere.

    Its check sign is not looked at: a code that was misread is nearly as good as a right one.
    """
    before, tail = last_part(text)
    return bool(before) and _read(tail, ENROLMENT) is not None


def _read(text: str, first: str) -> str | None:
    code = text.replace("-", "").replace(" ", "").upper()
    is_like = len(code) == _LENGTH and code[0] == first and all(sign in SIGNS for sign in code)
    return code if is_like else None


def is_misread(text: str) -> bool:
    """Whether a text looks like a code and its check sign is wrong."""
    code = read_code(text)
    return code is not None and code[-1] != check_sign(code[:-1])


def check_sign(payload: str) -> str:
    """Luhn's check sign over an alphabet of 32."""
    total = 0
    for place, sign in enumerate(reversed(payload)):
        value = SIGNS.index(sign) * (2 if place % 2 == 0 else 1)
        total += value // len(SIGNS) + value % len(SIGNS)
    return SIGNS[-total % len(SIGNS)]
