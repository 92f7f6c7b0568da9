"""Luhn 校验: the check digit of cards (ISO/IEC 7812-1, annex B)."""

from __future__ import annotations


def luhn_digit(payload: str) -> str:
    """The check digit behind these digits."""
    total = 0
    for place, digit in enumerate(reversed(payload)):
        doubled = int(digit) * 2 if place % 2 == 0 else int(digit)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)
