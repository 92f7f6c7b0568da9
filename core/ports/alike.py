"""可能是同一个人: the port that looks for members who may be one person."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from msgspec import Struct

OnLooked = Callable[[int, int], object]
"""Hears how many members were looked at, and how many there are; may raise to stop it."""


class Why(StrEnum):
    """What two have in common, the strongest first."""

    PHONE = "phone"
    CARD = "card"
    NAME_BIRTHDAY = "name_birthday"
    PINYIN_PHONE = "pinyin_phone"
    PINYIN_BIRTHDAY = "pinyin_birthday"


class AlikePair(Struct, frozen=True):
    """Two members; `one` joined first."""

    one: UUID
    other: UUID
    why: tuple[Why, ...]


class AlikeFound(Struct, frozen=True):
    """The likeliest pairs, and how many there are in all."""

    pairs: tuple[AlikePair, ...]
    count: int


class Alike(Protocol):
    """Who shares a phone, a card but for zeros before it, name or pinyin with birthday, or pinyin
    and a phone but for one digit. Who was told apart is not among them.
    """

    def find(self, most: int, on_looked: OnLooked) -> AlikeFound: ...
