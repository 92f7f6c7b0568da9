"""行号: where in a TOML file a person finds what is wrong in it."""

from __future__ import annotations

import re

_AT_LINE = re.compile(r"\(at line (\d+)")
_TABLE = re.compile(r"\s*\[(\[?)([^\[\]]+)\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*(?:\"([^\"]+)\"|([\w-]+))\s*=")


def error_line(said: str) -> int:
    """The line that a reader of TOML complains of; 0 where it names none."""
    found = _AT_LINE.search(said)
    return int(found[1]) if found else 0


def line_of(text: str, path: str) -> int:
    """The line, from 1, where a path of the document stands, or what is nearest above it."""
    best, depth = 1, 0
    place, counts = "", dict[str, int]()
    for number, line in enumerate(text.splitlines(), 1):
        if table := _TABLE.match(line):
            place = _opened(table[2].strip(), is_list=bool(table[1]), counts=counts)
            here = place
        elif key := _KEY.match(line):
            name = key[1] or key[2]
            here = f"{place}.{name}" if place else name
        else:
            continue
        if len(here) > depth and (path == here or path.startswith((f"{here}.", f"{here}["))):
            best, depth = number, len(here)
    return best


def _opened(name: str, *, is_list: bool, counts: dict[str, int]) -> str:
    """offers → offers[2], and what stands below it: offers.when → offers[2].when."""
    place = ""
    parts = [part.strip().strip('"') for part in name.split(".")]
    for depth, part in enumerate(parts, 1):
        place = f"{place}.{part}" if place else part
        if is_list and depth == len(parts):
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = f"{place}[{counts[place]}]"
    return place
