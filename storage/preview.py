"""预演: recorded sales priced anew under a draft rulebook, by several processes at once.

This process reads the events in short looks, so that the till beside it never waits; the others
parse and price. They know no store and no key. Nothing is written anywhere.
"""

from __future__ import annotations

import gc
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import lru_cache, partial
from itertools import chain, islice
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import BadDates, BadRecord, SaleBroken
from core.points.liability import PointsRate
from core.rulebook.parse import record_of, rulebook_of
from core.rulebook.rulebook import Rulebook
from core.sales.preview import MOST_CHANGED, LineBack, Preview, Recorded, Repriced, repriced
from core.sync.lean import with_rulebook
from core.values.canonical import canonical
from storage.columns import Connection
from storage.second_process import follow, give_way, undisturbed

if TYPE_CHECKING:  # the store makes one of these when it is asked
    from storage.store import TillStore

AT_ONCE = 64
WAITING = 4  # parts for each process: it never has to wait for the next one
MOST_PROCESSES = 4
# What is less is priced before another process would have started.
WORTH_A_PROCESS = 500

OnProgress = Callable[[int, int], None]
# What came back of the sales, by the numbers of their events; those of others are below zero.
Wanted = dict[int, tuple[LineBack, ...]]
_LEFT = (
    "SELECT 1 FROM sale_lines WHERE sale_lines.sale_id = sales.id AND quantity_milli > "
    "(SELECT coalesce(sum(return_lines.quantity_milli), 0) FROM returns "
    "JOIN return_lines ON return_lines.return_id = returns.id "
    "WHERE returns.sale_id = sales.id AND return_lines.no = sale_lines.no)"
)
_SALES = (
    "SELECT {n}, sales.id, sales.business_on, voids.n IS NOT NULL, "  # noqa: S608  (constants)
    f"EXISTS (SELECT 1 FROM returns WHERE sale_id = sales.id) AND NOT EXISTS ({_LEFT}) "
    "FROM sales LEFT JOIN voids ON voids.sale_id = sales.id "
)
_OWN_SALES = _SALES.format(n="0") + "WHERE sales.incarnation > 0 ORDER BY sales.n"
_BROUGHT = (
    _SALES.format(n="-brought.n") + "JOIN brought ON brought.about = sales.id ORDER BY brought.n"
)
_BACK = (
    "SELECT returns.sale_id, sale_lines.no, sum(return_lines.quantity_milli), "
    "sale_lines.quantity_milli, sale_lines.payable_fen, sale_lines.points, "
    "coalesce(spent_points.points, 0) FROM returns "
    "JOIN return_lines ON return_lines.return_id = returns.id "
    "JOIN sale_lines ON sale_lines.sale_id = returns.sale_id AND sale_lines.no = return_lines.no "
    "LEFT JOIN spent_points ON spent_points.sale_id = returns.sale_id "
    "AND spent_points.no = return_lines.no GROUP BY returns.sale_id, sale_lines.no"
)
_EVENTS = "SELECT n FROM events WHERE kind = 'SaleSettled' ORDER BY n"
_DATA = "SELECT n, CAST(data AS BLOB) FROM events WHERE n BETWEEN ? AND ? AND kind = 'SaleSettled'"
_DATA_OF_OTHERS = (
    "SELECT -brought.n, CAST(data AS BLOB), CAST(coalesce(record, '') AS BLOB) FROM brought "
    "LEFT JOIN brought_rulebooks ON brought_rulebooks.n = rulebook "
    "WHERE brought.n IN (SELECT -value FROM json_each(?)) AND kind = 'SaleSettled' "
    "ORDER BY brought.n"
)


class StoredPast:
    """Implements `core.ports.past.Past`."""

    def __init__(self, store: TillStore) -> None:
        self._store = store

    def preview(
        self, draft: Rulebook, on_progress: OnProgress, *, since: date, until: date, most: int
    ) -> Preview:
        """See `previewed`."""
        return previewed(self._store, draft, on_progress, since=since, until=until, most=most)

    def settled(self, event: int) -> dict[str, Any]:
        """The body of the event of a sale; raises SaleBroken."""
        with self._store.reader() as connection:
            rows = _data(connection, [event])
        if not rows:
            raise SaleBroken("event")
        body: dict[str, Any] = json.loads(rows[0][1])["body"]
        return body


@contextmanager
def previewing(home: Path) -> Iterator[Callable[..., Preview]]:
    """What prices the recorded sales of a home again; the store is only read."""
    from storage.home import visit_home  # `rulebook check` asks for no home

    with visit_home(home) as found:
        yield partial(previewed, found.store)


