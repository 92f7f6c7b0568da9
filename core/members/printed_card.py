"""印出来的卡: what stands on a member's card that is printed here."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from core.members.masks import mask_name
from core.members.member import Member


class Named(StrEnum):
    """How the member's name stands on the card."""

    MASKED = "masked"
    FULL = "full"
    NONE = "none"


class PrintedCard(Struct, frozen=True):
    """One card; `name` is empty where none is wanted, and on cards that nobody has yet."""

    card_no: str
    name: str = ""


class CardRun(Struct, frozen=True):
    """Cards that are printed together, with the name of the shop."""

    store: str
    cards: tuple[PrintedCard, ...]

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last number."""
        return self.cards[0].card_no, self.cards[-1].card_no


def printed_cards(members: Sequence[Member], named: Named) -> tuple[PrintedCard, ...]:
    """The cards of these members."""
    return tuple(PrintedCard(member.card_no, _name(member, named)) for member in members)


def _name(member: Member, named: Named) -> str:
    if named is Named.NONE:
        return ""
    return member.name if named is Named.FULL else mask_name(member.name)
