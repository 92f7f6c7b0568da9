"""身份证号: the number of a Chinese resident (GB 11643): region, day of birth, order, sign."""

from __future__ import annotations

import re
from datetime import date

_NUMBER = re.compile(r"[1-8]\d{5}((?:19|20)\d\d)(\d\d)(\d\d)\d{3}[\dXx]\Z", re.ASCII)
# The regions (GB/T 2260) of the first two digits, with those of Hong Kong, Macau and Taiwan.
_REGIONS = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65"
    " 71 81 82 83".split()
)
_CHECK_SIGNS = "10X98765432"


def is_resident_id(text: str) -> bool:
    """Whether 18 signs are such a number: each of its parts has to fit."""
    found = _NUMBER.match(text)
    if found is None or text[:2] not in _REGIONS:
        return False
    try:
        date(*map(int, found.groups()))
    except ValueError:
        return False
    return text[-1].upper() == resident_check_sign(text[:-1])


def resident_check_sign(digits: str) -> str:
    """The sign behind 17 digits (ISO 7064, MOD 11-2)."""
    weighed = sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(digits))
    return _CHECK_SIGNS[weighed % 11]
