"""活动 · 抽奖: what is refused of activities of a shop and of its lucky draws."""

from __future__ import annotations

from core.errors.roots import Refused


class NoSuchActivity(Refused):
    """No activity is kept under this id."""


class BadActivity(Refused):
    """An activity without a title, with a time, seats, tiers or points that there are not, or on a
    day that is over.
    """


class ActivityCancelled(Refused):
    """An activity that does not take place."""

    title: str


class ActivityOver(Refused):
    """Nobody signs up for what was on an earlier business date."""

    title: str
    on: str


class ActivityAhead(Refused):
    """Nobody came to what is on a later business date."""

    title: str
    on: str


class ActivityForTier(Refused):
    """An activity for members of other tiers."""

    title: str
    tier: str


class NotSignedUp(Refused):
    """A member who has no place at an activity, or has been there already."""

    title: str


class NoSuchDraw(Refused):
    """No draw is kept under this id."""


class BadDraw(Refused):
    """A draw without a name or prizes, or whose list or word cannot be taken."""


class DrawElsewhere(Refused):
    """A draw that has come further than this step, or not so far."""

    name: str


class DrawEmpty(Refused):
    """Nobody takes part."""

    name: str


class NoCertificate(Refused):
    """A file that is no certificate of a draw; `detail` says what it lacks."""

    detail: str


class PrizeGiven(Refused):
    """A member who was given what they won: it cannot go on to somebody else."""

    name: str
