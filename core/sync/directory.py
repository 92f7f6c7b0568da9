"""会员名录: what the tills of a chain are told of its members (sync.md 4).

Of everybody the masked name, blind keys of cards and phones, tier and balance; of those who come
to the till's own store also the person. Health data is never among it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from core.sync.session import Whole, Words
from core.sync.terms import ReviewTold

MEMBER = "member"
"""The topic of the feed; what a change is about is the id of a member in hexadecimal."""
CHAIN_KEY_BYTES, KEY_BYTES = 32, 16
FULL_MONTHS = 24
"""A till holds in full who came to its own store within so many months."""
BlindKey = Annotated[str, Meta(pattern="^[0-9a-f]{32}(?![\\s\\S])")]
"""Of a card or a phone: finds who has it, and says nothing to whoever lacks the chain's key."""


class Blind(StrEnum):
    """What a key is made of: a card number as it is scanned, a phone in E.164."""

    CARD = "card"
    PHONE = "phone"


def blind_key(chain_key: bytes, blind: Blind, value: str) -> bytes:
    """The `KEY_BYTES` by which a till finds who has this card or phone."""
    told = f"{blind}\0{value}".encode()
    return hmac.digest(chain_key, told, "sha256")[:KEY_BYTES]


class LotHeld(Struct, frozen=True, array_like=True):
    """积分批次: what is left of a lot in the whole chain; `expires_on` None: never."""

    id: UUID
    left: Whole
    expires_on: date | None


class Person(Struct, frozen=True, omit_defaults=True):
    """会员资料: what a till of the member's own store has in full; the birthday as it is told.

    `profile`: what else is kept of them (`core.members.profile`); None where nobody said so.
    """

    name: Words
    phone: Words = ""
    card_no: Words = ""
    birthday: Words = ""
    joined_on: date | None = None
    is_withdrawn: bool = False
    profile: dict[str, Words] | None = None


class SaleCounted(Struct, frozen=True, array_like=True):
    """等级依据: what of a sale counts for a tier, less what was voided or came back."""

    sale_id: UUID
    on: date
    spend_fen: Whole
    payable_fen: Whole
    points: Whole


class MemberTold(Struct, frozen=True, omit_defaults=True):
    """How a member stands in the chain now; the value of the topic `member`.

    `known_as`: the ids of those who became this one. `frozen` is the reason, None where nobody
    froze them. Points: for anybody, and set aside for tills; `lots` hold all of them together.
    `through`: the events of the till that asks, of its present incarnation, are counted up to this
    number. `check` is that of `check_of`. `person`: only for a till of their own store.
    `is_erased`: nothing else is known, and nothing ever will be; a till that erases them says so
    with its `seal`. With `person` alone: `counted`, what they bought within the last `FULL_MONTHS`,
    at whatever till; `tier_until`, the last day of a tier that figures give; `review`, what became
    of it last at the end of a period.
    """

    id: UUID
    name: Words
    tier: Words
    through: Whole
    check: BlindKey
    known_as: tuple[UUID, ...] = ()
    cards: tuple[BlindKey, ...] = ()
    phones: tuple[BlindKey, ...] = ()
    frozen: Words | None = None
    card_until: date | None = None
    available: int = 0
    pending: Whole = 0
    leased: Whole = 0
    lots: tuple[LotHeld, ...] = ()
    person: Person | None = None
    is_erased: bool = False
    seal: Words = ""
    counted: tuple[SaleCounted, ...] = ()
    tier_until: date | None = None
    review: ReviewTold | None = None


class MembersFound(Struct, frozen=True):
    """Who has a card, or a phone: at least one."""

    members: tuple[MemberTold, ...]


def check_of(available: int, pending: int, leased: int, lots: Iterable[LotHeld]) -> str:
    """校验: the same on both sides where balance and lots are; in whatever order lots stand."""
    summed = 0
    for lot in lots:
        digest = hashlib.sha256(f"{lot.id.hex} {lot.left}".encode()).digest()
        summed = (summed + int.from_bytes(digest)) % (1 << 256)
    told = f"{available} {pending} {leased} {summed:064x}".encode()
    return hashlib.sha256(told).hexdigest()[: 2 * KEY_BYTES]
