"""过去的销售, by another rulebook: priced again from their records; nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from core.rulebook.rulebook import Rulebook
from core.sales.preview import Preview

OnPriced = Callable[[int, int], None]
"""Hears how many sales are priced, and how many there are; what it raises ends the work."""


class Past(Protocol):
    """The sales that a till has recorded."""

    def preview(
        self, draft: Rulebook, on_progress: OnPriced, *, since: date, until: date, most: int
    ) -> Preview:
        """Those of these business dates, both inclusive; raises BadDates.

        `most` of those that change most are kept.
        """
        ...

    def settled(self, event: int) -> dict[str, Any]:
        """The body of the event of a sale; raises SaleBroken."""
        ...
