"""会员表: rows of a table of members become members to import, or say what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial

from core.errors import (
    BadBirthday,
    BadCard,
    BadFlag,
    BadName,
    BadPhone,
    BadPoints,
    PaymentCode,
    TwiceInTable,
    UnknownTier,
)
from core.members.birthday import parse_birthday
from core.members.card import check_card
from core.members.member import Birthday
from core.members.names import check_name
from core.members.phone import parse_phone
from core.rulebook.schemes import TierScheme
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
    PaymentCode,
)
_POINTS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.0+)?\Z", re.ASCII)


@dataclass(slots=True)
class MemberRow:
    """A member to import; `tier` is a code of the scheme or None where the table has none.

    `points` is the one opening lot (domain.md 6); importing again never touches it. `line` is where
    it stands in its table. Nobody changes a row; it is not frozen, for that would take twice the
    time to make, and they are made by the million.
    """

    card_no: str
    name: str
    phone: str | None = None
    birthday: Birthday | None = None
    tier: str | None = None
    points: int = 0
    line: int = field(default=0, compare=False)


def read_members(
    headings: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    scheme: TierScheme,
    *,
    shares_phones: bool = False,
) -> Iterator[MemberRow | BadRow]:
    """Each row as a member or as the first thing wrong with it; raises MissingColumns.

    A card that stands twice in the table is wrong the second time; so is a phone, unless
    `shares_phones`: a manager says that members may share one (domain.md 8).
    """
    places = match_columns(headings, HEADINGS, needed=NEEDED)
    # A million rows hold few tiers, and thirty thousand birthdays.
    tier_of = cache(partial(_tier, scheme))
    birthday_of = lru_cache(maxsize=65_536)(parse_birthday)
    cards: set[int] = set()
    phones: set[int] = set()
    for line, cells in rows:
        row = _row(line, cells_of(cells, places), tier_of=tier_of, birthday_of=birthday_of)
        if isinstance(row, MemberRow):
            # Hashes instead of texts: a million cards in a third of the memory. Two texts of one
            # hash make a good row look doubled: at 64 bits, one import of a million in 10^7.
            card, phone = hash(row.card_no), hash(row.phone)
            if card in cards:
                row = BadRow(line, HEADINGS["card_no"][0], TwiceInTable(row.card_no))
            elif row.phone is not None and not shares_phones and phone in phones:
                row = BadRow(line, HEADINGS["phone"][0], TwiceInTable(row.phone))
            else:
                cards.add(card)
                phones.add(phone)
        yield row


def _row(
    line: int,
    cells: dict[str, str],
    *,
    tier_of: Callable[[str], str | None],
    birthday_of: Callable[..., Birthday],
) -> MemberRow | BadRow:
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
        birthday = birthday_of(birthday_text, lunar=is_lunar) if birthday_text else None
        column = "tier"
        tier = tier_of(cells.get("tier", ""))
        column = "points"
        points = _points(cells.get("points", ""))
    except _BAD as error:
        return BadRow(line, HEADINGS[column][0], error)
    return MemberRow(card_no, name, phone, birthday, tier, points, line)


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
