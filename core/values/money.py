"""金额: whole fen, rounded half up only where domain.md says so.

Money is held as an integer of minor units, named `…_fen`; its currency stands on the rulebook and
on every sale. Text becomes fen in `parse_money`, fen become text in `format_money`, nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.errors import BadMoney

MAX_FEN = 100_000_000_00
# A Chinese keyboard writes digits and signs at full width: "１２．５０".
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MONEY = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d{1,12})(\.\d{1,2})?\Z", re.ASCII)


def round_half_up(numerator: int, denominator: int) -> int:
    """Nearest integer of numerator ÷ denominator (> 0); halves go away from zero (domain.md 1)."""
    if numerator < 0:
        return -((-numerator * 2 + denominator) // (denominator * 2))
    return (numerator * 2 + denominator) // (denominator * 2)


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """Split a whole number over weights by largest remainder; ties to the earlier (domain.md 1).

    The parts add up to `total`; `allocate(-t)` is `-allocate(t)`; all-zero weights count as equal.
    Raises ValueError for no weights or a negative weight.
    """
    if not weights or min(weights) < 0:
        raise ValueError("allocate needs weights, none of them negative")
    if total < 0:
        return [-part for part in allocate(-total, weights)]
    whole = sum(weights)
    if whole == 0:
        weights, whole = [1] * len(weights), len(weights)
    parts = [total * weight // whole for weight in weights]
    rest = total - sum(parts)
    if rest:
        order = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
        for i in order[:rest]:
            parts[i] += 1
    return parts


def parse_money(text: str) -> int:
    """Fen of "12", "12.5", "1,234.50", "¥12"; raises BadMoney, also beyond 100 million yuan."""
    plain = text.translate(FULL_WIDTH).replace("−", "-").strip().lstrip("¥￥").strip()
    if not _MONEY.match(plain):
        raise BadMoney(text)
    sign = -1 if plain.startswith("-") else 1
    yuan, _, cents = plain.lstrip("+-").replace(",", "").partition(".")
    fen = int(yuan) * 100 + int(cents.ljust(2, "0") or "0")
    if fen > MAX_FEN:
        raise BadMoney(text)
    return sign * fen


def format_money(fen: int) -> str:
    """Text of fen with thousands comma, two decimals and U+2212 for minus: "−1,234.50"."""
    sign = "−" if fen < 0 else ""
    yuan, cents = divmod(abs(fen), 100)
    return f"{sign}{yuan:,}.{cents:02d}"
