"""养护: what goes wrong with what happens by itself."""

from __future__ import annotations

from core.errors.roots import Refused, Unavailable


class BadRoutine(Refused):
    """An hour, a number of backups or an order of a report that cannot be."""


class RoutineElsewhere(Refused):
    """Somebody else has changed meanwhile what happens by itself."""


class RoutineBroken(Unavailable):
    """The file of what happens by itself is spoilt."""

    path: str


class NoBackup(Refused):
    """There is no backup to be tried."""


class RoutineBusy(Unavailable):
    """Another window is doing just that."""


class PricesOfOffice(Refused):
    """What products cost in a chain is said by its head office."""


class NoFolder(Refused):
    """A folder that is to hold files is not there."""

    path: str
