"""分析: a columnar copy of the sales, and questions to it, written once with Ibis.

Nothing of it is loaded before somebody asks, and nothing else needs it (extra `office`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import ReportsMissing

if TYPE_CHECKING:
    from storage.insight.insight import StoredInsight
    from storage.store import TillStore


def question_names() -> tuple[str, ...]:
    """What can be asked, whether there is a store or not. Raises ReportsMissing."""
    try:
        from storage.insight.questions import QUESTIONS
    except ImportError as error:
        raise ReportsMissing() from error
    return tuple(QUESTIONS)


def insight_of(store: TillStore, key: bytes) -> StoredInsight:
    """The questions that can be put to a store with this key. Raises ReportsMissing."""
    try:
        from storage.insight.insight import StoredInsight
    except ImportError as error:
        raise ReportsMissing() from error
    return StoredInsight(store, key)
