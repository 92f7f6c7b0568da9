"""分析: what may go wrong with reports."""

from __future__ import annotations

from core.errors.roots import Refused, Unavailable


class NoSuchInsight(Refused):
    """No report has this name."""

    text: str


class ReportBusy(Unavailable):
    """Another process works with the copy of the sales, and does not come to its end."""


class ReportsMissing(Unavailable):
    """The libraries that reports need are not installed."""


class BadReportFile(Refused):
    """A file that is to hold a report ends in none of the kinds that there are."""

    name: str


class RollNotReady(Unavailable):
    """Nobody knows yet whom conditions mean: the roll is being made."""


class TooManyRows(Refused):
    """More rows of the audit log than are taken out at once."""

    limit: int


class BadSegment(Refused):
    """Conditions that no member can meet, or that look too far."""

    text: str


class BadSegmentName(Refused):
    """A name for conditions that is empty, too long or holds control signs."""

    text: str


class SegmentNameTaken(Refused):
    """Other conditions are called so already."""

    name: str


class NoSuchSegment(Refused):
    """Somebody removed these conditions meanwhile."""


class NobodyToExport(Refused):
    """A list that is to be exported is empty."""


class TooManyMembers(Refused):
    """More members than fit into one sheet of a workbook."""

    limit: int
