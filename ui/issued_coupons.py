"""发出去的券: the codes as a table, the sentence of what was withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.actions.withdraw_coupons import Withdrawn
from ui.text import tr


def coupon_headings() -> tuple[str, ...]:
    """What stands above the codes."""
    return (tr("券码"), tr("券"), tr("从"), tr("到"))


def coupon_cells(
    name: str, codes: Sequence[str], since: date | None, until: date | None
) -> list[tuple[str, ...]]:
    """Each code with the coupon that it is for and its days."""
    first, last = (day.isoformat() if day else "" for day in (since, until))
    return [(code, name, first, last) for code in codes]


def withdrawn_words(done: Withdrawn) -> str:
    """How many are worth nothing from now on."""
    count = len(done.codes)
    if done.used:
        words = "{name}收回了 {count} 张，其中 {used} 张已经用过，退回来也不能再用。"
        return tr(words, name=done.name, count=count, used=done.used)
    return tr("{name}收回了 {count} 张。", name=done.name, count=count)
