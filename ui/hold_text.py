"""取单的话: what is said of a held basket that comes to something else when it is recalled."""

from __future__ import annotations

from core.sales.held import Repriced
from core.values.money import format_money
from ui.text import tr


def repriced_words(repriced: Repriced) -> str:
    """What it was and what it is, and whether other rules hold since."""
    before, now = format_money(repriced.before_fen), format_money(repriced.now_fen)
    if repriced.version:
        words = "挂单后换了规则册第 {version} 版。应收从 {before} 变成 {now}；请告诉顾客。"
        return tr(words, version=repriced.version, before=before, now=now)
    words = "挂单后算出来的价变了。应收从 {before} 变成 {now}；请告诉顾客。"
    return tr(words, before=before, now=now)
