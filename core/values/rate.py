"""费率: basis points, so that 95折 is 9500 and ×1.5 is 15000."""

from __future__ import annotations

import re

from core.errors import BadDiscount
from core.values.money import FULL_WIDTH, round_half_up

FULL = 10_000
_TENTHS = re.compile(r"(\d)(?:\.(\d{1,3}))?\Z", re.ASCII)
_PERCENT = re.compile(r"(\d\d)(?:\.(\d{1,2}))?\Z", re.ASCII)


def take(fen: int, rate_bp: int) -> int:
    """Fen left of an amount at a rate: 95折 of 100.00 is 95.00.

    What is rounded, half up, is the amount taken off, as it stands on the receipt: 95折 of 29.90
    takes off 1.50 (of 1.495) and leaves 28.40. domain.md 2 rounds the adjustment, not the rest.
    """
    return fen - round_half_up(fen * (FULL - rate_bp), FULL)


def format_discount(rate_bp: int) -> str:
    """How a Chinese shop says it: 9500 is "95折", 9000 "9折", 9550 "95.5折", 500 "0.5折"."""
    tenths, rest = divmod(rate_bp, 1000)
    if tenths == 0 or rest == 0:
        return f"{tenths}" + (f".{rest:03d}".rstrip("0") if rest else "") + "折"
    percent, rest = divmod(rate_bp, 100)
    return f"{percent}" + (f".{rest:02d}".rstrip("0") if rest else "") + "折"


def parse_discount(text: str) -> int:
    """Basis points of "9折", "95折", "9.5折" or "8.85", the inverse of `format_discount`.

    One digit before the point counts tenths, two count hundredths. Raises BadDiscount, also for
    10折, which one shop means as a tenth and another as nothing off.
    """
    plain = text.translate(FULL_WIDTH).strip().removesuffix("折").strip()
    for pattern, unit in ((_TENTHS, 1000), (_PERCENT, 100)):
        match = pattern.match(plain)
        if match:
            digits = len(str(unit)) - 1
            rate_bp = int(match[1]) * unit + int((match[2] or "").ljust(digits, "0"))
            if rate_bp > 0 and plain != "10":
                return rate_bp
    raise BadDiscount(text)
