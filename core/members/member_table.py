"""会员表: rows of a table of members become members to import, or say what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache, partial
from typing import NamedTuple

from core.errors import (
    BadBirthday,
    BadCard,
    BadFlag,
    BadLastDay,
    BadName,
    BadPhone,
    BadPoints,
    PaymentCode,
    PointsGone,
    TwiceInTable,
    UnknownTier,
)
from core.members.birthday import parse_birthday
from core.members.card import check_card
from core.members.member import Birthday
from core.members.names import check_name
from core.members.phone import parse_phone
from core.rulebook.schemes import TierScheme
from core.values.day import day_written
from core.values.money import FULL_WIDTH
from core.values.payment_code import refuse_payment
from core.values.table import BadRow, Headings, cells_of, flag_of, is_scientific, match_columns

HEADINGS: Headings = {
    "card_no": (
        "会员卡号", "卡号", "会员号", "会员编号", "卡", "会员卡", "vip卡号",
        "card no", "card", "card number",
    ),
    "name": (
        "姓名", "会员姓名", "名字", "客户姓名", "顾客姓名", "会员名称", "name", "member name",
    ),
    "phone": (
        "手机", "手机号", "手机号码", "电话", "联系电话", "联系方式", "电话号码", "移动电话",
        "phone", "mobile",
    ),
    "birthday": (
        "生日", "出生日期", "出生年月日", "出生", "birthday", "date of birth", "born",
    ),
    "is_lunar": ("农历", "是否农历", "农历生日", "lunar", "is lunar"),
    "tier": ("等级", "会员等级", "卡类型", "级别", "会员级别", "会员类型", "tier"),
    "points": (
        "积分", "当前积分", "可用积分", "积分余额", "剩余积分", "总积分", "points", "balance",
    ),
    "expires_on": (
        "积分有效期", "积分到期日", "积分到期", "有效期", "有效期至", "有效期限", "到期日",
        "到期日期", "失效日期", "过期日期", "points expire", "points expiry", "expires on",
        "expires", "expiry", "expiry date",
    ),
}  # fmt: skip
NEEDED = ("card_no", "name")
MOST_POINTS = 100_000_000
_BAD = (
    BadCard,
    BadName,
    BadPhone,
    BadFlag,
    BadBirthday,
    UnknownTier,
    BadPoints,
    BadLastDay,
    PointsGone,
    PaymentCode,
)
FOR_EVER = date.max
"""The last day of points that never expire."""
_FOR_EVER = frozenset("永久 永久有效 长期 长期有效 无期限 无限期 不过期 永不过期 never".split())
_POINTS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.0+)?\Z", re.ASCII)


@dataclass(slots=True)
class MemberRow:
    """A member to import; `tier` is a code of the scheme or None where the table has none.

    `points` is the opening lot (domain.md 6); importing again never touches it. It can be used
    through `expires_on`; None: as the rulebook says, FOR_EVER: never expires. `line` is where
    the row stands in its table; `is_further`: it brings one more lot of whoever stands above.
    Nobody changes a row; it is not frozen, for that would take twice the time to make, and they
    are made by the million.
    """

    card_no: str
    name: str
    phone: str | None = None
    birthday: Birthday | None = None
    tier: str | None = None
    points: int = 0
    line: int = field(default=0, compare=False)
    expires_on: date | None = None
    is_further: bool = False


def read_members(
    headings: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    scheme: TierScheme,
    *,
    today: date,
    shares_phones: bool = False,
) -> Iterator[MemberRow | BadRow]:
    """Each row as a member or as the first thing wrong with it; raises MissingColumns.

    Points of which the last day is before `today` are wrong. A card that stands twice in the table
    is wrong the second time, unless all that is new in its row are points that expire on another
    day; so is a phone, unless `shares_phones`: a manager says that members may share one
    (domain.md 8).
    """
    places = match_columns(headings, HEADINGS, needed=NEEDED)
    # A million rows hold few tiers, few last days, and thirty thousand birthdays.
    reading = _Reading(
        tier_of=cache(partial(_tier, scheme)),
        birthday_of=lru_cache(maxsize=65_536)(parse_birthday),
        last_day_of=lru_cache(maxsize=65_536)(partial(_last_day, today)),
    )
    above = _Above(has_last_days="expires_on" in places, shares_phones=shares_phones)
    for line, cells in rows:
        row = _row(line, cells_of(cells, places), reading)
        yield above.checked(row) if isinstance(row, MemberRow) else row


class _Reading(NamedTuple):
    """What makes values of cells; what was read before is remembered."""

    tier_of: Callable[[str], str | None]
    birthday_of: Callable[..., Birthday]
    last_day_of: Callable[[str], date]


class _Above:
    """Whom the rows above are of.

    Hashes instead of texts: a million cards in a third of the memory. Two texts of one hash make a
    good row look doubled: at 64 bits, one import of a million in 10^7.
    """

    def __init__(self, *, has_last_days: bool, shares_phones: bool) -> None:
        self._cards: set[int] = set()
        self._phones: set[int] = set()
        self._persons: set[int] = set()
        self._lots: set[int] = set()
        self._has_last_days = has_last_days
        self._shares_phones = shares_phones

    def checked(self, row: MemberRow) -> MemberRow | BadRow:
        """The row, or what of it stands above."""
        card, phone = hash(row.card_no), hash(row.phone)
        if card in self._cards:
            if self._has_last_days and self._is_further(row):
                row.is_further = True
                return row
            return BadRow(row.line, HEADINGS["card_no"][0], TwiceInTable(row.card_no))
        if row.phone is not None and not self._shares_phones and phone in self._phones:
            return BadRow(row.line, HEADINGS["phone"][0], TwiceInTable(row.phone))
        self._cards.add(card)
        self._phones.add(phone)
        if self._has_last_days:
            self._persons.add(_person(row))
            self._lots.add(hash((row.card_no, row.expires_on)))
        return row

    def _is_further(self, row: MemberRow) -> bool:
        """Whether it says the same of the same person, but for points with a day of their own."""
        lot = hash((row.card_no, row.expires_on))
        is_new = row.points > 0 and lot not in self._lots and _person(row) in self._persons
        if is_new:
            self._lots.add(lot)
        return is_new


def _person(row: MemberRow) -> int:
    return hash((row.card_no, row.name, row.phone, row.birthday, row.tier))


def _row(line: int, cells: dict[str, str], reading: _Reading) -> MemberRow | BadRow:
    column = "card_no"
    try:
        card_no = _card_no(cells["card_no"])
        column = "name"
        name = check_name(cells["name"])
        column = "phone"
        phone = parse_phone(cells["phone"]) if cells.get("phone") else None
        birthday_text = cells.get("birthday", "")
        column = "is_lunar"
        is_lunar = bool(birthday_text) and flag_of(cells.get("is_lunar", ""))
        column = "birthday"
        birthday = reading.birthday_of(birthday_text, lunar=is_lunar) if birthday_text else None
        column = "tier"
        tier = reading.tier_of(cells.get("tier", ""))
        column = "points"
        points = _points(cells.get("points", ""))
        column = "expires_on"
        last_day = cells.get("expires_on", "") if points else ""
        expires_on = reading.last_day_of(last_day) if last_day else None
    except _BAD as error:
        return BadRow(line, HEADINGS[column][0], error)
    return MemberRow(card_no, name, phone, birthday, tier, points, line, expires_on)


def _card_no(text: str) -> str:
    if not text.isdigit() and is_scientific(text):
        raise BadCard(text)
    return refuse_payment(check_card(text))


def _tier(scheme: TierScheme, text: str) -> str | None:
    if not text:
        return None
    tier = scheme.named(text)
    if tier is None:
        raise UnknownTier(text)
    return tier.code


def _last_day(today: date, text: str) -> date:
    if text.casefold() in _FOR_EVER:
        return FOR_EVER
    day = day_written(text)
    if day is None:
        raise BadLastDay(text)
    if day < today:
        raise PointsGone(text)
    return day


def _points(text: str) -> int:
    if not text:
        return 0
    if text.isascii() and text.isdigit() and len(text) < len(str(MOST_POINTS)):
        return int(text)  # what most points are
    plain = _POINTS.match(text if text.isascii() else text.translate(FULL_WIDTH))
    points = int(plain[1].replace(",", "")) if plain else MOST_POINTS + 1
    if points > MOST_POINTS:
        raise BadPoints(text)
    return points
