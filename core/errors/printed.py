"""Cards and price tags that cannot be printed as they were asked for."""

from __future__ import annotations

from core.errors.roots import Refused


class BadCardCount(Refused):
    """So many cards are not printed at once."""

    count: int
    limit: int


class NoCardsBetween(Refused):
    """No member has a card between these two numbers, or they differ in length."""

    first: str
    last: str


class BadPrintSize(Refused):
    """A file of measures with a mistake: `why` names the field, or says what its reader said."""

    path: str
    why: str


class NothingToTag(Refused):
    """No product is what was asked for."""


class TooManyTags(Refused):
    """More price tags than are printed at once."""

    limit: int


class UntaggedCode(Refused):
    """A code in a list of codes that is no product's."""

    code: str


class NoSuchSize(Refused):
    """A size of price tags that nobody described."""

    name: str
    names: str
