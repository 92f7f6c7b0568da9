"""A till, its server, and the line between them, which fails as it is told: all in one process."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from benchmarks.simulate.places import said_at
from core.actions.begin_session import begin_session
from core.actions.enrol_till import enrol, look_at_code, make_enrolment, name_store
from core.actions.feed import page_behind
from core.actions.head_office import begin_serving, open_cases
from core.actions.receive import receive
from core.actions.set_aside import authorise, lease, leases_over, void
from core.actions.sync import begin, join_chain, send
from core.errors import ServerUnreachable
from core.ports.office import Alone
from core.shop import HeadOffice, Shop
from core.sync.fact import Event, Private
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
from core.sync.wire import EventSent, Push, Pushed, mark_of, sent_of
from server.shelf import Shelf
from storage.columns import Connection
from storage.machine import SystemDice
from storage.office.store import open_office
from storage.signatures import Ed25519
from tests.builders import Home, manager_of
from tests.server.kept import private_apart, private_of

URL = "http://127.0.0.1:1"
PROGRAM = "shuke test"
T = TypeVar("T")


class Crash(BaseException):
    """The till ends in the middle of what it does."""


class Line:
    """Implements `Central` by the actions of the server itself, through the bytes of the wire.

    `faults` are what happens to the next calls: "request" and "answer" are lost, "twice" it
    arrives twice, "crash" the till dies while the answer is on its way.
    """

    def __init__(self, office: HeadOffice) -> None:
        self.office = office
        self.shelf = Shelf(office)
        self.faults: list[str] = []
        self.pushes: list[Push] = []
        self.on_the_way: Callable[[], object] = lambda: None
        self.is_closed = False

    def ask(self, url: str, code: str) -> Invited:
        return self._call(lambda: look_at_code(self.office, code))

    def enrol(self, url: str, code: str, enrolment: Enrolment) -> Enrolled:
        told = _again(enrolment)
        return self._call(lambda: enrol(self.office, code, told))

    def begin(self, url: str, hello: SignedHello) -> Session:
        told = _again(hello)
        return self._call(lambda: begin_session(self.office, told))

    def look(self, url: str) -> None:
        self._call(lambda: None)

    def push(self, url: str, token: str, push: Push) -> Pushed:
        told = _again(push)
        self.pushes.append(told)
        return self._call(lambda: receive(self.office, token, told))

    def changes(self, url: str, token: str, cursor: str) -> Page:
        return _again(self._call(lambda: page_behind(self.office, token, cursor)))

    def authorise(self, url: str, token: str, asked: PointsAsked) -> SetAside:
        return self._call(lambda: authorise(self.office, token, _again(asked)))

    def void(self, url: str, token: str, voided: NotNeeded) -> SetAside:
        return self._call(lambda: void(self.office, token, _again(voided)))

    def lease(self, url: str, token: str, asked: LeasesAsked) -> LeasesGiven:
        return self._call(lambda: lease(self.office, token, _again(asked)))

    def leases_over(self, url: str, token: str, over: LeasesOver) -> LeasesGiven:
        return self._call(lambda: leases_over(self.office, token, _again(over)))

    def say(self, url: str, token: str, place: str, asked: Any, answers: type[T]) -> T:
        """By what the server does at this place."""
        do = said_at(place)
        told = None if asked is None else _again(asked)
        made = self._call(lambda: do(self.office, token, told))
        return msgspec.json.decode(msgspec.json.encode(made), type=answers)

    def snapshot(self, url: str, token: str) -> Manifest:
        return _again(self._call(lambda: self.shelf.begin(token)))

    def chunk(self, url: str, token: str, snapshot_id: UUID, n: int) -> bytes:
        return self._call(lambda: self.shelf.chunk(token, snapshot_id, n)[0])

    def close(self) -> None:
        self.is_closed = True

    def _call(self, do: Callable[[], T]) -> T:
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "request":
            raise ServerUnreachable("silent")
        if fault == "twice":
            do()
        answer = do()
        self.on_the_way()
        if fault == "answer":
            raise ServerUnreachable("cut")
        if fault == "crash":
            raise Crash
        return answer


def _again(value: T) -> T:
    """What arrives: other objects, of the same bytes."""
    return msgspec.json.decode(msgspec.json.encode(value), type=type(value))


def an_office(folder: Path, clock: Any) -> HeadOffice:
    """A head office of one chain with the store S01; close its store at the end."""
    store = open_office(f"sqlite:///{folder / 'office.db'}")
    office = HeadOffice(store, clock, SystemDice(), Ed25519(), Alone())
    begin_serving(office, "康宁连锁")
    name_store(office, "S01", "中山路店")
    return office


def join(shop: Shop, line: Line) -> Enrolled:
    """The till joins with a fresh code."""
    with shop.store.read() as reading:
        till_no = reading.till.till_no
    code = make_enrolment(line.office, "S01", till_no)
    words = {"url": URL, "code": code, "staff": manager_of(shop), "program": PROGRAM}
    return join_chain(shop, line, Ed25519(), **words)


def send_all(shop: Shop, line: Line, *, limit: int = 100) -> int:
    """Send until nothing waits; how many events went."""
    session, _ = begin(shop, line, Ed25519(), program=PROGRAM)
    sent = 0
    while (sending := send(shop, line, session, limit=limit)).waiting.count:
        sent += sending.sent
    return sent + sending.sent


def meet_a_copy(line: Line) -> None:
    """Somebody spoke to the server as this till: what it kept for the next session is spent."""
    with line.office.store.write() as tx:
        (till,) = tx.tills.all()
        branch = tx.branches.of(till.id)[-1]
        tx.branches.keep(replace(branch, nonce=b"x" * 16, token_digest=b""))


def copy_office(source: Path, target: Path) -> None:
    """The database of a server as it is now."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def events_of(shop: Shop) -> list[Event]:
    """Whatever the till has, in the order in which it was made."""
    store: Any = shop.store
    with store.reader() as connection:
        return [_event(connection, row) for row in connection.execute(_ALL).fetchall()]


