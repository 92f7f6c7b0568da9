"""存疑: names, phones and birthdays that are well-formed, and hardly anybody's.

They came with tables of other programs, or were typed to get on. A person looks at each: nothing
is changed or refused because of it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from core.members.segment import Doubt

OLDEST_LIKELY = 105
_STAND_INS = ("测试", "顾客", "会员", "客户", "先生", "女士", "小姐", "某", "无名", "未知", "test")
_ONLY_TITLE = re.compile(r".{0,2}(先生|女士|小姐|太太|老师|阿姨|叔叔)\Z")
_DIGIT = re.compile(r"\d")
_SAME_DIGITS = re.compile(r"(\d)\1{5,}\Z|(\d\d)\2{3,}\Z|(\d{4})\3\Z")
_ROW = "01234567890123456789"
_ROW_BACK = _ROW[::-1]
_IN_A_ROW = 6
_EPOCHS = ((1900, 1, 1), (1970, 1, 1), (1980, 1, 1), (2000, 1, 1))


def doubts_of(
    name: str,
    phone: str | None,
    born: tuple[int | None, int | None, int | None],
    this_year: int,
) -> frozenset[Doubt]:
    """What looks made up; `born` is year, month and day as they were told."""
    found = set()
    if is_name_doubtful(name):
        found.add(Doubt.NAME)
    if phone and is_phone_doubtful(phone):
        found.add(Doubt.PHONE)
    if is_birthday_doubtful(born, this_year):
        found.add(Doubt.BIRTHDAY)
    return frozenset(found)


@lru_cache(maxsize=65_536)
def is_name_doubtful(name: str) -> bool:
    """One sign, a title alone, digits within, one sign again and again, or 测试."""
    folded = name.casefold()
    return (
        len(name) < 2
        or len(set(name)) == 1
        or _DIGIT.search(name) is not None
        or folded in _STAND_INS
        or folded.startswith(("测试", "test"))
        or "某" in name
        or _ONLY_TITLE.match(name) is not None
    )


def is_phone_doubtful(phone: str) -> bool:
    """E.164 that ends in one digit six times, in a pattern, or in digits in a row."""
    tail = phone[-_IN_A_ROW:]
    return tail in _ROW or tail in _ROW_BACK or _SAME_DIGITS.search(phone) is not None


def is_birthday_doubtful(born: tuple[int | None, int | None, int | None], this_year: int) -> bool:
    """Of a year nobody of today is from, or a day that programs write where they know none."""
    year = born[0]
    if year is None:
        return False
    return not this_year - OLDEST_LIKELY <= year <= this_year or born in _EPOCHS
