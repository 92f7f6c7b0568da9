"""行: what every paper lays out: words with a voice, a code, a picture, or a line across.

Rows are plain values with tags: a job that waits for its printer is kept as its rows.
"""

from __future__ import annotations

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


class Words(Struct, frozen=True, tag=True):
    """One row: words on the left, a figure on the right."""

    left: str
    right: str = ""
    voice: Voice = Voice.PLAIN


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
