"""网络: requests and answers as bytes between tills and server; what becomes of each is by chance.

A till that waits too long has given up: its request may still arrive, later than another one.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct

from benchmarks.simulate.chance import Fuse, Sun
from benchmarks.simulate.places import said_at
from benchmarks.simulate.server import Server
from core.actions.begin_session import begin_session
from core.actions.enrol_till import enrol, look_at_code
from core.actions.feed import page_behind
from core.actions.receive import receive
from core.actions.set_aside import authorise, lease, leases_over, void
from core.errors import ServerUnreachable, Shortfall
from core.shop import HeadOffice
from core.sync.feed import Page
from core.sync.session import Enrolled, Enrolment, Invited, Session, SignedHello
from core.sync.snapshot import Manifest
from core.sync.spending import (
    LeasesAsked,
    LeasesGiven,
    LeasesOver,
    NotNeeded,
    PointsAsked,
    SetAside,
)
from core.sync.wire import Push, Pushed, mark_of, texts_of, whole_of
from server.shelf import Shelf

T = TypeVar("T")
LATEST_S = 1800


class Weather(Struct):
    """How many of a hundred requests have this fate."""

    lost: int = 0
    unanswered: int = 0
    doubled: int = 0
    late: int = 0


CALM = Weather()


class _Late(Struct):
    due_us: int
    order: float
    call: Callable[[HeadOffice], object]


class Network:
    """All lines; `told` is what any till was told that the server has, by hash, with its mark."""

    def __init__(self, server: Server, sun: Sun) -> None:
        self.server = server
        self._sun = sun
        self.weather = CALM
        self.fates: Counter[str] = Counter()
        self.told: dict[bytes, bytes] = {}
        self._late: list[_Late] = []
        self._shelf: Shelf | None = None

    def shelf_of(self, office: HeadOffice) -> Shelf:
        """A server that was started again has none of the snapshots of before."""
        if self._shelf is None or self._shelf.office is not office:
            if self._shelf is not None:
                self._shelf.close()
            self._shelf = Shelf(office)
        return self._shelf

    def carry(self, dice: random.Random, fuse: Fuse, what: Callable[[HeadOffice], T]) -> T:
        """One request and its answer; raises ServerUnreachable, and what the server refuses."""
        fuse.burn()
        fate = self._fate(dice)
        if fate:
            self.fates[fate] += 1
        if fate == "lost":
            raise ServerUnreachable("silent")
        if fate == "late":
            due_us = self._sun.us + dice.randint(1, LATEST_S) * 1_000_000
            self._late.append(_Late(due_us, dice.random(), what))
            raise ServerUnreachable("silent")
        if fate == "doubled":
            self._deliver(what)
        answer = self.server.ask(what)
        if fate == "unanswered":
            raise ServerUnreachable("cut")
        fuse.burn()
        return again(answer)

    def _fate(self, dice: random.Random) -> str:
        rolled = dice.randrange(100)
        for fate, share in msgspec.structs.asdict(self.weather).items():
            rolled -= share
            if rolled < 0:
                return str(fate)
        return ""

    def deliver_late(self, *, all_of_them: bool = False) -> None:
        """What was on its way so long arrives, each when it does, and is answered to nobody."""
        due = [each for each in self._late if all_of_them or each.due_us <= self._sun.us]
        self._late = [each for each in self._late if each not in due]
        for each in sorted(due, key=lambda one: one.order):
            self._deliver(each.call)

    def _deliver(self, what: Callable[[HeadOffice], object]) -> None:
        try:
            self.server.ask(what)
        except Shortfall as refused:
            self.fates[f"late or doubled, and {type(refused).__name__}"] += 1

    def believe(self, push: Push, pushed: Pushed) -> None:
        """A till knows from now on that the server has these."""
        for sent, text in zip(push.events, texts_of(push), strict=True):
            if sent.seq <= pushed.durable_through:
                self.told[bytes.fromhex(sent.hash)] = mark_of(whole_of(sent, text))


class Line:
    """Implements `core.ports.central.Central` for one machine; `dice` are those of this moment."""

    def __init__(self, network: Network, fuse: Fuse) -> None:
        self._network, self._fuse = network, fuse
        self.dice = random.Random(0)
        self.is_cut = False

    def ask(self, url: str, code: str) -> Invited:
        """By the action of the server."""
        return self._carry(lambda office: look_at_code(office, code))

    def enrol(self, url: str, code: str, enrolment: Enrolment) -> Enrolled:
        """By the action of the server."""
        told = again(enrolment)
        return self._carry(lambda office: enrol(office, code, told))

    def begin(self, url: str, hello: SignedHello) -> Session:
        """By the action of the server."""
        told = again(hello)
        return self._carry(lambda office: begin_session(office, told))

    def look(self, url: str) -> None:
        """Whether it is there."""
        self._carry(lambda _: None)

    def push(self, url: str, token: str, push: Push) -> Pushed:
        """By the action of the server."""
        told = again(push)
        pushed = self._carry(lambda office: receive(office, token, told))
        self._network.believe(push, pushed)
        return pushed

    def changes(self, url: str, token: str, cursor: str) -> Page:
        """By the action of the server."""
        return self._carry(lambda office: page_behind(office, token, cursor))

    def authorise(self, url: str, token: str, asked: PointsAsked) -> SetAside:
        """By the action of the server."""
        told = again(asked)
        return self._carry(lambda office: authorise(office, token, told))

    def void(self, url: str, token: str, voided: NotNeeded) -> SetAside:
        """By the action of the server."""
        told = again(voided)
        return self._carry(lambda office: void(office, token, told))

    def lease(self, url: str, token: str, asked: LeasesAsked) -> LeasesGiven:
        """By the action of the server."""
        told = again(asked)
        return self._carry(lambda office: lease(office, token, told))

    def leases_over(self, url: str, token: str, over: LeasesOver) -> LeasesGiven:
        """By the action of the server."""
        told = again(over)
        return self._carry(lambda office: leases_over(office, token, told))

    def say(self, url: str, token: str, place: str, asked: Struct | None, answers: type[T]) -> T:
        """By what the route of this place does."""
        do, told = said_at(place), again(asked)
        made = self._carry(lambda office: do(office, token, told))
        assert isinstance(made, answers)
        return made

    def snapshot(self, url: str, token: str) -> Manifest:
        """From the shelf of the server as it runs now."""
        return again(self._carry(lambda office: self._network.shelf_of(office).begin(token)))

    def chunk(self, url: str, token: str, snapshot_id: UUID, n: int) -> bytes:
        """From the same shelf."""
        shelf_of = self._network.shelf_of
        return self._carry(lambda office: shelf_of(office).chunk(token, snapshot_id, n)[0])

    def close(self) -> None:
        """Nothing is held."""

    def _carry(self, what: Callable[[HeadOffice], T]) -> T:
        if self.is_cut:
            self._network.fates["cut off"] += 1
            raise ServerUnreachable("nowhere")
        return self._network.carry(self.dice, self._fuse, what)


def again(value: T) -> T:
    """What arrives: other objects, of the same bytes."""
    if value is None:
        return value
    return msgspec.json.decode(msgspec.json.encode(value), type=type(value))
