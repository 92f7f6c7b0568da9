"""设置: what a person set for a machine. Nothing personal, and nothing that a price depends on."""

from __future__ import annotations

from msgspec import Struct

LANGUAGES = ("zh_CN", "zh_TW", "en")
AS_THE_SCREEN = "screen"
RECEIPT_LANGUAGES = (AS_THE_SCREEN, *LANGUAGES)
AS_THE_SYSTEM = "system"
THEMES = (AS_THE_SYSTEM, "light", "dark", "high_contrast")
SCALES = (100, 125, 150, 200)
PAPERS_MM = (80, 58)
LOCK_MINUTES = (0, 2, 5, 10, 30)
SCAN_ENDS = ("usual", "enter", "tab", "none")


class Settings(Struct, frozen=True):
    """`printer` as `ui.devices.printer` reads it, `profile` the name of a file, `scale` in percent.

    `lock_minutes` without a key until the till locks itself; 0: it never does. `prints_hold_slips`:
    a basket that is laid aside has its slip at once.

    Of scanners: `scanners` on serial ports as `ui.devices.serial_scanner` reads them; the rest is
    how those type that type (`ui.devices.habits`): the slowest gap between two keys of a code,
    what ends it (usual: Enter or Tab), what stands before and behind it, and the keyboard.

    `display` is where customers see what they pay (`ui.customer.place`), `display_link` what its QR
    code holds, `display_words` what is said beside it. `pole` is a display of two lines
    (`ui.devices.pole`), `pole_profile` how it is spoken to.
    `drawer` is what opens it (`ui.devices.drawer`).
    """

    printer: str = "none"
    paper_mm: int = 80
    profile: str = "gb18030"
    language: str = "zh_CN"
    theme: str = AS_THE_SYSTEM
    scale: int = 100
    receipt_language: str = AS_THE_SCREEN
    has_sounds: bool = True
    lock_minutes: int = 5
    prints_hold_slips: bool = False
    scanners: str = ""
    scan_gap_ms: int = 90
    scan_end: str = "usual"
    scan_prefix: str = ""
    scan_suffix: str = ""
    scan_layout: str = "us"
    display: str = "none"
    display_link: str = ""
    display_words: str = ""
    pole: str = "none"
    pole_profile: str = "cd5220"
    drawer: str = "printer"

    @property
    def paper_language(self) -> str | None:
        """The language of receipts; None: whichever the screen speaks."""
        return None if self.receipt_language == AS_THE_SCREEN else self.receipt_language

    @property
    def is_sound(self) -> bool:
        """Whether each value is one that a till knows."""
        usual = Settings()
        kinds = all(type(getattr(self, name)) is type(getattr(usual, name)) for name in _NAMES)
        return kinds and all(getattr(self, name) in known for name, known in KNOWN.items())

    def differences(self, other: Settings) -> tuple[str, ...]:
        """The names of what is set otherwise in `other`."""
        return tuple(name for name in _NAMES if getattr(self, name) != getattr(other, name))


_NAMES = Settings.__struct_fields__
KNOWN: dict[str, tuple[object, ...]] = {
    "paper_mm": PAPERS_MM,
    "language": LANGUAGES,
    "theme": THEMES,
    "scale": SCALES,
    "receipt_language": RECEIPT_LANGUAGES,
    "lock_minutes": LOCK_MINUTES,
    "scan_end": SCAN_ENDS,
}
# What only who stands in front of the screen notices: no right is asked for it.
APPEARANCE = ("language", "theme", "scale")
