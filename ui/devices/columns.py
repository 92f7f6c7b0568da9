"""栏: rows of words on paper of so many columns, as thermal printers and consoles have it.

80 mm paper has 48 columns, 58 mm 32; a Chinese sign takes two of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from core.sales.slip import Slip
from ui.devices.profile import GB18030, Profile
from ui.devices.row import Bars, Row, Stroke, Voice, Words
from ui.devices.rows import rows_of
from ui.devices.wrapping import wrap

COLUMNS = {80: 48, 58: 32}
_CENTRED = {Voice.TITLE, Voice.COPY, Voice.CENTRED, Voice.CHEER}
_BOLD = {Voice.TITLE, Voice.COPY, Voice.TOTAL, Voice.STRONG, Voice.CHEER}
_BIG = {Voice.TITLE, Voice.TOTAL}
_INDENTED = {Voice.NOTE, Voice.PART}
_INDENT = "  "


class TextRow(Struct, frozen=True):
    """One printed row; `is_big` is double size, so that its text has half the columns."""

    text: str
    is_big: bool = False
    is_bold: bool = False


def laid_out(
    receipt: Slip, columns: int, profile: Profile, *, has_big: bool = True
) -> Iterator[TextRow | Bars]:
    """The receipt row by row; no row is wider than the paper."""
    for row in rows_of(receipt):
        yield from _placed(row, columns, profile, has_big)


def as_text(receipt: Slip, columns: int = 48, profile: Profile = GB18030) -> str:
    """The receipt as plain text in one size; for consoles and for golden files."""
    lines = []
    for row in laid_out(receipt, columns, profile, has_big=False):
        if isinstance(row, Bars):
            lines.append(_centred(f"*{row.code}*", columns, profile))
        else:
            lines.append(row.text)
    return "".join(line.rstrip() + "\n" for line in lines)


def spread(left: str, right: str, columns: int, profile: Profile) -> list[str]:
    """Left words wrapped beside a right-aligned figure; the figure stands on the first row.

    Where there is no room for both, the figure gets the row below.
    """
    room = columns - profile.width(right) - 1
    if room < 8 and profile.width(left) > room:
        figures = wrap(right, columns, profile.width)
        pads = [" " * (columns - profile.width(figure)) for figure in figures]
        below = [pad + figure for pad, figure in zip(pads, figures, strict=True)]
        return [*wrap(left, columns, profile.width), *below]
    first, *rest = wrap(left, room, profile.width)
    gap = columns - profile.width(first) - profile.width(right)
    return [first + " " * gap + right, *rest]


def _placed(row: Row, columns: int, profile: Profile, has_big: bool) -> Iterator[TextRow | Bars]:
    match row:
        case Bars():
            yield row
        case Stroke():
            yield TextRow("-" * columns)
        case Words(left, right, voice):
            is_big = has_big and voice in _BIG
            room = columns // 2 if is_big else columns
            for text in _texts(
                profile.printable(left), profile.printable(right), voice, room, profile
            ):
                yield TextRow(text, is_big, voice in _BOLD)


def _texts(left: str, right: str, voice: Voice, columns: int, profile: Profile) -> list[str]:
    if voice in _CENTRED:
        return [_centred(part, columns, profile) for part in wrap(left, columns, profile.width)]
    indent = _INDENT if voice in _INDENTED else ""
    room = columns - len(indent)
    rows = spread(left, right, room, profile) if right else wrap(left, room, profile.width)
    return [indent + row for row in rows]


def _centred(text: str, columns: int, profile: Profile) -> str:
    return " " * ((columns - profile.width(text)) // 2) + text
