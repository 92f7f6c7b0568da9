"""找到的单: in words, on the screen and in the screenless till."""

from __future__ import annotations

from collections.abc import Iterable

from core.actions.find_sales import SalesFound
from core.values.quantity import ONE, format_quantity
from ui.text import tr


def goods_words(goods: Iterable[tuple[str, int]]) -> str:
    """The goods of a sale, as many as there are, one after the other."""
    return tr("、").join(
        name if milli == ONE else tr("{name} ×{count}", name=name, count=format_quantity(milli))
        for name, milli in goods
    )


def note_words(found: SalesFound) -> str:
    """What there is to say of what was found; "" where the sales say it all."""
    if found.has_more:
        return tr("只列最近的 {count} 单，再写一个词就少了。", count=len(found.rows))
    if found.is_cut:
        return tr("{since} 以来的都看过了；更早的请写日子，像 8-1~8-31。", since=found.since)
    return tr("选的日子里没有，这些是以前的。") if found.is_wider else ""
