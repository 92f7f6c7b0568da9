"""检索键: what members and products are found by; text alone, without the store.

The process that gets an import ready makes them too, and loads no database for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from core.members.phone import phone_tail


class MemberKey(IntEnum):
    """What a key is made of, the surest way to a member first: so are they searched."""

    INITIALS = 1
    PINYIN = 2
    NAME = 3
    PHONE_TAIL = 4
    PHONE = 5


class ProductKey(IntEnum):
    """What a key is made of, the surest way first; a part begins later than the whole."""

    CODE = 1
    NAME = 2
    INITIALS = 3
    NAME_PART = 4
    INITIALS_PART = 5


# Plain numbers, for they are bound a million times.
_INITIALS, _PINYIN, _NAME, _PHONE_TAIL, _PHONE = map(int, MemberKey)
_OF_ONE_READING = 3
_SPACERS = str.maketrans("", "", " ·•・\u3000\t")


def member_keys(name: str, phone: str | None) -> tuple[tuple[int, str], ...]:
    """All keys that a name and an E.164 phone are found by."""
    if not phone:
        return _name_keys(name)
    return (*_name_keys(name), (_PHONE_TAIL, phone_tail(phone)), (_PHONE, phone_key(phone)))


def product_keys(code: str, name: str) -> tuple[tuple[int, str], ...]:
    """All keys that a code and a name are found by."""
    from core.members.names import product_keys as initials_of

    whole = name_key(name)
    keys = [(int(ProductKey.CODE), name_key(code))]
    keys += _tails(whole, ProductKey.NAME, ProductKey.NAME_PART)
    for initials in initials_of(name):
        keys += _tails(initials, ProductKey.INITIALS, ProductKey.INITIALS_PART)
    return tuple(dict.fromkeys(keys))


def name_key(text: str) -> str:
    """A name as it is compared: without spaces, dots and case."""
    return text.casefold().translate(_SPACERS)


def phone_key(phone: str) -> str:
    """The digits of an E.164 number as a person types them: without +86."""
    return phone.removeprefix("+86").removeprefix("+")


def _name_keys(name: str) -> tuple[tuple[int, str], ...]:
    from core.members.names import name_keys

    keys = [(_NAME, name_key(name))]
    for pinyin, initials in name_keys(name):
        keys += ((_PINYIN, pinyin), (_INITIALS, initials))
    # Two readings may begin alike: 觉 is jue and jiao.
    return tuple(keys) if len(keys) <= _OF_ONE_READING else tuple(dict.fromkeys(keys))


def _tails(text: str, whole: ProductKey, part: ProductKey) -> Iterator[tuple[int, str]]:
    yield int(whole), text
    for start in range(1, min(len(text) - 1, 24)):
        yield int(part), text[start:]
