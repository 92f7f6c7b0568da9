"""不可用: what the world does not allow now; work goes on when it is back."""

from __future__ import annotations

from core.errors.roots import Unavailable


class StoreLocked(Unavailable):
    """Another till program owns this store."""


class AlreadyOpen(Unavailable):
    """Another till program owns this store, and its window came to the front."""


class NotOurStore(Unavailable):
    """The file is not a Shuke store, or not an encrypted one."""

    path: str


class WrongKey(Unavailable):
    """The key does not open the store."""

    path: str


class KeyMissing(Unavailable):
    """The store is here, its key is not: the recovery file brings it back."""

    path: str


class BadRecoveryFile(Unavailable):
    """The recovery file is damaged or belongs to another store."""

    path: str


class StoreNewer(Unavailable):
    """A newer version of the program wrote this store."""

    path: str


class StoreOlder(Unavailable):
    """An older version wrote this store, and the till, which brings it up, was not opened since."""

    path: str


class NoStore(Unavailable):
    """There is no store in this home yet."""

    path: str


class HomeTaken(Unavailable):
    """This home has a store already; a second set-up would hide it."""

    path: str


class RecoveryTaken(Unavailable):
    """The recovery file to be written exists: it may be another till's only way back."""

    path: str


class DiskFull(Unavailable):
    """No room for the next write; nothing was changed."""


class DiskFailed(Unavailable):
    """Reading or writing the disk failed; nothing was changed."""

    detail: str


class ReadOnly(Unavailable):
    """The folder or file cannot be written."""

    path: str


class FileUnreadable(Unavailable):
    """A file that is missing or cannot be read."""

    path: str


class StoreDamaged(Unavailable):
    """The file of the store is damaged."""

    path: str


class SaleBroken(Unavailable):
    """An assertion that stays on in production failed: this sale is stopped, not the till."""

    what: str


class PrinterUnavailable(Unavailable):
    """The printer does not take the receipt; the sale stands."""

    detail: str


class PrintedInPart(PrinterUnavailable):
    """The printer took bytes and then failed: only a person sees how far it came."""


class PrinterMissing(Unavailable):
    """What the printer's setting names is not there, or takes nothing; nothing was printed yet."""

    place: str


class QueueUnkept(Unavailable):
    """What waits for the printer cannot be kept on disk: it would not outlive the program."""

    path: str


class DrawerUnavailable(Unavailable):
    """A drawer on a serial port of its own did not open; the sale stands."""

    device: str
    cause: str


class DisplayUnavailable(Unavailable):
    """A display on a serial port shows nothing; it is tried again until it does."""

    device: str
    cause: str


class ScannerUnavailable(Unavailable):
    """A scanner on a serial port cannot be read; it is tried again until it can."""

    device: str
    cause: str


class BadSettings(Unavailable):
    """The settings file of a home is spoilt."""

    path: str


class NoScreen(Unavailable):
    """There is no display to open a window on."""
