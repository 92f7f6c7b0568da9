"""Settings and files of devices that cannot be what they are for."""

from __future__ import annotations

from core.errors.roots import Refused


class BadPrinterSetting(Refused):
    """Text that names no printer, or no code page of one."""

    text: str


class BadProfile(Refused):
    """A printer's file with a mistake: `why` names the field, or says what its reader said."""

    path: str
    why: str


class BadPicture(Refused):
    """A picture that cannot be a logo, with the words for the cashier."""

    path: str
    detail: str


class BadScannerSetting(Refused):
    """Text that names no scanner on a serial port."""

    text: str


class BadDisplaySetting(Refused):
    """Text that names no display for customers, or a QR code that holds too much."""

    text: str


class BadDrawerSetting(Refused):
    """Text that names no way to open a drawer."""

    text: str
