"""痕迹: where something went wrong, without what was worked on: no values, no names of people.

A trace names places in the program and kinds of errors. What an error says may name a member, and a
path the person whose computer it is: neither is written.
"""

from __future__ import annotations

import re
import sys
import traceback
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
_PLACES = (
    (str(HOUSE), "shuke"),
    (sys.prefix, "python"),
    (sys.base_prefix, "python"),
    (str(Path.home()), "~"),
)
_OTHER_SIGNS = re.compile(r"[^A-Za-z_.: -]")
_QUOTED = re.compile(r"([\"'“‘]).*?[\"'”’]")
_DIGITS = re.compile(r"\d{3,}")
_NOT_ASCII = re.compile(r"[^\x20-\x7e]+")
_LONGEST_WORD, _LONGEST_LINE = 48, 200


def trace_of(error: BaseException) -> str:
    """The places and the kinds of an error and of those that led to it, the first one first."""
    rows: list[str] = []
    found: BaseException | None = error
    seen: set[int] = set()
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        trace = traceback.format_tb(found.__traceback__)
        rows = [*trace, kind_of(found), *(["", "then:", *rows] if rows else rows)]
        found = found.__cause__ or found.__context__
    return shortened("\n".join(row.rstrip("\n") for row in rows))


def kind_of(error: BaseException) -> str:
    """The class of an error, and the number of one of the system."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{kind} {error.errno}" if isinstance(error, OSError) else kind


def shortened(text: str) -> str:
    """Without the folders in which the program and the person's own files lie."""
    for place, word in _PLACES:
        text = text.replace(place, word)
    return text


def word_of(text: str) -> str:
    """A name out of the program; whatever could be a person, a number or a text is left out."""
    return _OTHER_SIGNS.sub("", text)[:_LONGEST_WORD]


def harmless(text: str) -> str:
    """A sentence of a library, without what it quotes, without numbers and other scripts."""
    text = _DIGITS.sub("#", _NOT_ASCII.sub("?", _QUOTED.sub("…", shortened(text))))
    return text.replace("?", "").strip()[:_LONGEST_LINE]
