"""规则册文件: a rulebook as a person writes it, in TOML; what is wrong is named by its line."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from core.errors import BadRecord, BadRule
from core.rulebook.parse import rulebook_of
from core.rulebook.rulebook import Rulebook

_AT_LINE = re.compile(r"\(at line (\d+)")
_TABLE = re.compile(r"\s*\[(\[?)([^\[\]]+)\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*(?:\"([^\"]+)\"|([\w-]+))\s*=")


def load_rulebook(path: Path) -> Rulebook:
    """The rulebook of a TOML file (or JSON, as sales keep it); raises BadRule."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        record = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise BadRule(0, str(path), error.strerror or "") from error
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        raise BadRule(int(found[1]) if found else 0, "", str(error)) from error
    except ValueError as error:
        raise BadRule(getattr(error, "lineno", 0), "", str(error)) from error
    try:
        return rulebook_of(_plain(record))
    except BadRecord as bad:
        raise BadRule(line_of(text, bad.path), bad.path, bad.reason) from bad


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


def _plain(value: Any) -> Any:
    """Dates as the texts that a record has."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
