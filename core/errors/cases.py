"""案件: what can go wrong where a case is decided."""

from __future__ import annotations

from core.errors.roots import Refused


class CaseGone(Refused):
    """There is no case of this id here."""


class CaseDecided(Refused):
    """Somebody of this shop has decided it before."""

    by: str


class CaseClosed(Refused):
    """Head office has closed it before."""


class CaseStillOpen(Refused):
    """It is open: nothing is there to take back."""


class NotForThisCase(Refused):
    """It is about nobody whose points or membership could be touched."""
