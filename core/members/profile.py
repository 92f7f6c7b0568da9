"""会员资料: what is kept of a person beside name, phone, card and birthday, and who changed what.

A value is plain text; what is not known is "". Kind, sex and source are codes; `REFERRER` is the id
of a member in hexadecimal, `FAMILY` one that all members of a family have in common, `VERIFIED` the
day on which somebody went through all of it with the member.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.errors import BadBirthday, BadField
from core.members.birthday import birthday_text, birthday_told
from core.members.masks import mask_card, mask_name, mask_phone
from core.members.names import check_name
from core.members.phone import parse_phone
from core.values.moment import months_after, months_before
from core.values.payment_code import refuse_payment_in

NAME, PHONE, BIRTHDAY, CARD = "name", "phone", "birthday", "card_no"
KIND, SEX, OCCUPATION = "kind", "sex", "occupation"
OTHER_PHONE, EMAIL, WECHAT, ADDRESS = "other_phone", "email", "wechat", "address"
SOURCE, REFERRER, FAMILY, TAGS, VERIFIED = "source", "referrer", "family", "tags", "verified"
WHO = (NAME, PHONE, BIRTHDAY)
"""Fields of the member itself; none of them is among `FIELDS`."""
FIELDS = (
    KIND,
    SEX,
    OCCUPATION,
    OTHER_PHONE,
    EMAIL,
    WECHAT,
    ADDRESS,
    SOURCE,
    REFERRER,
    FAMILY,
    TAGS,
    VERIFIED,
)
CODES: dict[str, tuple[str, ...]] = {
    KIND: ("person", "company", "trade"),
    SEX: ("female", "male"),
    SOURCE: ("store", "friend", "online", "event", "partner", "other"),
}
"""What these can be; `KIND` "" is a person."""
CODED = frozenset((*CODES, REFERRER, FAMILY, VERIFIED))
"""Fields of which the program reads the value."""
LONGEST: dict[str, int] = {OCCUPATION: 40, EMAIL: 80, WECHAT: 40, ADDRESS: 120}
LONGEST_TAG, MOST_TAGS = 12, 12
BETWEEN_TAGS = "、"
VERIFY_MONTHS, ASLEEP_YEARS = 12, 3
YEAR_MONTHS = 12


class MemberRules(Struct, frozen=True):
    """核对 · 保存期: after how many months data is old, after how many years of sleep it may go.

    Zero: nobody is reminded, nobody is proposed.
    """

    verify_months: int = VERIFY_MONTHS
    asleep_years: int = ASLEEP_YEARS

    def asleep_before(self, today: date) -> date | None:
        """Who joined before this business date and has not come since is asleep; None: nobody."""
        return months_before(today, YEAR_MONTHS * self.asleep_years) if self.asleep_years else None


class FieldEdit(Struct, frozen=True):
    """One field of a member became another; `staff_no` 0: head office told of it."""

    field: str
    before: str
    after: str
    at_us: int
    staff_no: int


def check_field(field: str, text: str) -> str:
    """The value of a field, as it is kept; "" for none.

    Raises BadField, BadName, BadPhone, BadBirthday; PaymentCode for what a customer pays with.
    """
    said = " ".join(text.split())
    if field == NAME:
        return check_name(said)
    if field in (PHONE, OTHER_PHONE):
        return parse_phone(said) if said else ""
    if field == BIRTHDAY:
        if said and birthday_told(said) is None:
            raise BadBirthday(said)
        return said
    if field == TAGS:
        return BETWEEN_TAGS.join(tags_of(said))
    if not said:
        return ""
    if field in CODED:
        is_good = _is_coded(field, said)
    else:
        is_good = said.isprintable() and len(said) <= LONGEST[field]
        refuse_payment_in(said)
    if field == EMAIL and is_good:
        before, at, behind = said.partition("@")
        is_good = bool(before and at and behind) and "@" not in behind and " " not in said
    if not is_good:
        raise BadField(field, said)
    return said


def readable(told: Mapping[str, str]) -> dict[str, str]:
    """What of values that another program tells can be read here; "" for what cannot."""
    return {
        field: "" if field in CODED and not _is_coded(field, value) else value
        for field, value in told.items()
    }


def tags_of(text: str, *, most: int = MOST_TAGS) -> tuple[str, ...]:
    """标签: those in a text, each once, in their order. BadField for too many or too long."""
    for sign in "，,;；\n":
        text = text.replace(sign, BETWEEN_TAGS)
    tags = tuple(dict.fromkeys(each.strip() for each in text.split(BETWEEN_TAGS) if each.strip()))
    long = next((tag for tag in tags if len(tag) > LONGEST_TAG or not tag.isprintable()), None)
    if long is not None or len(tags) > most:
        raise BadField(TAGS, text if long is None else long)
    return tags


def masked(field: str, value: str) -> str:
    """What may stand on a screen without a right of its own: 李*华, 138****5678, 1****.

    Of a birthday the year is left out.
    """
    if not value:
        return ""
    match field:
        case "name":
            return mask_name(value)
        case "phone" | "other_phone":
            return mask_phone(value)
        case "card_no":
            return mask_card(value)
        case "birthday":
            born = birthday_told(value)
            return "" if born is None else birthday_text(replace(born, year=None))
        case "email" | "wechat" | "address":
            return value[:1] + "****"
    return value


def is_stale(values: Mapping[str, str], joined_on: date, today: date, months: int) -> bool:
    """核对提醒: whether nobody went through the data of a member for so many months; 0: never."""
    if not months:
        return False
    return months_after(verified_on(values) or joined_on, months) <= today


def verified_on(values: Mapping[str, str]) -> date | None:
    """When somebody went through it last."""
    told = values.get(VERIFIED, "")
    return date.fromisoformat(told) if told else None


def _is_coded(field: str, text: str) -> bool:
    if field in CODES:
        return text in CODES[field]
    return _is_day(text) if field == VERIFIED else _is_id(text)


def _is_id(text: str) -> bool:
    try:
        return UUID(text).hex == text
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
