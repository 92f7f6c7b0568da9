"""What is refused of the file of a member in the office."""

from __future__ import annotations

from core.errors.roots import Refused


class BadField(Refused):
    """Text that a field of a member cannot hold."""

    field: str
    text: str


class VisitorFile(Refused):
    """A member whose file another store has: here it cannot be changed."""

    name: str


class NotMerged(Refused):
    """A merge that was not made at this machine, or is undone already."""


class MergedTooLong(Refused):
    """A merge longer ago than it can be undone."""

    days: int


class MergedOn(Refused):
    """The one who stayed became another since: that is undone first."""


class BadRetention(Refused):
    """Months or years that no rule for keeping data can have."""

    text: str
    most: int


class OfOneself(Refused):
    """A member who would be their own relation."""


class NoFileChosen(Refused):
    """A table is to be imported, and nobody has said which."""


class BadLastDay(Refused):
    """Text in a table that is no day on which points expire."""

    text: str


class PointsGone(Refused):
    """Points in a table whose last day is over."""

    text: str


class ImportTooOld(Refused):
    """An import longer ago than it can be taken back."""

    days: int


class ImportGone(Refused):
    """An import that somebody has taken back already."""
