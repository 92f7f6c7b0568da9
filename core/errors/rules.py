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