_ALL = (
    "SELECT id, kind, till_id, incarnation, seq, prev, hash, data FROM events "
    "WHERE till_id = (SELECT id FROM till) ORDER BY n"
)


def _event(connection: Connection, row: tuple[Any, ...]) -> Event:
    ident, kind, till_id, *rest = row
    sql = "SELECT member_id, field, value, salt FROM private_values WHERE event_id = ? ORDER BY no"
    rows = connection.execute(sql, (ident,)).fetchall()
    private = tuple(Private(UUID(bytes=member), *values) for member, *values in rows)
    return Event(UUID(bytes=ident), kind, UUID(bytes=till_id), *rest, private)


def is_there(office: HeadOffice, event: Event) -> bool:
    """Whether the server has an event in its place, or apart with a case that tells of it.

    With the personal values beside it.
    """
    sent: EventSent = sent_of(event)
    with office.store.read() as reading:
        received = reading.received
        if received.hash_of(event.id) == event.hash:
            at_place = received.hash_at(event.till_id, event.incarnation, event.seq)
            return at_place == event.hash and private_of(office, event.id) == [*event.private]
        if not received.is_apart(mark_of(sent)) or private_apart(office, sent) != sent.private:
            return False
    return any(case.about == event.id.hex for case in open_cases(office))


def another_till(shop: Shop, till_id: UUID) -> None:
    """The same till becomes one that nobody has met."""
    with shop.store.write() as tx:
        tx.set_till(replace(tx.till, id=till_id))


def copied(shop: Shop, home: Home, folder: Path) -> Home:
    """The home of a till as it is now, on another machine: nobody there knows how far it came."""
    folder.mkdir()
    store: Any = shop.store
    store.copy_to(folder / "store.db")
    if (home.path / "store.key").exists():
        shutil.copy(home.path / "store.key", folder / "store.key")
    return Home(folder)
