"""生日: solar or lunar (农历), year optional; when it is celebrated next (domain.md 5)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from msgspec.structs import replace

from core.errors import BadBirthday
from core.members.member import Birthday
from core.rulebook.conditions import LEAP_DAY
from core.values.lunar import FIRST_YEAR, LAST_YEAR, days_in, lunar_year, solar_of

_YEAR_MONTH_DAY = re.compile(
    r"(?:(\d{4})[-/.年])?(闰?)(\d{1,2})[-/.月](\d{1,2})[日号]?\Z", re.ASCII
)
_EIGHT_DIGITS = re.compile(r"(\d{4})()(\d{2})(\d{2})\Z", re.ASCII)
_FOUR_DIGITS = re.compile(r"()()(\d{2})(\d{2})\Z", re.ASCII)
_LUNAR_WORDS = re.compile(r"(?:(\d{4})年?)?(闰?)([正一二三四五六七八九十冬腊]+)月(\S+)\Z")
_CALENDARS = re.compile("农历|阴历|公历|阳历")
_LUNAR_SIGNS = re.compile("农历|阴历|闰|初|廿|正月|冬月|腊月")
# What is typed in traditional signs is read all the same.
_SIMPLE = str.maketrans("農曆陰陽國閏臘號", "农历阴阳公闰腊号")
# A spreadsheet adds midnight to its dates.
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00)?\Z")
_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_MONTH_WORDS = {word: i for i, word in enumerate(_MONTHS, 1)} | {"一": 1, "十一": 11, "十二": 12}
_DIGITS = "一二三四五六七八九"
_LONGEST_MONTH = 30
_LEAP_DAY_YEAR = 2000
_TOLD = re.compile(r"(solar|lunar) (\d{4})-(\d{2})-(\d{2})( leap)?\Z", re.ASCII)


def next_celebration(birthday: Birthday, today: date, leap_day: str = LEAP_DAY) -> date:
    """The first celebration day from today on."""
    year = lunar_year(today) if birthday.is_lunar else today.year
    day = celebrated_in(birthday, year, leap_day)
    return day if day >= today else celebrated_in(birthday, year + 1, leap_day)


def birthday_in_days(birthday: Birthday, today: date, leap_day: str = LEAP_DAY) -> int:
    """Days to the next celebration, 0 today."""
    return (next_celebration(birthday, today, leap_day) - today).days


def is_same_day(one: Birthday, other: Birthday) -> bool:
    """Whether both are celebrated on the same days: a year alone makes no difference."""
    return replace(one, year=None) == replace(other, year=None)


def celebrated_in(birthday: Birthday, year: int, leap_day: str = LEAP_DAY) -> date:
    """The solar date of the celebration of a year of the birthday's own calendar.

    29 February is celebrated on `leap_day` in common years: 28 February, or 1 March where the
    rulebook says so.
    """
    if birthday.is_lunar:
        return solar_of(year, birthday.month, birthday.day, is_leap=birthday.is_leap)
    if (birthday.month, birthday.day) == (2, 29) and not _is_leap_year(year):
        return date.fromisoformat(f"{year:04d}-{leap_day}")
    return date(year, birthday.month, birthday.day)


def parse_birthday(text: str, *, lunar: bool = False) -> Birthday:
    """A birthday as people write it: 1988-03-05, 19880305, 3月5日, 农历八月十五, 闰四月初三.

    It is lunar where `lunar` or the text says so, by a word (农历, 阴历) or in writing that only
    the lunar calendar has (闰, 初, 廿, 正月). Raises BadBirthday for one that does not exist.
    """
    written = unicodedata.normalize("NFKC", text).strip().translate(_SIMPLE)
    plain = "".join(_MIDNIGHT.sub("", written).split())
    is_lunar = lunar or bool(_LUNAR_SIGNS.search(plain))
    bare = _CALENDARS.sub("", plain)
    words = _LUNAR_WORDS.match(bare) if is_lunar else None
    if words:
        month, day = _MONTH_WORDS.get(words[3], 0), _lunar_day(words[4])
        found = Birthday(month, day, _year(words[1]), is_lunar=True, is_leap=bool(words[2]))
    else:
        found = _in_digits(bare, text, is_lunar)
    if not _exists(found):
        raise BadBirthday(text, is_lunar)
    return found


def format_birthday(birthday: Birthday) -> str:
    """1988-03-05, 03-05, 农历闰四月初三."""
    if not birthday.is_lunar:
        year = f"{birthday.year:04d}-" if birthday.year else ""
        return f"{year}{birthday.month:02d}-{birthday.day:02d}"
    leap = "闰" if birthday.is_leap else ""
    year = f"{birthday.year}年" if birthday.year else ""
    return f"农历{year}{leap}{_MONTHS[birthday.month - 1]}月{_day_word(birthday.day)}"


def _in_digits(bare: str, text: str, is_lunar: bool) -> Birthday:
    found = _YEAR_MONTH_DAY.match(bare) or _EIGHT_DIGITS.match(bare) or _FOUR_DIGITS.match(bare)
    if found is None:
        raise BadBirthday(text, is_lunar)
    year, leap, month, day = found.groups()
    return Birthday(int(month), int(day), _year(year), is_lunar, bool(leap))


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _exists(birthday: Birthday) -> bool:
    year, month, day = birthday.year, birthday.month, birthday.day
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return False
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return False
    if birthday.is_lunar:
        longest = _LONGEST_MONTH if year is None else days_in(year, month, is_leap=birthday.is_leap)
        return day <= longest
    try:
        date(year or _LEAP_DAY_YEAR, month, day)
    except ValueError:
        return False
    return True


def _lunar_day(word: str) -> int:
    word = word.rstrip("日号")
    if word.isascii() and word.isdigit():
        return int(word)
    tens = {"初": 0, "十": 10, "廿": 20}
    if word in ("初十", "二十", "三十"):
        return {"初十": 10, "二十": 20, "三十": 30}[word]
    if len(word) == 2 and word[0] in tens and word[1] in _DIGITS:
        return tens[word[0]] + _DIGITS.index(word[1]) + 1
    if len(word) == 3 and word.startswith("二十") and word[2] in _DIGITS:
        return 21 + _DIGITS.index(word[2])
    return 0


def _day_word(day: int) -> str:
    if day in (10, 20, 30):
        return {10: "初十", 20: "二十", 30: "三十"}[day]
    return "初十廿"[day // 10] + _DIGITS[day % 10 - 1]


def _is_leap_year(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def birthday_told(text: str) -> Birthday | None:
    """What `birthday_text` says; None for what is no birthday, as for nothing."""
    found = _TOLD.match(text)
    if found is None:
        return None
    calendar, year, month, day, leap = found.groups()
    is_lunar = calendar == "lunar"
    born = Birthday(int(month), int(day), int(year) or None, is_lunar, bool(leap) and is_lunar)
    return born if _exists(born) else None


def birthday_text(born: Birthday) -> str:
    """A birthday as it stands beside facts: "solar 1988-11-25", "lunar 0000-04-03 leap"."""
    calendar, leap = "lunar" if born.is_lunar else "solar", "leap" if born.is_leap else ""
    return f"{calendar} {born.year or 0:04d}-{born.month:02d}-{born.day:02d} {leap}".strip()
