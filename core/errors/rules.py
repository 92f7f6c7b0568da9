"""规则的拒绝: what goes wrong with a draft of the rulebook."""

from __future__ import annotations

from core.errors.roots import Refused


class DraftBroken(Refused):
    """The file of the draft is no rulebook any more."""

    path: str


class DraftElsewhere(Refused):
    """Somebody else has changed, published or dropped the draft meanwhile."""


class NoDraft(Refused):
    """There is no draft to change."""


class PlanTooEarly(Refused):
    """Rules are planned for a business day after this one."""

    today: str


class PlanThere(Refused):
    """Other rules are planned for that day already."""

    begins_on: str


class NoPlan(Refused):
    """Nothing is planned for that day any more."""

    begins_on: str
