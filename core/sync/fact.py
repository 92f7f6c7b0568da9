"""事实: immutable records of what happened, chained by hash (sync.md 2).

`hash = SHA-256(prev || canonical bytes)`. Personal values never enter the hashed bytes: a fact
carries member id, field name and a salted digest; value and salt stand beside it and can be
deleted while the chain still verifies.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct

from core.values.canonical import canonical

GENESIS = bytes(32)
RECORD = 1
"""The version of what is hashed: it grows where an older reader would misread a record."""
SALT_BYTES = 16


class Private(Struct, frozen=True):
    """A personal value beside a fact: `digest` of it is inside, value and salt are not."""

    member_id: UUID
    field: str
    value: str
    salt: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of salt and value in hexadecimal."""
        return hashlib.sha256(self.salt + self.value.encode()).hexdigest()


class Fact(Struct, frozen=True):
    """What happened: `kind` past tense ("SaleSettled"), `body` plain JSON values without floats."""

    id: UUID
    kind: str
    at_us: int
    business_on: date
    body: dict[str, Any]
    private: tuple[Private, ...] = ()


class Head(Struct, frozen=True):
    """Where the chain of a till stands: the last number and hash of this incarnation."""

    till_id: UUID
    incarnation: int
    seq: int
    hash: bytes


class Event(Struct, frozen=True):
    """A fact with its place in the chain; `data` are the canonical bytes that were hashed."""

    id: UUID
    kind: str
    till_id: UUID
    incarnation: int
    seq: int
    prev: bytes
    hash: bytes
    data: bytes
    private: tuple[Private, ...] = ()


def chain(head: Head, fact: Fact) -> Event:
    """The fact as the next event of a till."""
    seq = head.seq + 1
    record: dict[str, Any] = {
        "v": RECORD,
        "id": fact.id,
        "kind": fact.kind,
        "till": head.till_id,
        "incarnation": head.incarnation,
        "seq": seq,
        "at_us": fact.at_us,
        "business_on": fact.business_on,
        "body": fact.body,
    }
    if fact.private:
        record["private"] = [[p.member_id.hex, p.field, p.digest] for p in fact.private]
    data = canonical(record)
    return Event(
        id=fact.id,
        kind=fact.kind,
        till_id=head.till_id,
        incarnation=head.incarnation,
        seq=seq,
        prev=head.hash,
        hash=hashlib.sha256(head.hash + data).digest(),
        data=data,
        private=fact.private,
    )


def is_linked(event: Event) -> bool:
    """Whether an event's hash follows from its bytes and its predecessor."""
    return event.hash == hashlib.sha256(event.prev + event.data).digest()
