"""换行: words broken into rows, whatever their width is measured in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

# A run of Latin letters and digits stays together where it can; other signs break anywhere.
_PIECE = re.compile(r"[0-9A-Za-z.,%/+×-]+|.", re.DOTALL)


def wrap(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """Parts of a text that are each at most `room` wide; nothing but spaces at a break is lost.

    A single sign wider than the room still gets a row.
    """
    parts, part = [], ""
    for piece in _pieces(text, room, width):
        if part and width(part + piece) > room:
            parts.append(part.rstrip())
            part = piece.lstrip()
        else:
            part += piece
    return [*parts, part.rstrip()] if part.strip() or not parts else parts


def _pieces(text: str, room: float, width: Callable[[str], float]) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        if width(piece) <= room:
            yield piece
        else:
            yield from piece
