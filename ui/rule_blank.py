"""规则的空: one value of a rule's record as a person writes it, and what is said of a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import Struct

from core.errors import Shortfall
from core.values.money import FULL_WIDTH, parse_money
from core.values.quantity import format_quantity, parse_quantity
from core.values.rate import FULL
from ui.rule_conditions import yuan
from ui.text import tr

YUAN, FOLD, TIMES, PERCENT = "yuan", "fold", "times", "percent"
COUNT, MILLI, DAY, CLOCK = "count", "milli", "day", "clock"
TEXT, TEXTS, NUMBERS = "text", "texts", "numbers"
CODE, CODES = "code", "codes"
CATEGORIES, BRANDS = "categories", "brands"
GOODS = (CODE, CODES, CATEGORIES, BRANDS)
"""What is chosen from what the shop sells."""
CHOICE, FLAG, MANY = "choice", "flag", "many"
CHOSEN = (CHOICE, FLAG, MANY)
Record = dict[str, Any]
Path = tuple[str | int, ...]


class Blank(Struct, frozen=True):
    """One value: where it stands in the record, its label, and what kind of value it is.

    What is left empty is not written, where it `may_be_empty`. `options` are the values and the
    words of what is chosen; `usual` is what holds where the record says nothing. What is chosen
    may decide which other values there are: then it `shapes` the form. `is_wide`: a whole name.
    """

    path: Path
    label: str
    unit: str = YUAN
    may_be_empty: bool = False
    options: tuple[tuple[Any, str], ...] = ()
    usual: Any = None
    shapes: bool = False
    is_wide: bool = False


class WrongBlank(ValueError):
    """What was written is no such value; its text is the sentence that says what to write."""


def at(record: Record, path: Path) -> Any:
    """What stands there, None for nothing."""
    place: Any = record
    for key in path:
        if isinstance(place, dict):
            place = place.get(key)
        elif isinstance(place, list) and isinstance(key, int) and key < len(place):
            place = place[key]
        else:
            return None
    return place


def put(record: Record, path: Path, value: Any) -> None:
    """Write a value there, None for nothing; what lies on the way is made."""
    place: Any = record
    for key in path[:-1]:
        if isinstance(place, dict) and place.get(key) is None:
            if value is None:
                return
            place[key] = {}
        place = place[key]
    if value is None:
        place.pop(path[-1], None)
    else:
        place[path[-1]] = value


def written(record: Record, blank: Blank) -> str:
    """The value as a person writes it; of what is chosen its place among the options."""
    value = at(record, blank.path)
    if blank.unit == MANY:
        chosen = value or []
        return ",".join(str(n) for n, (one, _) in enumerate(blank.options) if one in chosen)
    if blank.unit in CHOSEN:
        values = [one for one, _ in blank.options]
        held = blank.usual if value is None else value
        return str(values.index(held)) if held in values else "0"
    if value is None and not blank.may_be_empty:
        value = blank.usual
    is_usual = value is None or (blank.may_be_empty and value == blank.usual)
    return "" if is_usual else _SAID[blank.unit](value)


def fill(record: Record, blank: Blank, text: str) -> None:
    """Write what was typed or chosen; raises WrongBlank."""
    put(record, blank.path, _value(blank, text))


def _value(blank: Blank, text: str) -> Any:
    if blank.unit == MANY:
        return [blank.options[int(n)][0] for n in text.split(",") if n] or None
    if blank.unit in CHOSEN:
        value = blank.options[int(text or 0)][0]
        return None if value == blank.usual else value
    if not text:
        if blank.may_be_empty:
            return None
        if blank.unit == TEXTS and blank.usual is not None:
            return []
        raise WrongBlank(tr("这里要写。"))
    return _READ[blank.unit](text)


def _yuan(text: str) -> int:
    try:
        fen = parse_money(text)
    except Shortfall as bad:
        raise WrongBlank(tr("写成 12 或 12.50 这样。")) from bad
    if fen < 0:
        raise WrongBlank(tr("写成 12 或 12.50 这样。"))
    return fen


def _fold(text: str) -> int:
    """9 and 95 are 90 % and 95 %: 9.5 and 95 mean the same."""
    try:
        hundredths = parse_money(text)
    except Shortfall as bad:
        raise WrongBlank(tr("写成 95 或 9.5 这样。")) from bad
    rate = hundredths * 10 if hundredths < 1000 else hundredths
    if not 0 <= rate < FULL:
        raise WrongBlank(tr("写成 95 或 9.5 这样。"))
    return rate


def _times(text: str) -> int:
    try:
        return parse_money(text) * FULL // 100
    except Shortfall as bad:
        raise WrongBlank(tr("写成 2 或 1.5 这样。")) from bad


def _percent(text: str) -> int:
    try:
        return parse_money(text.translate(FULL_WIDTH).rstrip("%"))
    except Shortfall as bad:
        raise WrongBlank(tr("写成 50 这样。")) from bad


def _count(text: str) -> int:
    plain = text.replace(",", "")
    if not plain.isdecimal() or len(plain) > 12:
        raise WrongBlank(tr("写成 3 这样的整数。"))
    return int(plain)


def _milli(text: str) -> int:
    try:
        return parse_quantity(text)
    except Shortfall as bad:
        raise WrongBlank(tr("写成 3 或 0.5 这样。")) from bad


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as bad:
        raise WrongBlank(tr("日期写成 2026-11-01 这样。")) from bad


def _clock(text: str) -> int:
    minute = 24 * 60 if text.translate(FULL_WIDTH) == "24:00" else minute_of(text)
    if minute is None:
        raise WrongBlank(tr("时间写成 14:30 这样。"))
    return minute


def texts_in(text: str) -> list[str]:
    """Parted by commas of any kind, or by spaces."""
    plain = text.translate(FULL_WIDTH)
    for comma in ("、", ",", ";"):
        plain = plain.replace(comma, " ")
    return list(dict.fromkeys(plain.split()))


def _listed(texts: list[str]) -> str:
    return tr("、").join(texts)


def _numbers(text: str) -> list[int]:
    parts = texts_in(text)
    if not all(part.isdecimal() and len(part) < 4 for part in parts):
        raise WrongBlank(tr("写成 8、18、28 这样。"))
    return [int(part) for part in parts]


def minute_of(text: str) -> int | None:
    """The minute of the day of 14:30, None for what is no time."""
    hour, _, rest = text.translate(FULL_WIDTH).partition(":")
    if not (hour.isdecimal() and rest.isdecimal() and int(hour) < 24 and int(rest) < 60):
        return None
    return int(hour) * 60 + int(rest)


_READ: dict[str, Callable[[str], Any]] = {
    YUAN: _yuan,
    FOLD: _fold,
    TIMES: _times,
    PERCENT: _percent,
    COUNT: _count,
    MILLI: _milli,
    DAY: _day,
    CLOCK: _clock,
    TEXT: str,
    TEXTS: texts_in,
    NUMBERS: _numbers,
    CODE: str,
    CODES: texts_in,
    CATEGORIES: texts_in,
    BRANDS: texts_in,
}
_SAID: dict[str, Callable[[Any], str]] = {
    YUAN: yuan,
    FOLD: lambda rate: f"{rate / 1000:g}",
    TIMES: lambda rate: f"{rate / FULL:g}",
    PERCENT: lambda rate: f"{rate / 100:g}",
    COUNT: str,
    MILLI: format_quantity,
    DAY: str,
    CLOCK: lambda minute: f"{minute // 60:02d}:{minute % 60:02d}",
    TEXT: str,
    TEXTS: _listed,
    NUMBERS: lambda numbers: tr("、").join(map(str, numbers)),
    CODE: str,
    CODES: _listed,
    CATEGORIES: _listed,
    BRANDS: _listed,
}
