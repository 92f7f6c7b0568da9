"""栏: rows of words on paper of so many columns, as thermal printers and consoles have it.

80 mm paper has 48 columns, 58 mm 32; a Chinese sign takes two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from core.sales.slip import Slip
from ui.devices.designs import SHIPPED, Designs
from ui.devices.profile import Profile
from ui.devices.row import Bars, Picture, Row, Squares, Stroke, Voice, Words
from ui.devices.rows import rows_of
from ui.devices.wrapping import wrap

_INDENTED = {Voice.NOTE, Voice.PART}
_INDENT = "  "
# As files for consoles have it: what is printed where nobody asked for a printer.
_PLAIN = Profile(has_pictures=False, has_four_bytes=True)


class TextRow(Struct, frozen=True):
    """One printed row; `is_big` is double size, so that its text has half the columns."""

    text: str
    is_big: bool = False
    is_bold: bool = False


Placed = TextRow | Bars | Squares | Picture


def laid_out(
    rows: Iterable[Row], columns: int, profile: Profile, *, has_big: bool = True
) -> Iterator[Placed]:
    """Row by row; none is wider than the paper."""
    for row in rows:
        match row:
            case Words():
                yield from _placed(row, columns, profile, has_big)
            case Stroke():
                yield TextRow("-" * columns)
            case _:
                yield row


def as_text(
    slip: Slip, columns: int = 48, profile: Profile = _PLAIN, *, designs: Designs = SHIPPED
) -> str:
    """A paper as plain text in one size; for consoles and for golden files."""
    lines = []
    for row in laid_out(rows_of(slip, designs), columns, profile, has_big=False):
        match row:
            case TextRow(text):
                lines.append(text)
            case Bars(code) | Squares(code):
                lines.append(_centred(f"*{code}*", columns, profile))
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


def _placed(row: Words, columns: int, profile: Profile, has_big: bool) -> Iterator[TextRow]:
    style = row.shown
    is_big = has_big and style.double
    room = columns // 2 if is_big else columns
    for text in _texts(row, room, profile):
        yield TextRow(text, is_big, style.bold)


def _texts(row: Words, columns: int, profile: Profile) -> list[str]:
    left, right = profile.printable(row.left), profile.printable(row.right)
    is_centred = row.shown.centre
    if is_centred and not right:
        return [_centred(part, columns, profile) for part in wrap(left, columns, profile.width)]
    indent = _INDENT if row.voice in _INDENTED and not is_centred else ""
    room = columns - len(indent)
    rows = spread(left, right, room, profile) if right else wrap(left, room, profile.width)
    return [indent + row for row in rows]


def _centred(text: str, columns: int, profile: Profile) -> str:
    return " " * ((columns - profile.width(text)) // 2) + text
