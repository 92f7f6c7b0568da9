"""不接待: what is offered beside the sentence of somebody who is not served, or of a pack again."""

from __future__ import annotations

from core.catalog.trace import trace_prefix
from core.errors import CardExpired, ConsentWithdrawn, MemberFrozen, MemberMerged, TraceTwice
from ui.text import tr


def next_step(error: Exception) -> str:
    """The words of the one button, "" where there is nothing to press."""
    if isinstance(error, MemberMerged):
        return tr("用{name}", name=error.masked_name)
    if isinstance(error, MemberFrozen):
        return tr("解冻")
    if isinstance(error, ConsentWithdrawn):
        return tr("顾客又同意了")
    if isinstance(error, CardExpired):
        return tr("续期一年")
    if isinstance(error, TraceTwice) and trace_prefix(error.code) is not None:
        return tr("认错了商品")
    return ""
