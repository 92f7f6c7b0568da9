"""放进格子: words in a box of paper: as large as they may be, smaller where they are many.

Nothing is cut off: what does not fit at any size that can be read is set smaller still.
"""

from __future__ import annotations

from functools import partial

from reportlab.lib.units import mm

from ui.devices.faces import LEFT, Face, faces
from ui.devices.marks import INK, Text
from ui.devices.wrapping import wrap

LEADING = 1.22
_STEP = 0.25
_SMALLEST = 1.5
_ONE_LINE = 0.8
_BARELY = 0.01
# Of the height of letters: from the upper edge of a line to its base, so that it looks centred.
_ASCENT = 0.88


class Frame:
    """A box: left, top, width and height in millimetres, and how words are set in it."""

    __slots__ = ("height", "width", "x", "y")

    def __init__(self, x: float, y: float, width: float, height: float) -> None:
        self.x, self.y, self.width, self.height = x, y, width, height


def fitted(
    text: str,
    frame: Frame,
    largest: float,
    *,
    is_bold: bool = False,
    grey: float = INK,
    side: float = LEFT,
    is_whole: bool = False,
) -> list[Text]:
    """The words in as many lines as the frame takes, in the middle of its height.

    `is_whole`: in one line, as figures are.
    """
    face = faces()[is_bold]
    shown = face.shown(text).strip()
    if not shown:
        return []
    size, lines = (_whole if is_whole else _set)(shown, frame, largest, face)
    x = frame.x + side * frame.width
    line_mm = size * LEADING / mm
    top = frame.y + (frame.height - len(lines) * line_mm) / 2
    ascent = (size * (LEADING - 1) / 2 + size * _ASCENT) / mm
    return [
        Text(x, top + at * line_mm + ascent, line, size, is_bold, grey, side)
        for at, line in enumerate(lines)
    ]


def _whole(shown: str, frame: Frame, largest: float, face: Face) -> tuple[float, list[str]]:
    """The largest size at which one line finds room."""
    high = min(largest, frame.height * mm / LEADING)
    return min(high, frame.width * mm / face.width(shown, 1.0)), [shown]


def _set(shown: str, frame: Frame, largest: float, face: Face) -> tuple[float, list[str]]:
    """The largest size at which the frame takes the words, and the lines they make."""
    room, high = frame.width * mm, frame.height * mm + _BARELY
    size = min(largest, frame.height * mm / LEADING)
    lines = _lines(shown, room, face, size)
    while size > _SMALLEST and not (
        len(lines) * size * LEADING <= high
        and all(face.width(line, size) <= room + _BARELY for line in lines)
    ):
        size = max(_SMALLEST, size - _STEP)
        lines = _lines(shown, room, face, size)
    # One line a little smaller reads better than two with the last sign alone.
    times = face.width(shown, size) / room
    if len(lines) > 1 and times <= 1 / _ONE_LINE:
        return size / times, [shown]
    return size, lines


def _lines(shown: str, room: float, face: Face, size: float) -> list[str]:
    return wrap(shown, room, partial(_width, face, size))


def _width(face: Face, size: float, part: str) -> float:
    return face.width(part, size)
