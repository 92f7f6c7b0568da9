"""表: columns of an imported table, found by their Chinese or English heading; and bad rows."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from core.errors import MissingColumns, Refused

# Field → headings it is known by; the first one is what a person is told when it is missing.
Headings = Mapping[str, tuple[str, ...]]

_YES = {
    "是",
    "y",
    "yes",
    "true",
    "1",
    "√",
    "✓",
    "x",
    "处方药",
    "处方",
    "农历",
    "阴历",
    "lunar",
    "称重",
}
_NO = {"", "否", "n", "no", "false", "0", "×", "非处方", "公历", "阳历", "solar"}


class TableFault(StrEnum):
    """Why a file is no table: the reason of NotATable."""

    EMPTY = "empty"
    BINARY = "binary"
    MARKUP = "markup"
    OLD_EXCEL = "old_excel"
    WORKBOOK = "workbook"
    ENCODING = "encoding"
    QUOTE = "quote"
    ONE_COLUMN = "one_column"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be imported: its line in the file, the column, and what is wrong."""

    line: int
    column: str
    error: Refused


def match_columns(
    headings: Sequence[str], known: Headings, *, needed: Sequence[str]
) -> dict[str, int]:
    """Field → place in the row; raises MissingColumns with the headings that are not there."""
    places: dict[str, int] = {}
    spelt = {_plain(name): field for field, names in known.items() for name in names}
    for place, heading in enumerate(headings):
        field = spelt.get(_plain(heading))
        if field is not None:
            places.setdefault(field, place)
    missing = tuple(known[field][0] for field in needed if field not in places)
    if missing:
        raise MissingColumns(missing)
    return places


@lru_cache(maxsize=256)
def yes_or_no(text: str) -> bool | None:
    """是 and 否 in the ways people write them; None for neither."""
    plain = _plain(text)
    if plain in _YES:
        return True
    return False if plain in _NO else None


def cells_of(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    """Field → text of a row without idle spaces; a short row ends in empty texts."""
    return {
        field: cells[place].strip() if place < len(cells) else "" for field, place in places.items()
    }


def _plain(heading: str) -> str:
    folded = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(sign for sign in folded if sign.isalnum() or sign in "√✓×")
