"""扫码枪的习惯: how a scanner that types does it, and what it meant by what it typed.

A scanner types the keys of an American keyboard; a machine that is set to another one makes other
signs of them. `layout` names the keyboard that the machine takes it for, or spells out pairs of
signs as they were measured: "map:" and then, sign by sign, what comes and what was meant.
"""

from __future__ import annotations

from msgspec import Struct

from core.values.settings import Settings
from ui.devices.burst import PACE_MS

FASTEST_GAP_MS, SLOWEST_GAP_MS = 40, 250
PROMISED_GAP_MS = 60
USUAL_END, ENTER_END, TAB_END, NO_END = "usual", "enter", "tab", "none"
US, LEARNED = "us", "map:"
# Keyboards, key by key as on an American one: first what a key types alone, then with Shift.
_AMERICAN = (
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
    '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
)
_FRENCH = (
    "²&é\"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!"
    "~1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§"
)
_GERMAN = (
    "^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-"
    "°!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_"
)
LAYOUTS: dict[str, tuple[str, str]] = {
    US: ("", ""),
    # the keys of the digits with Shift held, as a scanner types that is set to a French keyboard
    "shifted": ("!@#$%^&*()", "1234567890"),
    "azerty": (_FRENCH, _AMERICAN),
    "qwertz": (_GERMAN, _AMERICAN),
}
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


class Habits(Struct, frozen=True):
    """`slowest_gap_ms` is the longest pause between two keys of one code."""

    slowest_gap_ms: int = 90
    end: str = USUAL_END
    prefix: str = ""
    suffix: str = ""
    layout: str = US

    @staticmethod
    def of(settings: Settings) -> Habits:
        """What was set for this till; what nobody could mean is the ordinary."""
        gap_ms = min(max(settings.scan_gap_ms, FASTEST_GAP_MS), SLOWEST_GAP_MS)
        return Habits(
            gap_ms,
            settings.scan_end,
            settings.scan_prefix,
            settings.scan_suffix,
            settings.scan_layout,
        )

    @property
    def pace_ms(self) -> int:
        """How slowly the slowest scanner here types: as it was measured, or as is promised."""
        return max(PACE_MS, measured_gap_ms(self.slowest_gap_ms) + PACE_MS - PROMISED_GAP_MS)

    def meant(self, typed: str) -> str:
        """The code: half-width signs, of the right keyboard, without what stands around it."""
        code = half_width(typed).translate(signs_of(self.layout))
        if self.prefix and code.startswith(self.prefix):
            code = code[len(self.prefix) :]
        if self.suffix and code.endswith(self.suffix):
            code = code[: -len(self.suffix)]
        return code


def patience_ms(measured_gap_ms: int) -> int:
    """How long to wait for the next key of a scanner whose longest gap was this."""
    return 2 * measured_gap_ms + 20


def measured_gap_ms(patience_ms: int) -> int:
    """The gap that was measured where it is waited so long."""
    return (patience_ms - 20) // 2


def half_width(text: str) -> str:
    """Full-width signs, as an input method makes them, as the ordinary ones."""
    return text.translate(_FULL_WIDTH)


def signs_of(layout: str) -> dict[int, int]:
    """From what comes to what was meant; nothing is changed for a layout that nobody knows."""
    if layout.startswith(LEARNED):
        pairs = layout[len(LEARNED) :]
        come, meant = pairs[::2], pairs[1::2]
    else:
        come, meant = LAYOUTS.get(layout, LAYOUTS[US])
    return {ord(one): ord(other) for one, other in zip(come, meant, strict=False)}
