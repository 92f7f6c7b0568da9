"""热敏打印: a receipt as ESC/POS bytes; commands as in Epson's reference for TM printers.

An encoder of our own: the libraries switch Chinese on and off by guess, and turn ¥ and ， into
rubbish (design, "What we build on").
"""

from __future__ import annotations

from core.sales.slip import Slip
from ui.devices.columns import COLUMNS, TextRow, laid_out
from ui.devices.profile import GB18030, Profile
from ui.devices.row import Bars

ESC, FS, GS = b"\x1b", b"\x1c", b"\x1d"
INIT = ESC + b"@"
CHINESE_ON = FS + b"&"
CHINESE_OFF = FS + b"."
UTF8_ON = FS + b"(C\x02\x00\x30\x32"
LEFT, CENTRE = ESC + b"a\x00", ESC + b"a\x01"
# Bold is bit 3 of ESC !; double size bits 4 and 5 of it, both halves of GS !, bits 2, 3 of FS !.
BIG = ESC + b"!\x38" + GS + b"!\x11" + FS + b"!\x0c"
BOLD = ESC + b"!\x08" + GS + b"!\x00" + FS + b"!\x00"
PLAIN = ESC + b"!\x00" + GS + b"!\x00" + FS + b"!\x00"
FEED = ESC + b"d\x04"
CUT = GS + b"VB\x00"
# Connector pin 2, 50 ms on and 500 ms off, in steps of 2 ms.
_PULSE = ESC + b"p\x00\x19\xfa"

_DOTS = {80: 576, 58: 384}
_BAR_HEIGHT_DOTS = 72
_MODULE_DOTS = 2


def encode(receipt: Slip, *, width_mm: int = 80, profile: Profile = GB18030) -> bytes:
    """Bytes of a whole receipt on 80 or 58 mm paper, from initialising to the cut."""
    parts = [INIT, _code_page(profile)]
    style = PLAIN
    for row in laid_out(receipt, COLUMNS[width_mm], profile):
        if isinstance(row, Bars):
            parts.append(_bars(row.code, _DOTS[width_mm], profile))
            continue
        if (wanted := _style(row)) != style:
            parts.append(style := wanted)
        parts.append(profile.encode(row.text) + b"\n")
    parts.append(CUT if profile.has_cutter else FEED)
    return b"".join(parts)


def drawer_pulse() -> bytes:
    """开钱箱."""
    return _PULSE


def _code_page(profile: Profile) -> bytes:
    return CHINESE_OFF + UTF8_ON if profile.encoding == "utf-8" else CHINESE_ON


def _style(row: TextRow) -> bytes:
    if row.is_big:
        return BIG
    return BOLD if row.is_bold else PLAIN


def _bars(code: str, dots: int, profile: Profile) -> bytes:
    """GS k, function B, Code 128; the number in words below, by the printer itself.

    Code set B where it fits; else its digits in pairs (set C); without room or skill just words.
    """
    modules = _modules(len(code))
    data = b"{B" + code.replace("{", "{{").encode("ascii")
    if modules * _MODULE_DOTS > dots:
        modules, data = _with_pairs(code)
    if not profile.has_barcode or modules * _MODULE_DOTS > dots:
        return CENTRE + profile.encode(profile.printable(code)) + b"\n" + LEFT
    look = GS + b"h" + bytes([_BAR_HEIGHT_DOTS]) + GS + b"w" + bytes([_MODULE_DOTS])
    words_below = GS + b"H\x02" + GS + b"f\x00"
    return CENTRE + look + words_below + GS + b"kI" + bytes([len(data)]) + data + b"\n" + LEFT


def _modules(signs: int) -> int:
    """Modules of start, signs, check and stop, without the quiet zones (the paper's margins)."""
    return 11 * (signs + 2) + 13


def _with_pairs(code: str) -> tuple[int, bytes]:
    head = code.rstrip("0123456789")
    digits = code[len(head) :]
    if len(digits) % 2:
        head, digits = head + digits[0], digits[1:]
    pairs = bytes(int(digits[at : at + 2]) for at in range(0, len(digits), 2))
    data = b"{B" + head.replace("{", "{{").encode("ascii") + b"{C" + pairs
    return _modules(len(head) + 1 + len(pairs)), data
