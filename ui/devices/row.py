"""行: what every paper lays out: words with a voice, a code, or a line across."""

from __future__ import annotations

from enum import Enum, auto

from msgspec import Struct


class Voice(Enum):
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


class Words(Struct, frozen=True):
    """One row: words on the left, a figure on the right."""

    left: str
    right: str = ""
    voice: Voice = Voice.PLAIN


class Bars(Struct, frozen=True):
    """A code to be scanned, Code 128."""

    code: str


class Stroke(Struct, frozen=True):
    """A line across the paper."""


Row = Words | Bars | Stroke
