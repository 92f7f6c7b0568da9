"""19: the tills of a chain come back after a day offline, all at once; who spends points waits not.

Real events over real HTTP to a real server on PostgreSQL; each store has an address of its own, as
it has in life. What a till does for itself (signing, pressing) is done beforehand: there it is
done by hundreds of machines.
"""

from __future__ import annotations

import asyncio
import gzip
import os
import time
from itertools import count
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from benchmarks.pricing import shipped_rulebook
from benchmarks.pushing import HERE, LINES, MOMENT, OFFERS
from benchmarks.shop_offers import TODAY, basket_of, offers_of
from benchmarks.timing import Row
from core.actions.begin_session import begin_session
from core.actions.enrol_till import enrol, make_enrolment, name_store
from core.actions.read_events import reading
from core.actions.receive import receive
from core.pricing.quote import quote
from core.pricing.record import pricing_record
from core.shop import HeadOffice
from core.sync.pace import ROLL_BYTES, asked_ms
from core.sync.session import SignedHello
from core.sync.spending import PointsAsked
from core.sync.wire import USUAL_EVENTS
from server.program import opened_office
from tests.server.postgres import binaries, running
from tests.server.program import serving
from tests.server.speech import LAST_DAY, imports
from tests.server.tills import TillAtWork, as_json, new_id, push_of

IN_A_STORE = 4
MEMBERS, POINTS = 1000, 100_000
ASKERS, PAUSE_S = 4, 0.1
LONGEST_S = 300
OK, BUSY = 200, (429, 503)


class Sent(Struct, frozen=True):
    """What a till has to say, made beforehand: where from, its hello, its pushes."""

    address: str
    hello: SignedHello
    pushes: tuple[bytes, ...]
    last: int


