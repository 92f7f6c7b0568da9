"""发放: one coupon for each of many members, handed out step by step, and what became of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.rulebook.offers import CouponOffer

MOST_MEMBERS = 50_000
"""So many at once: each code is told to all tills of a chain."""


class CodeState(StrEnum):
    """What became of a code, as of a business date; each code is in one of them."""

    HELD = "held"
    USED = "used"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Handout(Struct, frozen=True):
    """一次发放: `title` says for whom, in the words of who began it; `wanted` members are meant.

    `is_stopped`: whoever has none by now gets none.
    """

    id: UUID
    offer: str
    title: str
    wanted: int
    starts_on: date | None
    ends_on: date | None
    at_us: int
    business_on: date
    staff_no: int
    is_stopped: bool = False


class Round(Struct, frozen=True):
    """发过的一批: codes that were issued in one go, for members or for anybody, and their fate.

    `count` is the sum of `held`, `used`, `expired` and `withdrawn`; `waiting` members have none
    yet. `turnover_fen` is what the sales that used them took, less what came back of those.
    """

    id: UUID
    offer: str
    title: str
    business_on: date
    staff_no: int
    count: int
    held: int
    used: int
    expired: int
    withdrawn: int
    turnover_fen: int
    waiting: int = 0
    is_for_members: bool = False
    is_stopped: bool = False

    def of(self, state: CodeState | None) -> int:
        """How many are in a state, or there are at all."""
        return self.count if state is None else int(getattr(self, state.value))


class RoundCode(Struct, frozen=True):
    """A code of a round: whose it is, and the sale that used it with what it took."""

    code: str
    state: CodeState
    starts_on: date | None
    ends_on: date | None
    member_name: str = ""
    card_no: str = ""
    sale_no: str = ""
    sold_on: date | None = None
    taken_fen: int = 0


def most_worth_fen(offer: CouponOffer) -> int | None:
    """The most that one coupon takes off a sale; None where nothing bounds it."""
    if offer.off_fen:
        return offer.off_fen if offer.cap_fen is None else min(offer.off_fen, offer.cap_fen)
    return 0 if offer.is_for_points else offer.cap_fen
