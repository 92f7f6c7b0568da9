"""上传: how events and answers are spelt on the wire (sync.md 4).

An event travels as the very bytes that were hashed, with its two hashes and with the personal
values beside them: everything else about it is inside. From version 2 on the rulebooks of its sales
are said once in a push (`core.sync.lean`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.errors import BadEvent, BadRecord, TooMuchSent
from core.sync.fact import RECORD, Event, Private, is_linked
from core.sync.lean import as_written, rulebook_in, spelt, with_rulebook, without_rulebook
from core.sync.session import Told, Whole, Words
from core.values.canonical import canonical
from core.values.fields import Fields

VERSION = 2
OLDEST = max(1, VERSION - 2)
"""Whoever speaks an older one still leaves its events here: that is understood for ever."""
LEAN = 2
"""From this version on rulebooks may be left out of sales."""
USUAL_EVENTS, MOST_EVENTS = 100, 500
MOST_BYTES = 1 << 20
"""Of the events of one push, before they are compressed; one alone may be larger."""


def spoken_with(version: int) -> int:
    """What is spoken with who speaks this version: a newer one knows ours, too."""
    return min(max(version, OLDEST), VERSION)


class PrivateSent(Struct, frozen=True, array_like=True):
    """A personal value beside an event; `member` and `salt` in hexadecimal."""

    member: str
    field: str
    value: str
    salt: str


class EventSent(Struct, frozen=True, omit_defaults=True):
    """An event: its place, its canonical bytes as the text that they are, hashes in hexadecimal.

    `rulebook`: which of the push is left out of the text.
    """

    seq: int
    data: str
    prev: str
    hash: str
    private: tuple[PrivateSent, ...] = ()
    rulebook: int | None = None


class Push(Struct, frozen=True, omit_defaults=True):
    """Events of one incarnation of a till in the order of its chain.

    They follow what was `told`; without any it asks how far the server has it, if it has that.
    `rulebooks` are those that were left out of the texts.
    """

    incarnation: Whole
    events: tuple[EventSent, ...]
    told: Told | None = None
    rulebooks: tuple[str, ...] = ()


ID_SIGNS = 32
"""An id is so long in an event."""
FORK = "fork"
"""Why an event is kept apart where another one has its place, or its id."""
FUTURE = "future"
"""Why one is kept apart that a later program has made: nobody here knows what it says."""


class Status(StrEnum):
    """收下了 · 早就有了 · 收下了，等人看: none of them is ever sent again.

    OTHER is what only a later server says: how far it has all tells whether it has this one.
    """

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    OTHER = "other"

    @classmethod
    def _missing_(cls, value: object) -> Status:
        return cls.OTHER


class Answer(Struct, frozen=True, omit_defaults=True):
    """What became of one event; `reason` says why it is quarantined."""

    status: Status
    reason: Words = ""


class Pushed(Struct, frozen=True, omit_defaults=True):
    """The answers in the order of the events.

    All events of `incarnation` up to `durable_through` are kept for good. `next_one` is that with
    which the till goes on where they are a fork of its own.
    """

    answers: tuple[Answer, ...]
    incarnation: Whole
    durable_through: Whole
    next_one: Whole = 0


def sent_of(event: Event) -> EventSent:
    """An event as it is sent, whole."""
    return _sent(event, event.data, None)


def push_of(events: Sequence[Event], told: Told | None = None, *, version: int = VERSION) -> Push:
    """At least one event of one incarnation, for who speaks this version."""
    rulebooks: dict[bytes, int] = {}
    is_lean = version >= LEAN and len(events) > 1
    sent = tuple(_lean(each, rulebooks) if is_lean else sent_of(each) for each in events)
    return Push(events[0].incarnation, sent, told, tuple(map(bytes.decode, rulebooks)))


def _lean(event: Event, rulebooks: dict[bytes, int]) -> EventSent:
    """Its rulebook is one of these from now on."""
    found = rulebook_in(event.data)
    if found is None:
        return sent_of(event)
    no = rulebooks.setdefault(found[1], len(rulebooks))
    return _sent(event, without_rulebook(event.data, *found), no)


def _sent(event: Event, data: bytes, rulebook: int | None) -> EventSent:
    return EventSent(
        event.seq,
        data.decode(),
        event.prev.hex(),
        event.hash.hex(),
        tuple(
            PrivateSent(each.member_id.hex, each.field, each.value, each.salt.hex())
            for each in event.private
        ),
        rulebook,
    )


def texts_of(push: Push) -> list[bytes]:
    """What its events say, whole and in bytes; raises TooMuchSent.

    One event alone is not too large here: it would block those behind it. Nor is a rulebook that
    nobody sent: its event is none that fits its hash.
    """
    events = push.events
    rulebooks = dict(enumerate(each.encode() for each in push.rulebooks))
    left_out = [
        b"" if each.rulebook is None else rulebooks.get(each.rulebook, b"") for each in events
    ]
    texts = [sent.data.encode() for sent in events]
    size = sum(map(len, texts)) + sum(map(len, left_out))
    if len(events) > MOST_EVENTS or (len(events) > 1 and size > MOST_BYTES):
        raise TooMuchSent(MOST_EVENTS, MOST_BYTES)
    return [
        with_rulebook(text, rulebook) if rulebook else text
        for text, rulebook in zip(texts, left_out, strict=True)
    ]


def whole_of(sent: EventSent, text: bytes) -> EventSent:
    """The same as if it had been sent whole."""
    return replace(sent, data=text.decode(), rulebook=None)


def event_of(sent: EventSent, incarnation: int, text: bytes | None = None) -> Event:
    """The event that was sent for this incarnation; raises BadEvent where it contradicts itself.

    Personal values may be missing, as those of a member who was erased are: none may be another
    than its digest says. `text` is what it says in bytes, where somebody has made them before.
    """
    data = sent.data.encode() if text is None else text
    record = _record_of(data)
    fields = Fields(record)
    if type(version := record.get("v")) is int and version > RECORD:
        raise BadEvent(FUTURE)
    try:
        fields.whole("v", least=1)
        event = Event(
            id=fields.id("id"),
            kind=fields.text("kind", least=1),
            till_id=fields.id("till"),
            incarnation=fields.whole("incarnation", least=1),
            seq=fields.whole("seq", least=1),
            prev=_bytes_of(sent.prev),
            hash=_bytes_of(sent.hash),
            data=data,
            private=tuple(map(_private_of, sent.private)),
        )
        fields.whole("at_us")
        fields.day("business_on")
        fields.inner("body")
    except BadRecord as bad:
        raise BadEvent(f"record {bad.path}") from bad
    if (event.incarnation, event.seq) != (incarnation, sent.seq):
        raise BadEvent("place")
    if not is_linked(event):
        raise BadEvent("hash")
    _check_private(event, record.get("private", []))
    return event


def glimpse(data: bytes, name: str) -> UUID | None:
    """An id that an event seems to have, before anybody has read it: its last field so named.

    The names of a record are in order, and its body is before those of its ids.
    """
    mark = b'"%b":"' % name.encode()
    at = data.rfind(mark) + len(mark)
    try:
        return UUID(data[at : at + ID_SIGNS].decode())
    except ValueError:
        return None


def told_of(event: Event) -> Told:
    """What a till says of the last event that it was told is kept."""
    sent = sent_of(event)
    return Told(event.seq, sent.hash, mark_of(sent).hex())


def mark_of(sent: EventSent) -> bytes:
    """What tells one event that cannot be read from another."""
    return hashlib.sha256(canonical([sent.data, sent.prev, sent.hash])).digest()


def _record_of(data: bytes) -> dict[str, Any]:
    """What an event says, but for a rulebook in it; most are canonical, which is seen at once."""
    with suppress(ValueError, TypeError, KeyError, OverflowError, RecursionError):
        found = rulebook_in(data)
        text = data if found is None else without_rulebook(data, *found)
        record = as_written(text)
        if isinstance(record, dict) and spelt(record) == text:
            return record
    return _record_read(data)


def _record_read(data: bytes) -> dict[str, Any]:
    """What is canonical, and what is not: decided by who writes it."""
    try:
        record = json.loads(data)
        is_canonical = isinstance(record, dict) and canonical(record) == data
    except (ValueError, TypeError, RecursionError) as error:
        raise BadEvent("spelling") from error
    if not is_canonical or not isinstance(record, dict):
        raise BadEvent("spelling")
    return record


def _bytes_of(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise BadEvent("hash") from error


def _private_of(sent: PrivateSent) -> Private:
    try:
        if "\0" in sent.field + sent.value:
            raise ValueError("no store of text keeps this sign")
        return Private(UUID(sent.member), sent.field, sent.value, bytes.fromhex(sent.salt))
    except ValueError as error:
        raise BadEvent("private") from error


def _check_private(event: Event, digests: object) -> None:
    told = [[each.member_id.hex, each.field, each.digest] for each in event.private]
    if not isinstance(digests, list) or any(each not in digests for each in told):
        raise BadEvent("private")