def rows(tills: int, sales: int) -> list[Row]:
    """Nothing where there is no PostgreSQL."""
    programs = binaries()
    if programs is None:
        return []
    with running(programs, settings="") as postgres:
        took_s, waits_us, read_s = _drained(postgres.fresh(), tills, sales)
    waits_us.sort()
    tail = waits_us[len(waits_us) * 99 // 100]
    work = f"{tills} tills of {sales} sales come back at once"
    return [
        Row(19, work, LONGEST_S, took_s, target=1, unit="s"),
        Row(19, "... until all are read", LONGEST_S, read_s, target=1, unit="s"),
        Row(19, f"... p99 of {len(waits_us)} redemptions beside", 1e6, tail, target=1),
    ]


def _drained(url: str, tills: int, sales: int) -> tuple[float, list[float], float]:
    with opened_office(url, None) as office:
        members = _members(office)
        made = [_sent(office, no, sales, members) for no in range(tills)]
        askers = [_session(office, tills + no) for no in range(ASKERS)]
    with serving(url, "--chain", "康源", "--log-level", "ERROR") as server:
        port = int(server.client.base_url.port or 0)
        began = time.monotonic()
        took_s, waits_us = asyncio.run(_all(port, made, askers, members))
        with opened_office(url, None) as office, office.store.read() as reading:
            expected = sum(each.last for each in made)
            assert reading.received.count() >= expected, "something is missing"
            assert reading.cases.count_open() == 0
            while any(behind for behind in _behind(office)):
                time.sleep(0.1)
        return took_s, waits_us, time.monotonic() - began


def _behind(office: HeadOffice) -> list[int]:
    with office.store.read() as reading:
        return [reading.received.behind(pos)[0] for pos in reading.duties.all().values()]


def _members(office: HeadOffice) -> list[UUID]:
    """Members with points, whom a till of another day brought in."""
    name_store(office, "S01", "总店")
    till = TillAtWork().join(office)
    session, members = till.begin(office), list[UUID]()
    for _ in range(MEMBERS // USUAL_EVENTS):
        members += imports(till, *[POINTS] * USUAL_EVENTS)[1]
    receive(office, session.token, push_of(*till.events))
    duty = reading()
    while duty.step(office).is_more:
        pass
    return members


def _session(office: HeadOffice, no: int) -> str:
    """The token of a till that was never away."""
    return begin_session(office, _joined(office, no).hello()).token


def _joined(office: HeadOffice, no: int) -> TillAtWork:
    store = f"D{no // IN_A_STORE:03d}"
    name_store(office, store, f"{store}店")
    till = TillAtWork(no % IN_A_STORE + 1)
    code = make_enrolment(office, store, till.no)
    enrol(office, code, till.enrolment(store_code=store))
    return till


def _sent(office: HeadOffice, no: int, sales: int, members: list[UUID]) -> Sent:
    till, book = _joined(office, no), replace(shipped_rulebook(), offers=offers_of(OFFERS, HERE))
    whole = basket_of(())
    for at in range(sales):
        member = members[(no * sales + at) % len(members)] if at % 2 else None
        basket = replace(whole, sale_id=new_id(), lines=whole.lines[:LINES], member_id=member)
        priced = quote(basket, None, book, MOMENT)
        told = {
            "quote_hash": priced.hash,
            "payable_fen": priced.payable_fen,
            "points": priced.points,
            "lot": {"id": new_id(), "expires_on": LAST_DAY} if priced.points else None,
        }
        till.make("SaleSettled", pricing_record(basket, None, book, MOMENT) | told)
    pushes = (till.events[at : at + USUAL_EVENTS] for at in range(0, sales, USUAL_EVENTS))
    pressed = tuple(gzip.compress(as_json(push_of(*each)), 6) for each in pushes)
    address = f"127.1.{no // IN_A_STORE // 250}.{no // IN_A_STORE % 250 + 1}"
    return Sent(address, till.hello(), pressed, till.events[-1].seq)


async def _all(
    port: int, made: list[Sent], tokens: list[str], members: list[UUID]
) -> tuple[float, list[float]]:
    """Seconds until the last till is done, and what each redemption took beside."""
    began, waits_us = time.monotonic(), list[float]()
    asking = [
        asyncio.create_task(_spend(port, token, members[no::ASKERS], waits_us))
        for no, token in enumerate(tokens)
    ]
    await asyncio.gather(*(_come_back(port, each) for each in made))
    took_s = time.monotonic() - began
    for each in asking:
        each.cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    return took_s, waits_us


async def _come_back(port: int, sent: Sent) -> None:
    begun = await _patiently(port, sent, "/v1/session", as_json(sent.hello))
    token, through = str(begun["token"]), 0
    for push in sent.pushes:
        pushed = await _patiently(port, sent, "/v1/events", push, token)
        through = pushed["durable_through"]
    assert through == sent.last


async def _patiently(
    port: int, sent: Sent, path: str, body: bytes, token: str = ""
) -> dict[str, Any]:
    """As a till does: it comes again when it is told to."""
    while True:
        code, wait_s, answer = await _ask(port, path, body, token, sent.address)
        if code == OK:
            told: dict[str, Any] = msgspec.json.decode(answer)
            return told
        assert code in BUSY, answer
        await asyncio.sleep(asked_ms(wait_s, os.urandom(ROLL_BYTES)) / 1000)


async def _spend(port: int, token: str, members: list[UUID], waits_us: list[float]) -> None:
    for no in count():
        asked = PointsAsked(new_id(), members[no * 7 % len(members)], 1, TODAY)
        began = time.perf_counter_ns()
        code, _, answer = await _ask(port, "/v1/redemptions", as_json(asked), token, "127.0.0.1")
        assert code == OK, answer
        waits_us.append((time.perf_counter_ns() - began) / 1000)
        await asyncio.sleep(PAUSE_S)


async def _ask(
    port: int, path: str, body: bytes, token: str, address: str
) -> tuple[int, int, bytes]:
    """Status, `Retry-After`, body."""
    packed = "gzip" if body[:2] == b"\x1f\x8b" else "identity"
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Authorization: Bearer {token}\r\nContent-Encoding: {packed}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    try:
        writer.write(head.encode() + body)
        await writer.drain()
        answered, _, told = (await reader.read(-1)).partition(b"\r\n\r\n")
    finally:
        writer.close()
    status, *lines = answered.decode("latin-1").lower().split("\r\n")
    said = dict(line.split(": ", 1) for line in lines)
    return int(status.split()[1]), int(said.get("retry-after", "30")), told
