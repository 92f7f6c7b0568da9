"""同店的收银台: what tills ask of each other's sales through their server (sync.md 6).

Every claim has an id that the till made: said twice, it is done once; said late, it is not undone.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct
from msgspec.structs import replace

from core.sync.effects import derived_id
from core.sync.escrow import MINUTE_US
from core.sync.session import SESSION_US, Whole, Words

MOST_LINES = 1000
CLAIMED_US = 15 * MINUTE_US
SPARE_US = MINUTE_US
"""So long before its end nobody begins to use a claim."""
SILENT_US = 7 * 24 * 60 * MINUTE_US
"""How long after its end a claim of a till holds that has not told all it did since."""
COUPONS = "coupons"
"""The topic of the feed: codes that were issued at once; it is about the id of the batch."""
STOCK = "stock"
"""The topic of the feed: what lies on a shelf; it is about the code of a reward, of one store."""
RETURNED = "returned"
"""The topic of the feed: what came back of a sale; it is about the id of the sale."""


class ClaimKind(StrEnum):
    """What a till has for itself: lines of a sale that come back, a code that is used once."""

    RETURN = "return"
    COUPON = "coupon"


class ClaimStatus(StrEnum):
    """OPEN, or how it ended: what it was for was done, or it was not needed."""

    OPEN = "open"
    USED = "used"
    VOIDED = "voided"


class LineBack(Struct, frozen=True, array_like=True):
    """So much of a line (thousandths)."""

    no: Annotated[int, Meta(ge=1, le=MOST_LINES)]
    quantity_milli: Annotated[int, Meta(ge=1)]


Lines = Annotated[tuple[LineBack, ...], Meta(min_length=1, max_length=MOST_LINES)]


class Claim(Struct, frozen=True):
    """占用: what one life of a till has for itself until `until_us`; `about` says what of.

    `at_us` is by the clock of who asked for it, where it said so.
    """

    id: UUID
    kind: ClaimKind
    about: str
    till_id: UUID
    incarnation: int
    at_us: int
    until_us: int
    status: ClaimStatus = ClaimStatus.OPEN
    lines: tuple[LineBack, ...] = ()

    def is_over(self, now_us: int, *, began_us: int, has_all: bool) -> bool:
        """Whether nothing can come any more that was done by it.

        `began_us` is when its till spoke last, `has_all`: what it had done by then is read.
        """
        if self.status is not ClaimStatus.OPEN:
            return True
        if now_us <= self.until_us:
            return False
        return (has_all and began_us > self.until_us) or now_us > self.until_us + SILENT_US

    def answer(self, now_us: int) -> Claimed:
        """What the till that asked for it is told."""
        return Claimed(self.id, self.status, self.until_us, self.left_us(now_us))

    def left_us(self, now_us: int) -> int:
        """How long it still stands."""
        return max(0, self.until_us - now_us)

    def is_anew(self, at_us: int, now_us: int) -> bool:
        """Whether what is asked then is not what was said before, once more.

        Who is past their time has to be looked at again; what was used stays so.
        """
        is_later = self.status is not ClaimStatus.USED and at_us > self.at_us
        has_lapsed = self.status is ClaimStatus.OPEN and now_us > self.until_us
        return is_later or has_lapsed


class ReturnAsked(Struct, frozen=True):
    """These quantities of a sale come back at the till that asks, by the return of this id.

    `at_us` by the till's clock tells what it says later from what it said before.
    """

    id: UUID
    sale_id: UUID
    lines: Lines
    at_us: Whole = 0


class ReturnNotMade(Struct, frozen=True):
    """Nothing came back by what was asked until then; 0: by nothing of this id."""

    id: UUID
    sale_id: UUID
    at_us: Whole = 0


class CodeAsked(Struct, frozen=True):
    """一次券: a sale of the till that asks is about to use this code, or does not after all.

    `at_us` by the till's clock tells what it says later from what it said before.
    """

    id: UUID
    code: Words
    sale_id: UUID
    at_us: Whole = 0


class BatchSaid(Struct, frozen=True, omit_defaults=True):
    """一批券: codes that were issued at once; the value of the topic `coupons`."""

    id: UUID
    offer: Words
    codes: tuple[Words, ...]
    till_id: UUID
    store_code: Words
    member_id: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    withdrawn: tuple[Words, ...] = ()


class Claimed(Struct, frozen=True):
    """How a claim stands; `left_us` is how long it still does, whatever the clocks of tills say.

    An older server does not tell that: as long as one that was asked for just now.
    """

    id: UUID
    status: ClaimStatus
    until_us: Whole
    left_us: Whole = CLAIMED_US

    def until_here_us(self, asked_us: int) -> int:
        """Until when who asked at that moment uses it, by the clock that said the moment."""
        return asked_us + min(CLAIMED_US, self.left_us) - SPARE_US


class PartBack(Struct, frozen=True, array_like=True):
    """What came back of a line by a return; `until_us`: it is claimed only, and may until then.

    `left_us` is how long it still may, whatever the clocks of tills say; an older server does not
    tell that.
    """

    return_id: UUID
    till_id: UUID
    no: Whole
    quantity_milli: Whole
    until_us: Whole = 0
    left_us: Whole = CLAIMED_US

    def heard(self, now_us: int) -> PartBack:
        """The same with its end by the clock of who hears it at that moment."""
        if not self.until_us:
            return self
        return replace(self, until_us=now_us + min(CLAIMED_US, self.left_us))


class SaleBack(Struct, frozen=True, omit_defaults=True):
    """退回的: all that came back of a sale at any till; the value of the topic `returned`."""

    sale_id: UUID
    parts: tuple[PartBack, ...] = ()


class StockSaid(Struct, frozen=True):
    """兑换品库存: what all other tills of a store have put on a shelf; the value of `stock`."""

    units: int


class LotSaid(Struct, frozen=True, array_like=True):
    """A lot: how many points, and its last day."""

    id: UUID
    points: Whole
    expires_on: date | None


class HolderSaid(Struct, frozen=True, omit_defaults=True):
    """Who has the points of a sale now, masked: balance and lots in the whole chain.

    `expired`: so many that the sale earned are past their day and gone. `spent`: the lots that
    paid in it, in order of taking, with their last days.
    """

    id: UUID
    name: Words
    tier: Words
    points: int
    lots: tuple[LotSaid, ...] = ()
    expired: Whole = 0
    spent: tuple[LotSaid, ...] = ()


class SaleSaid(Struct, frozen=True, omit_defaults=True):
    """别台的单: a sale as the event of its till says it, and all that came back of it since."""

    id: UUID
    no: Words
    till_id: UUID
    store_name: Words
    till_no: Whole
    event: str
    is_void: bool = False
    parts: tuple[PartBack, ...] = ()
    holder: HolderSaid | None = None


def back_of(parts: tuple[PartBack, ...]) -> dict[int, int]:
    """How much of each line came back, or is about to."""
    back: dict[int, int] = {}
    for part in parts:
        back[part.no] = back.get(part.no, 0) + part.quantity_milli
    return back


def session_began_us(until_us: int) -> int:
    """When a session began that ends then."""
    return until_us - SESSION_US


def claim_of_void(sale_id: UUID) -> UUID:
    """The id of the claim of a whole sale for its void: there is only one."""
    return derived_id(sale_id, "void")


def claim_of_code(sale_id: UUID, code: str) -> UUID:
    """The id of the claim of a code for a sale: the same however often it is asked."""
    return derived_id(sale_id, "coupon", code)
