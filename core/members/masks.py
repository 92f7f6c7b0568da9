"""遮盖: personal data as the counter and the paper show it: 李*华, 138****5678."""

from __future__ import annotations

from core.members.card import is_no_card
from core.members.phone import format_phone


def mask_name(name: str) -> str:
    """李小华 → 李*华, 陈明 → 陈*, 阿卜杜勒·热合曼 → 阿***曼, "Maria Silva" → "M*** S***"."""
    if " " in name:
        return " ".join(part[:1] + "***" for part in name.split())
    if len(name) <= 2:
        return name[:1] + "*"
    if name.isascii():
        return name[:1] + "***"
    return name[0] + "*" * min(len(name) - 2, 3) + name[-1]


def mask_phone(phone: str) -> str:
    """+8613812345678 → 138****5678; of other numbers the last four stay."""
    shown = format_phone(phone)
    if len(shown) < 8:
        return "*" * len(shown)
    head = 3 if len(shown) == 11 else max(0, len(shown) - 8)
    return shown[:head] + "****" + shown[-4:]


def mask_card(card_no: str) -> str:
    """The last four of a card number; nothing where the card is not known here."""
    if is_no_card(card_no):
        return ""
    return "****" + card_no[-4:] if len(card_no) > 4 else "*" * len(card_no)
