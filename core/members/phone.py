"""手机: telephone numbers, kept in E.164 ("+8613812345678")."""

from __future__ import annotations

import re
import unicodedata

from core.errors import BadPhone

_CHINESE_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})\Z", re.ASCII)
_SPACERS = str.maketrans("", "", " -()–—‑")
_WITHOUT_ZERO = ("400", "800")  # service numbers have no area code
_TAIL = 4


def parse_phone(text: str, region: str = "CN") -> str:
    """E.164 of what a person wrote; a number without country code is one of `region`.

    Raises BadPhone for what cannot be dialled.
    """
    plain = text
    mobile = _CHINESE_MOBILE.match(text) if region == "CN" else None
    if mobile is None:
        plain = unicodedata.normalize("NFKC", text).strip().translate(_SPACERS)
        mobile = _CHINESE_MOBILE.match(plain) if region == "CN" else None
    if mobile:
        return "+86" + mobile[1]
    if not 5 <= len(plain) <= 20 or not plain.isascii():
        raise BadPhone(text)
    return _parse_any(text, plain, region)


def format_phone(phone: str) -> str:
    """As people here write it: Chinese numbers without country code, others in E.164."""
    local = phone.removeprefix("+86")
    if local == phone or _CHINESE_MOBILE.match(local) or local.startswith(_WITHOUT_ZERO):
        return local
    return "0" + local


def phone_tail(phone: str) -> str:
    """手机后四位."""
    return phone[-_TAIL:]


def _parse_any(text: str, plain: str, region: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        raise BadPhone(text) from None
    if not phonenumbers.is_valid_number(number):
        raise BadPhone(text)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
