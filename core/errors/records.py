"""Rulebooks and other records that are not what they must be."""

from __future__ import annotations

from core.errors.roots import Refused


class Why(str):
    """Why a field is wrong, in plain English for logs: a template with its figures filled in.

    Whoever says it to a person finds their words by the `template`, and fills in the `figures`.
    """

    __slots__ = ("figures", "template")

    template: str
    figures: dict[str, object]

    @classmethod
    def of(cls, template: str, **figures: object) -> Why:
        """The template with these figures."""
        why = cls(template.format(**figures))
        why.template, why.figures = template, figures
        return why


class BadRecord(Refused):
    """A rulebook or event that is not what it must be; `path` names the field, `reason` why."""

    path: str
    reason: str


class BadRule(Refused):
    """A rulebook's file that cannot be used: the line (from 1, 0 unknown), the field, and why."""

    line: int
    path: str
    reason: str


class BadDesign(Refused):
    """A design of a paper that cannot be used: its file, the line (0 unknown), the place, why."""

    file: str
    line: int
    path: str
    reason: str


class NoSuchPaper(Refused):
    """A name that is no paper; `names` are those there are."""

    name: str
    names: tuple[str, ...]


class StatementTooLong(Refused):
    """More points and purchases between two days than fit on a statement of `most` lines."""

    start: str
    end: str
    most: int


class BadInquiry(Refused):
    """What a quote was asked of is not what it must be: the place in the JSON, and why."""

    path: str
    reason: str


class OldRulebook(Refused):
    """A rulebook whose version is not above the one that holds."""

    version: int
    now: int
