"""13, 14: pushing sales to a real server on PostgreSQL, against raw inserts of the same rows."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import psycopg
from msgspec.structs import replace

from benchmarks.pricing import shipped_rulebook
from benchmarks.shop_offers import TODAY, basket_of, offers_of
from benchmarks.timing import Row
from core.actions.enrol_till import make_enrolment, name_store
from core.actions.head_office import standing_now
from core.pricing.quote import quote
from core.pricing.record import pricing_record
from core.shop import HeadOffice
from core.sync.fact import Event
from core.sync.session import Joining
from core.values.moment import Moment
from server.program import opened_office
from tests.server.postgres import binaries, running
from tests.server.program import serving
from tests.server.tills import TillAtWork, as_json, push_of

OFFERS, HERE, LINES = 30, 12, 5
BATCH, BATCHES, SINGLE, WARM = 100, 12, 120, 20
MOMENT = Moment(1_795_501_920_000_000, TODAY)
_INSERT = (
    "INSERT INTO raw VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING"
)
Times = list[float]


def rows() -> list[Row]:
    """Nothing where there is no PostgreSQL."""
    programs = binaries()
    if programs is None:
        return []
    # As it is shipped: each commit waits for the disk.
    with running(programs, settings="") as postgres:
        batches, singles = _measured(postgres.fresh())
        behind, priced_us = _behind(postgres.fresh())
    many, many_ours = (statistics.median(times) / BATCH for times in batches)
    one, one_ours = (statistics.median(times) for times in singles)
    later, later_ours = (statistics.median(times) / BATCH for times in behind)
    work = f"push a sale, {LINES} lines, {OFFERS} offers, of {BATCH}"
    return [
        Row(13, work, many, many_ours, target=10),
        Row(13, "... where it is priced behind", later, later_ours, target=2),
        Row(13, "... until all are priced and read", later, priced_us, target=10),
        Row(14, "push one sale, acknowledged", one, one_ours, target=5),
    ]


def _measured(url: str) -> tuple[tuple[Times, Times], tuple[Times, Times]]:
    """Limit and ours, of batches and of single sales."""
    sales = sale_maker()
    with _server(url) as send, _raw(url) as insert:
        batches = _turns(send, insert, [[sales() for _ in range(BATCH)] for _ in range(BATCHES)])
        return batches, _turns(send, insert, [[sales()] for _ in range(SINGLE)])


def _behind(url: str) -> tuple[tuple[Times, Times], float]:
    """Limit and ours of batches, and how long each sale took until the last one was priced.

    The server is one that has priced before: whoever starts one waits for no sale.
    """
    sales = sale_maker()
    with (
        _server(url, "--price-behind") as send,
        _raw(url) as insert,
        opened_office(url, None) as office,
    ):
        send([sales() for _ in range(WARM)])
        _wait_for_duties(office)
        batches = [[sales() for _ in range(BATCH)] for _ in range(BATCHES)]
        begun = time.perf_counter_ns()
        times = _turns(send, insert, batches)
        _wait_for_duties(office)
        took_us = (time.perf_counter_ns() - begun) / 1000
    return times, (took_us - sum(times[0])) / (BATCH * BATCHES)


def _wait_for_duties(office: HeadOffice) -> None:
    while any(each.events for each in standing_now(office).duties):
        time.sleep(0.01)


def _turns(
    send: Callable[[list[Event]], object],
    insert: Callable[[list[Event]], object],
    batches: list[list[Event]],
) -> tuple[Times, Times]:
    """Microseconds, turn by turn; the first tenth warms up."""
    limit: Times = []
    ours: Times = []
    for events in batches:
        for call, times in ((insert, limit), (send, ours)):
            begun = time.perf_counter_ns()
            call(events)
            times.append((time.perf_counter_ns() - begun) / 1000)
    warm = len(batches) // 10
    return limit[warm:], ours[warm:]


TILL = TillAtWork(1)


def sale_maker() -> Callable[[], Event]:
    """Sales of one till."""
    body = sale_body()
    return lambda: TILL.make("SaleSettled", body)


def sale_body() -> dict[str, Any]:
    """A sale of five lines under thirty offers that hold."""
    whole = basket_of(())
    basket = replace(whole, lines=whole.lines[:LINES], member_id=None)
    book = replace(shipped_rulebook(), offers=offers_of(OFFERS, HERE))
    priced = quote(basket, None, book, MOMENT)
    told = {
        "quote_hash": priced.hash,
        "payable_fen": priced.payable_fen,
        "points": priced.points,
    }
    return pricing_record(basket, None, book, MOMENT) | told


@contextmanager
def _server(url: str, *words: str) -> Iterator[Callable[[list[Event]], object]]:
    with opened_office(url, None) as office:
        name_store(office, "S01", "中山路店")
        code = make_enrolment(office, "S01", 1)
    with serving(url, "--chain", "康源", "--log-level", "WARNING", *words) as server:
        server.ask("/v1/enroll", Joining(code, TILL.enrolment()))
        token = server.ask("/v1/session", TILL.hello())["token"]

        def send(events: list[Event]) -> None:
            answered = server.ask("/v1/events", as_json(push_of(*events)), token)
            assert {each["status"] for each in answered["answers"]} == {"accepted"}

        yield send
    with opened_office(url, None) as office, office.store.read() as reading:
        assert reading.cases.count_open() == 0


@contextmanager
def _raw(url: str) -> Iterator[Callable[[list[Event]], object]]:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE raw (LIKE events INCLUDING INDEXES)")
        places = count(1)

        def insert(events: list[Event]) -> None:
            with connection.transaction(), connection.cursor() as cursor:
                cursor.executemany(
                    _INSERT,
                    [
                        (
                            next(places),
                            *(e.id, e.till_id, e.incarnation, e.seq),
                            *(e.kind, e.prev, e.hash, e.data, 1),
                        )
                        for e in events
                    ],
                )

        yield insert
