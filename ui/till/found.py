"""候选: what a typed text could mean, as rows below the input; members are masked here."""

from __future__ import annotations

from core.members.masks import mask_card, mask_name, mask_phone
from core.ports import Suggestion
from core.values.money import format_money
from ui.text import tr
from ui.widgets.choices import Choice as Row


def suggestion_of(found: Suggestion) -> Row:
    """One row: 李*华 138****5678, or a product with its price; its key is scanned when chosen."""
    if found.kind == "member":
        return _member(found)
    return Row(
        key=found.key,
        text=found.name,
        sub=found.detail,
        right=format_money(found.price_fen),
        icon="offer",
    )


def _member(found: Suggestion) -> Row:
    phone = mask_phone(found.detail) if found.detail else ""
    card = tr("卡号 {card}", card=mask_card(found.key))
    facts = (phone or card, found.tier)
    return Row(
        key=found.key,
        text=mask_name(found.name),
        sub="　".join(fact for fact in facts if fact),
        right=tr("{points} 分", points=f"{found.points:,}"),
        icon="user",
    )
