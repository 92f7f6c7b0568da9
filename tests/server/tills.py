"""Tills that speak to the server: keys, nonces and a chain of events, as a real one has them."""

from __future__ import annotations

import os
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from core.actions.begin_session import begin_session
from core.actions.enrol_till import enrol, make_enrolment
from core.actions.receive import receive
from core.pricing.quote import quote
from core.pricing.record import pricing_record
from core.shop import HeadOffice
from core.sync import wire
from core.sync.fact import GENESIS, Event, Fact, Head, Private, chain
from core.sync.session import Enrolment, Hello, Session, SignedHello, hello_text
from core.sync.wire import VERSION, EventSent, Push, Pushed, sent_of
from core.values.ident import uuid7
from storage.signatures import Ed25519
from tests.core.pricing.examples import NOW, PHARMACY, basket, product

TODAY = date(2026, 11, 24)
NOW_US = 1_795_500_000_000_000
KEYS = Ed25519()
_places = count(1)


class Clock:
    """Goes on only when it is told to."""

    def __init__(self) -> None:
        self.us = NOW_US

    def now_us(self) -> int:
        return self.us

    steady_us = now_us

    def wait_s(self, seconds: int) -> None:
        self.us += seconds * 1_000_000


def new_id() -> UUID:
    return uuid7(NOW_US, os.urandom(10))


def free_place() -> int:
    """A number of a till that no other test has taken."""
    return next(_places)


class TillAtWork:
    """A till with its chain; `events` is all that it ever made."""

    def __init__(self, no: int | None = None, *, store: str = "S01") -> None:
        self.id, self.no, self.store = new_id(), no or free_place(), store
        self.incarnation = 1
        self.private_key = KEYS.make()
        self.nonce, self.next_nonce = os.urandom(16), os.urandom(16)
        self.events: list[Event] = []
        self._head = Head(self.id, 1, 0, GENESIS)

    def enrolment(self, **other: Any) -> Enrolment:
        public_key = KEYS.public_of(self.private_key).hex()
        made = Enrolment(self.id, self.store, self.no, 1, public_key, self.nonce.hex(), "0.1")
        return replace(made, **other)

    def join(self, office: HeadOffice) -> TillAtWork:
        enrol(office, make_enrolment(office, self.store, self.no), self.enrolment())
        return self

    def hello(self, **other: Any) -> SignedHello:
        """Signed as it is, whatever of it is another."""
        hello = Hello(
            self.id,
            self.incarnation,
            self._head.seq,
            self._head.hash.hex(),
            self.nonce.hex(),
            self.next_nonce.hex(),
            NOW_US,
            VERSION,
            "0.1",
        )
        return self.signed(hello_text(replace(hello, **other)))

    def signed(self, text: str) -> SignedHello:
        """Whatever it says."""
        return SignedHello(text, KEYS.sign(self.private_key, text.encode()).hex())

    def turn(self) -> None:
        """The answer came: the next session spends the next nonce."""
        self.nonce, self.next_nonce = self.next_nonce, os.urandom(16)

    def begin(self, office: HeadOffice) -> Session:
        session = begin_session(office, self.hello())
        self.turn()
        return session

    def begin_anew(self, incarnation: int) -> None:
        """Another chain, from one on."""
        self.incarnation = incarnation
        self._head = Head(self.id, incarnation, 0, GENESIS)

    def go_back_to(self, event: Event) -> None:
        """As a copy that was made then: it goes on from there."""
        self._head = Head(self.id, event.incarnation, event.seq, event.hash)

    def make(self, kind: str, body: dict[str, Any], *private: Private) -> Event:
        return self.make_at(kind, body, TODAY, NOW_US, *private)

    def make_at(
        self, kind: str, body: dict[str, Any], on: date, at_us: int, *private: Private
    ) -> Event:
        """On another day."""
        event = chain(self._head, Fact(new_id(), kind, at_us, on, body, private))
        self._head = Head(self.id, self.incarnation, event.seq, event.hash)
        self.events.append(event)
        return event

    def note(self, what: str = "") -> Event:
        """Something small that happened."""
        return self.make("DrawerOpened", {"reason": what})

    def sell(self, **other: Any) -> Event:
        """A sale of two lines; `other` are facts of it that are not what pricing gives."""
        goods = basket((product("a", 39_00), "2"), product("b", 9_99))
        priced = quote(goods, None, PHARMACY, NOW)
        body = pricing_record(goods, None, PHARMACY, NOW)
        told = {
            "quote_hash": priced.hash,
            "payable_fen": priced.payable_fen,
            "points": priced.points,
        }
        return self.make("SaleSettled", body | told | other)

    def join_member(self) -> tuple[Event, Private]:
        """Somebody's phone beside an event."""
        private = Private(new_id(), "phone", "+8613812345678", os.urandom(16))
        body = {"member": private.member_id, "tier": "normal", "staff_no": 1, "consent": 1}
        return self.make("MemberJoined", body, private), private


def push_of(*events: Event) -> Push:
    return wire.push_of(events)


def sent(office: HeadOffice, session: Session, *events: Event | EventSent) -> Pushed:
    """What the server answers, with nothing in between."""
    made = tuple(sent_of(each) if isinstance(each, Event) else each for each in events)
    return receive(office, session.token, Push(session.incarnation, made))


def said(pushed: Pushed) -> list[str]:
    """Of each event in one word, with its reason."""
    return [f"{each.status.value} {each.reason}".strip() for each in pushed.answers]


def as_json(value: object) -> bytes:
    return msgspec.json.encode(value)
