"""旧版本的收银台: a till of another version, whose events this program never makes.

It sends sales as they were shipped before, kinds that only a later program knows, and now and then
an event that was damaged on its disk: none of them may be lost, none may block those behind it.
"""

from __future__ import annotations

import json
import random
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.simulate.chance import Fuse, SimDice, SimKeys, Sun
from benchmarks.simulate.network import Line, Network
from core.actions.enrol_till import make_enrolment
from core.errors import CopyFound, SessionOver
from core.sync.fact import GENESIS, Fact, Head, chain
from core.sync.session import Enrolment, Hello, Session, SignedHello, hello_text
from core.sync.wire import VERSION, EventSent, Push, sent_of
from core.values.canonical import canonical
from core.values.ident import uuid7

GOLDEN = Path(__file__).parents[2] / "tests" / "golden" / "events"
URL = ""
STORE = "S01"


@cache
def old_sales() -> tuple[dict[str, Any], ...]:
    """Bodies of sales that earlier programs made."""
    files = sorted(file for file in GOLDEN.glob("*.json") if ".quote." not in file.name)
    return tuple(json.loads(file.read_text("utf-8"))["body"] for file in files)


class _Made(Struct, frozen=True):
    incarnation: int
    sent: EventSent


class Stranger:
    """`sound` and `damaged` are all events that it ever made, by hash."""

    def __init__(self, sun: Sun, network: Network, seed: str, till_no: int) -> None:
        self._sun, fuse = sun, Fuse()
        self._dice = SimDice(f"{seed} stranger", fuse)
        self._keys = SimKeys(self._dice)
        self.line = Line(network, fuse)
        self.id = uuid7(sun.us, self._dice.roll(10))
        self._private_key = self._keys.make()
        self._nonce, self._next_nonce = self._dice.roll(16), self._dice.roll(16)
        self._head = Head(self.id, 1, 0, GENESIS)
        self._waiting: list[_Made] = []
        self._all: list[_Made] = []
        self._session: Session | None = None
        self.sound: list[EventSent] = []
        self.damaged: list[EventSent] = []
        self._join(network, till_no)

    def _join(self, network: Network, till_no: int) -> None:
        code = make_enrolment(network.server.office, STORE, till_no)
        key, nonce = self._keys.public_of(self._private_key).hex(), self._nonce.hex()
        self.line.enrol(URL, code, Enrolment(self.id, STORE, till_no, 1, key, nonce, "0.0.1"))

    def work(self, dice: random.Random) -> None:
        """Something happens at it, and it sends what it has."""
        for _ in range(dice.randint(1, 6)):
            self._make(dice)
        self.send(dice)

    def _make(self, dice: random.Random) -> None:
        rolled = dice.random()
        if rolled < 0.5:
            fact = ("SaleSettled", dice.choice(old_sales()))
        else:
            fact = ("DrawerSang", {"song": dice.randrange(1000), "later": {"known": [True]}})
        at = (self._sun.us, date(2026, 11, 24))
        event = chain(
            self._head, Fact(uuid7(self._sun.us, self._dice.roll(10)), fact[0], *at, fact[1])
        )
        self._head = Head(self.id, event.incarnation, event.seq, event.hash)
        sent = sent_of(event)
        if dice.random() < 0.1:
            sent = damaged(sent, dice)
            self.damaged.append(sent)
        else:
            self.sound.append(sent)
        self._all.append(_Made(event.incarnation, sent))
        self._waiting.append(self._all[-1])

    def send(self, dice: random.Random) -> None:
        """All that waits; what is not answered waits on."""
        self.line.dice = dice
        while self._waiting:
            first = self._waiting[0].incarnation
            batch = tuple(made.sent for made in self._waiting if made.incarnation == first)
            batch = batch[: dice.randint(1, 8)]
            try:
                session = self._session or self._begin()
                pushed = self.line.push(URL, session.token, Push(first, batch))
            except SessionOver:
                self._session = None
            except CopyFound as copy:
                self._head = Head(self.id, copy.next_one, 0, GENESIS)
            else:
                self._waiting = self._waiting[len(pushed.answers) :]

    def remember(self) -> None:
        """The server was put back: whatever it was sent goes again."""
        self._waiting, self._session = list(self._all), None

    def _begin(self) -> Session:
        hello = Hello(
            self.id,
            self._head.incarnation,
            self._head.seq,
            self._head.hash.hex(),
            self._nonce.hex(),
            self._next_nonce.hex(),
            self._sun.us,
            VERSION,
            "0.0.1",
        )
        text = hello_text(hello)
        signed = SignedHello(text, self._keys.sign(self._private_key, text.encode()).hex())
        self._session = self.line.begin(URL, signed)
        self._nonce, self._next_nonce = self._next_nonce, self._dice.roll(16)
        return self._session


def damaged(sent: EventSent, dice: random.Random) -> EventSent:
    """One digit of what was written is another; it still reads like an event."""
    record = json.loads(sent.data)
    record["at_us"] ^= 1 << dice.randrange(20)
    return replace(sent, data=canonical(record).decode())
