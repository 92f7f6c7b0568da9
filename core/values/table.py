"""表: columns of an imported table, found by their Chinese or English heading; and bad rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from core.errors import BadFlag, MissingColumns, Refused

# Field → headings it is known by; the first one is what a person is told when it is missing.
Headings = Mapping[str, tuple[str, ...]]

_YES = frozenset(
    "是 有 y yes true 1 √ ✓ x 处方药 处方 rx 农历 阴历 lunar 称重 散称 weighed".split()
)
_NO = frozenset(
    "否 无 非 n no false 0 × 非处方 非处方药 otc 甲类otc 乙类otc 甲类非处方药 乙类非处方药 "
    "公历 阳历 新历 solar".split()
) | {""}
# What a spreadsheet makes of a long code: its last digits are lost for ever.
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d{1,2}\Z", re.ASCII)
_BRACKETS = re.compile(r"[(（\[【].*\Z")
# What programs write so that a spreadsheet leaves a code alone: ="6901234".
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_BELOW_NOTHING = re.compile(r"-\d{1,12}(\.\d{1,3})?%?\Z", re.ASCII)
_FORMULA_TEXT = re.compile(r'="([^"]*)"\Z')


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


class BadRow(Struct, frozen=True):
    """A row that cannot be imported: its line in the file, the column, and what is wrong."""

    line: int
    column: str
    error: Refused


def match_columns(
    headings: Sequence[str], known: Headings, *, needed: Sequence[str]
) -> dict[str, int]:
    """Field → place in the row; raises MissingColumns with the headings that are not there.

    Where several headings could mean a field, the one known first counts (条码 before 商品编码);
    what stands in brackets behind a heading, as in 售价（元）, is passed over.
    """
    places = found_columns(headings, known)
    missing = tuple(known[field][0] for field in needed if field not in places)
    if missing:
        raise MissingColumns(missing)
    return places


def found_columns(headings: Sequence[str], known: Headings) -> dict[str, int]:
    """Field → place in the row, of the fields that have one."""
    places: dict[str, int] = {}
    spelt: dict[str, int] = {}
    for place, heading in enumerate(headings):
        spelt.setdefault(_plain(heading), place)
        spelt.setdefault(_plain(_BRACKETS.sub("", heading)), place)
    for field, names in known.items():
        found = [spelt[_plain(name)] for name in names if _plain(name) in spelt]
        if found:
            places[field] = found[0]
    return places


def chosen_headings(places: Mapping[str, int], known: Headings, *, count: int) -> tuple[str, ...]:
    """Headings of a row of `count` cells that say which column a person chose for which field."""
    fields = {place: field for field, place in places.items()}
    return tuple(known[fields[at]][0] if at in fields else "" for at in range(count))


@lru_cache(maxsize=256)
def flag_of(text: str) -> bool:
    """是 and 否 in the ways people write them; raises BadFlag for neither."""
    plain = _plain(text)
    if plain not in _YES and plain not in _NO:
        raise BadFlag(text)
    return plain in _YES


def is_scientific(text: str) -> bool:
    """Whether a code was turned into a number like 6.90123E+12, of which digits are missing."""
    return _SCIENTIFIC.match(text) is not None


def cells_of(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    """Field → text of a row without idle spaces; a short row ends in empty texts."""
    try:
        found = {field: cells[place].strip() for field, place in places.items()}
    except IndexError:
        padded = [*cells, *[""] * (1 + max(places.values()))]
        found = {field: padded[place].strip() for field, place in places.items()}
    if '="' in ",".join(cells):
        return {field: _FORMULA_TEXT.sub(r"\1", text) for field, text in found.items()}
    return found


def _plain(heading: str) -> str:
    folded = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(sign for sign in folded if sign.isalnum() or sign in "√✓×")


def guarded(text: str) -> str:
    """A cell that no table program takes for a formula, whatever somebody wrote into a name.

    An amount or a share below nothing is a number there, and stays one.
    """
    is_formula = text.startswith(_FORMULA_SIGNS) and not _BELOW_NOTHING.match(text)
    return f"'{text}" if is_formula else text
