"""不接待: what is offered beside the sentence of somebody who is not served."""

from __future__ import annotations

from core.errors import CardExpired, MemberFrozen, MemberMerged
from ui.text import tr


def next_step(error: Exception) -> str:
    """The words of the one button, "" where there is nothing to press."""
    if isinstance(error, MemberMerged):
        return tr("用{name}", name=error.masked_name)
    if isinstance(error, MemberFrozen):
        return tr("解冻")
    if isinstance(error, CardExpired):
        return tr("续期一年")
    return ""