def previewed(
    store: TillStore,
    draft: Rulebook,
    on_progress: OnProgress,
    *,
    since: date,
    until: date | None = None,
    most: int = MOST_CHANGED,
) -> Preview:
    """What the sales of these business dates, both inclusive, would come to; raises BadDates."""
    if until is not None and until < since:
        raise BadDates(since.isoformat(), until.isoformat())
    preview = Preview(PointsRate.of(draft), most)
    with store.reader() as connection:
        wanted, preview.returned = _wanted(connection, since, until)
    done, events = 0, iter(wanted)
    for part in priced(_read(store, wanted), draft, total=len(wanted)):
        for each in part:
            preview.add(each, next(events))
        done += len(part)
        on_progress(done, len(wanted))
    return preview


def priced(
    parts: Iterable[list[Recorded]], draft: Rulebook, *, total: int
) -> Iterator[list[Repriced | None]]:
    """The sales of these events under a draft, in their order; None for one that is unreadable."""
    text = canonical(record_of(draft)).decode()
    if total < WORTH_A_PROCESS:
        yield from (_price(part, text) for part in parts)
        return
    processes = min(cpu_count() or 1, MOST_PROCESSES)
    with _pool(processes) as pool:
        waiting: deque[Future[list[Repriced | None]]] = deque()
        left = iter(parts)
        while True:
            for part in islice(left, processes * WAITING - len(waiting)):
                with undisturbed():
                    waiting.append(pool.submit(_price, part, text))
            if not waiting:
                return
            yield waiting.popleft().result()


@contextmanager
def _pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that end with the work, also where somebody stops it."""
    pool = ProcessPoolExecutor(processes, get_context("spawn"), initializer=_get_ready)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _get_ready() -> None:
    """Much is made for each sale, and next to nothing of it is circular."""
    follow()
    give_way()
    gc.set_threshold(100_000)


def _wanted(connection: Connection, since: date, until: date | None) -> tuple[Wanted, int]:
    """The events of these sales with what came back of each: one is told for each sale.

    Without those that were void or came back whole; how many the latter are stands beside.
    """
    sales = connection.execute(_OWN_SALES).fetchall()
    events = [n for (n,) in connection.execute(_EVENTS).fetchall()]
    others = connection.execute(_BROUGHT).fetchall()
    back: dict[bytes, list[LineBack]] = {}
    for sale, *line in connection.execute(_BACK).fetchall():
        back.setdefault(sale, []).append(LineBack(*line))
    first, last = since.toordinal(), (until or date.max).toordinal()
    wanted: Wanted = {}
    returned = 0
    numbers = chain(events, (n for n, *_ in others))
    for (_, sale, on, is_void, is_back), n in zip(chain(sales, others), numbers, strict=True):
        if first <= on <= last and not is_void:
            returned += is_back
            if not is_back:
                wanted[n] = tuple(back.get(sale, ()))
    return wanted, returned


def _read(store: TillStore, wanted: Wanted) -> Iterator[list[Recorded]]:
    numbers = list(wanted)
    for at in range(0, len(numbers), AT_ONCE):
        some = numbers[at : at + AT_ONCE]
        own, others = ([n for n in some if (n > 0) is is_own] for is_own in (True, False))
        with store.reader() as connection:
            rows = [row for of in (own, others) if of for row in _data(connection, of)]
        yield [(data, wanted[n]) for n, data in rows if n in wanted]


def _data(connection: Connection, numbers: list[int]) -> list[tuple[int, bytes]]:
    """The events of sales of these numbers, all of them of this till or of others.

    Of this till also those that lie between: few, for they come day by day. What others sold came
    in no order, and between two of a day may lie all there is.
    """
    if numbers[0] > 0:
        rows = connection.execute(_DATA, (numbers[0], numbers[-1])).fetchall()
        return [(n, bytes(data)) for n, data in rows]
    rows = connection.execute(_DATA_OF_OTHERS, (json.dumps(numbers),)).fetchall()
    return [(n, with_rulebook(bytes(data), bytes(book))) for n, data, book in rows]


def _price(part: list[Recorded], draft: str) -> list[Repriced | None]:
    book = _draft(draft)
    found: list[Repriced | None] = []
    for data, back in part:
        try:
            found.append(repriced(json.loads(data)["body"], book, back))
        except BadRecord:
            found.append(None)
    return found


@lru_cache(maxsize=1)
def _draft(text: str) -> Rulebook:
    return rulebook_of(json.loads(text))
