"""合并: that two were made one here, so that it can be undone within so many days (domain.md 8)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct

UNDO_DAYS = 30


class MemberMerge(Struct, frozen=True):
    """`lots` are those that came over, as they are called since; `fields` what was taken of `gone`.

    `before` is the tier that figures gave, `after` that of both together.
    """

    id: UUID
    gone_id: UUID
    into_id: UUID
    at_us: int
    on: date
    staff_no: int
    lots: tuple[UUID, ...] = ()
    fields: tuple[str, ...] = ()
    before: str = ""
    after: str = ""

    @property
    def last_day(self) -> date:
        """The last business date on which it can be undone."""
        return self.on + timedelta(days=UNDO_DAYS)
