"""导入的话: what the rows of a table would come to."""

from __future__ import annotations

from core.ports.intake import Counted
from ui.text import tr


def coming_words(coming: Counted) -> str:
    """Of the good rows so many are new, change something, or change nothing."""
    return tr(
        "其中新增 {added}，更新 {changed}，没有变化 {unchanged}。",
        added=f"{coming.added:,}",
        changed=f"{coming.changed:,}",
        unchanged=f"{coming.unchanged:,}",
    )
