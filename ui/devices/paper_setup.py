"""出纸的准备: the desk of a home as its settings say, its printer and its queue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import BadDrawerSetting, BadPrinterSetting, BadProfile
from core.values.settings import Settings
from ui.devices.drawer import PRINTER, drawer_port
from ui.devices.paper import PaperDesk
from ui.devices.printer import NoPrinter, Printer, printer_of
from ui.devices.profile import GB18030, Profile
from ui.devices.profile_files import own_profiles, profile_of

if TYPE_CHECKING:
    from ui.devices.designs import Designs

DESIGNS = "papers"
"""The folder of a home that has the shop's own designs of papers."""
CARDS = "cards"
"""The folder of a home that has the shop's own measures of cards."""
TAGS = "tags"
"""The folder of a home that has the shop's own sizes of price tags."""


def desk_of(settings: Settings, home: Path) -> PaperDesk:
    """Settings that were spoilt by hand are told as trouble: the counter sells all the same."""
    trouble: Exception | None = None
    printer: Printer = NoPrinter()
    profile: Profile = GB18030
    drawer = PRINTER
    try:
        drawer_port(settings.drawer)
        drawer = settings.drawer
    except BadDrawerSetting as bad:
        trouble = bad
    try:
        profile = profile_of(settings.profile, own_profiles(home))
        printer = printer_of(settings.printer, asks=profile.has_status)
    except (BadPrinterSetting, BadProfile) as bad:
        trouble = bad
    desk = PaperDesk(
        printer,
        profile,
        settings.paper_mm,
        language=settings.paper_language,
        folder=home / "receipts",
        queue_folder=home / "print-queue",
        designs=home / DESIGNS,
        trouble=trouble,
        profiles=own_profiles(home),
    )
    desk.use_drawer(drawer)
    return desk


def shop_logo(designs: Designs) -> Path | None:
    """The picture that stands on the shop's receipts, where it has one."""
    logo = designs.of("receipt").logo
    return designs.picture(logo) if logo else None
