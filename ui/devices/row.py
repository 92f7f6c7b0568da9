"""行: what every paper lays out: words with a voice, a code, a picture, or a line across.

Rows are plain values with tags: a job that waits for its printer is kept as its rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, auto

from msgspec import Struct


class Voice(StrEnum):
    """How a row is said: its size, weight and place; each paper has its own means for it."""

    TITLE = auto()
    COPY = auto()
    CENTRED = auto()
    PLAIN = auto()
    ITEM = auto()
    NOTE = auto()
    PART = auto()
    TOTAL = auto()
    STRONG = auto()
    CHEER = auto()


class Style(Struct, frozen=True):
    """How heavy, how large and where; `double` is twice as high and wide."""

    bold: bool = False
    double: bool = False
    centre: bool = False

    def with_more(self, other: Style) -> Style:
        """What either of them asks for."""
        return Style(
            self.bold or other.bold, self.double or other.double, self.centre or other.centre
        )


_PLAIN = Style()
_STYLES = {
    Voice.TITLE: Style(bold=True, double=True, centre=True),
    Voice.COPY: Style(bold=True, centre=True),
    Voice.CENTRED: Style(centre=True),
    Voice.TOTAL: Style(bold=True, double=True),
    Voice.STRONG: Style(bold=True),
    Voice.CHEER: Style(bold=True, centre=True),
}


class Words(Struct, frozen=True, tag=True):
    """One row: words on the left, a figure on the right.

    `style` is how a shop wants it, None: as its voice has it.
    """

    left: str
    right: str = ""
    voice: Voice = Voice.PLAIN
    style: Style | None = None

    @property
    def shown(self) -> Style:
        """How it is set."""
        return self.style or _STYLES.get(self.voice, _PLAIN)


class Bars(Struct, frozen=True, tag=True):
    """A code to be scanned, Code 128."""

    code: str


class Squares(Struct, frozen=True, tag=True):
    """方块码: a code to be scanned, QR."""

    code: str


class Picture(Struct, frozen=True, tag=True):
    """图: a picture of the shop's, by the path of its file (`ui/devices/logo.py`)."""

    path: str


class Stroke(Struct, frozen=True, tag=True):
    """A line across the paper."""


Row = Words | Bars | Squares | Picture | Stroke


def spoken(rows: Iterable[Row]) -> str:
    """What a paper says, a line a row, for who hears the screen."""
    return "\n".join(f"{row.left} {row.right}".strip() for row in rows if isinstance(row, Words))
