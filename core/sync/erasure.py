"""删除: a member is forgotten in the whole chain, for ever (sync.md 5).

What happened stays, with an id that says nothing of anybody; names, phones, cards and whatever
else was personal goes. The server seals what it has erased: a till that took it repeats it with
the seal, so that a server which was put back to a time before it erases it again, and nobody can
have a member erased by saying so.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from uuid import UUID

from msgspec import Struct

ERASED = "MemberErased"
"""The kind of the event by which a till says that it has erased a member, as it was told."""
ASKED = "ErasureAsked"
"""The kind of the event by which an office asks head office to erase one: nobody has sealed it."""
SEAL_KEY_BYTES, SEAL_BYTES = 32, 16


class Erasure(Struct, frozen=True):
    """A member is erased, by all ids that they were known as; `seal` is in hexadecimal."""

    members: tuple[UUID, ...]
    seal: str


class Wiped(Struct, frozen=True):
    """How many values were deleted: beside good events, beside what is kept apart, and read."""

    beside: int = 0
    apart: int = 0
    fields: int = 0


def seal_of(key: bytes, members: Collection[UUID]) -> str:
    """What only a server of this chain can make, and can tell again."""
    told = b"erased\0" + b"".join(sorted(each.bytes for each in members))
    return hmac.digest(key, told, "sha256")[:SEAL_BYTES].hex()


def is_sealed(key: bytes, erasure: Erasure) -> bool:
    """Whether a server of this chain has erased them."""
    return hmac.compare_digest(seal_of(key, erasure.members), erasure.seal)
