"""热敏打印: rows as ESC/POS bytes; commands as in Epson's reference for TM printers.

An encoder of our own: the libraries switch Chinese on and off by guess, and turn ¥ and ， into
rubbish (design, "What we build on"). A row with a sign that the printer's font lacks goes as a
picture in the same cells, so that it lines up with the rows around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from core.errors import BadPicture
from core.sales.slip import Slip
from ui.devices.columns import Placed, TextRow, laid_out
from ui.devices.dots import Dots
from ui.devices.profile import GB18030, Paper, Profile
from ui.devices.row import Bars, Picture, Row, Squares
from ui.devices.rows import rows_of

ESC, GS = b"\x1b", b"\x1d"
INIT = ESC + b"@"
LEFT, CENTRE = ESC + b"a\x00", ESC + b"a\x01"
# Bold is bit 3 of ESC !; double size bits 4 and 5 of it, both halves of GS !, bits 2, 3 of FS !.
BIG = ESC + b"!\x38" + GS + b"!\x11" + b"\x1c!\x0c"
BOLD = ESC + b"!\x08" + GS + b"!\x00" + b"\x1c!\x00"
PLAIN = ESC + b"!\x00" + GS + b"!\x00" + b"\x1c!\x00"
# Feeds to the knife, then cuts (GS V, function B); without a knife, feeds to the edge.
CUTS = {"full": GS + b"VA\x00", "partial": GS + b"VB\x00", "none": ESC + b"d\x04"}

_PINS = {2: 0, 5: 1}
_BAR_HEIGHT_DOTS = 72
_MODULE_DOTS = 2


def encode(slip: Slip, *, width_mm: int = 80, profile: Profile = GB18030) -> bytes:
    """Bytes of a whole slip, from initialising to the cut."""
    return encode_rows(rows_of(slip), width_mm=width_mm, profile=profile)


def encode_rows(rows: Iterable[Row], *, width_mm: int = 80, profile: Profile = GB18030) -> bytes:
    """Bytes of rows on paper of a width, from initialising to the cut."""
    paper = profile.paper(width_mm)
    parts, style = [INIT, profile.begin], PLAIN
    pictures: Dots | None = None
    for row in laid_out(rows, paper.columns, profile):
        if (drawn := _drawn(row, paper, profile)) is not None:
            pictures = drawn if pictures is None else pictures.over(drawn)
            continue
        if pictures is not None:
            parts.append(raster(pictures))
            pictures = None
        if isinstance(row, TextRow):
            if (wanted := _style(row)) != style:
                parts.append(style := wanted)
            parts.append(profile.encode(row.text) + b"\n")
        else:
            parts += _other(row, paper, profile)
    if pictures is not None:
        parts.append(raster(pictures))
    return b"".join([*parts, CUTS[profile.cutter]])


def drawer_pulse(profile: Profile = GB18030) -> bytes:
    """开钱箱: ESC p, in steps of 2 ms."""
    drawer = profile.drawer
    return ESC + b"p" + bytes([_PINS[drawer.pin], drawer.on_ms // 2, drawer.off_ms // 2])


def raster(dots: Dots) -> bytes:
    """GS v 0, in bands that a small buffer holds."""
    return b"".join(
        GS
        + b"v0\x00"
        + (band.width // 8).to_bytes(2, "little")
        + band.height.to_bytes(2, "little")
        + band.data
        for band in dots.bands()
    )


def _drawn(row: Placed, paper: Paper, profile: Profile) -> Dots | None:
    """The row as a picture; None: the printer sets it itself, or cannot print pictures."""
    if not profile.has_pictures:
        return None
    match row:
        case TextRow(text) if not profile.holds(text):
            from ui.devices.typeset import set_row

            return set_row(text, paper.dots, profile, is_big=row.is_big, is_bold=row.is_bold)
        case Bars(code) if not profile.has_barcode:
            return _with_words(code, is_square=False, paper=paper, profile=profile)
        case Squares(code) if not profile.has_qr:
            return _with_words(code, is_square=True, paper=paper, profile=profile)
        case Picture(path):
            return _picture(Path(path), paper)
    return None


def _with_words(code: str, *, is_square: bool, paper: Paper, profile: Profile) -> Dots | None:
    from ui.devices.codes import bar_dots, square_dots
    from ui.devices.typeset import set_row

    drawn = square_dots(code, paper.dots) if is_square else bar_dots(code, paper.dots)
    words = " " * ((paper.columns - len(code)) // 2) + code
    if len(code) > paper.columns:
        return drawn
    below = set_row(words, paper.dots, profile)
    return below if drawn is None else drawn.over(below)


def _picture(path: Path, paper: Paper) -> Dots | None:
    """A shop's picture; without one that went bad since, the receipt is printed all the same."""
    from ui.devices.logo import logo_dots

    try:
        return logo_dots(path, paper.dots)
    except BadPicture:
        return None


def _other(row: Placed, paper: Paper, profile: Profile) -> Iterator[bytes]:
    """What the printer draws by itself; without the skill, words."""
    match row:
        case Bars(code):
            yield _bars(code, paper, profile)
        case Squares(code):
            yield _squares(code, profile)


def _style(row: TextRow) -> bytes:
    if row.is_big:
        return BIG
    return BOLD if row.is_bold else PLAIN


def _bars(code: str, paper: Paper, profile: Profile) -> bytes:
    """GS k, function B, Code 128; the number in words below, by the printer itself.

    Code set B where it fits; else its digits in pairs (set C); without room or skill just words.
    """
    modules = _modules(len(code))
    data = b"{B" + code.replace("{", "{{").encode("ascii")
    if modules * _MODULE_DOTS > paper.dots:
        modules, data = _with_pairs(code)
    if not profile.has_barcode or modules * _MODULE_DOTS > paper.dots:
        return _in_words(code, profile)
    look = GS + b"h" + bytes([_BAR_HEIGHT_DOTS]) + GS + b"w" + bytes([_MODULE_DOTS])
    words_below = GS + b"H\x02" + GS + b"f\x00"
    return CENTRE + look + words_below + GS + b"kI" + bytes([len(data)]) + data + b"\n" + LEFT


def _squares(code: str, profile: Profile) -> bytes:
    """GS ( k: model 2, modules of 6 dots, mends 15 %, stored, printed; the code below in words."""
    if not profile.has_qr:
        return _in_words(code, profile)
    data = code.encode()
    size = (len(data) + 3).to_bytes(2, "little")
    commands = (b"\x04\x001A2\x00", b"\x03\x001C\x06", b"\x03\x001E1", size + b"1P0" + data)
    stored = b"".join(GS + b"(k" + command for command in commands)
    return CENTRE + stored + GS + b"(k\x03\x001Q0" + b"\n" + LEFT + _in_words(code, profile)


def _in_words(code: str, profile: Profile) -> bytes:
    return CENTRE + profile.encode(profile.printable(code)) + b"\n" + LEFT


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
