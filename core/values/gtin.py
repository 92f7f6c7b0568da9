"""GTIN 校验: the check digit of article numbers (GS1 General Specifications, 7.9)."""

from __future__ import annotations

EAN_13 = 13
ARTICLE_LENGTHS = (8, 12, EAN_13, 14)


def check_digit(payload: str) -> str:
    """The check digit of GS1 (EAN, UPC, ITF-14) behind these digits."""
    weighted = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(payload)))
    return str(-weighted % 10)


def is_checked(digits: str) -> bool:
    """Whether digits of the length of an EAN, UPC or ITF-14 end in their check digit."""
    return digits[-1] == check_digit(digits[:-1])


def is_article(text: str, lengths: tuple[int, ...] = ARTICLE_LENGTHS) -> bool:
    """Whether a text is a number of an article, with its own check digit."""
    return text.isascii() and text.isdigit() and len(text) in lengths and is_checked(text)
