"""5 and 7 once more: keys and scans while the till syncs with a real server beside.

It has just joined and sends all that it has, first the import of its members, which the server
tells it of again. The frames are those of one window, turn by turn with its server held up and
going on. In life the server is another machine: here it works only while nobody else wants to.
"""

from __future__ import annotations

import os
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.homes import copied, some_of
from benchmarks.pushing import sale_body
from benchmarks.screen import TAIL_US, Keys
from benchmarks.timing import Row
from core.actions.enrol_till import make_enrolment, name_store
from core.actions.login import login
from core.actions.sync import join_chain
from core.shop import Shop
from core.sync.fact import Fact
from server.program import opened_office
from storage.central import HttpCentral
from storage.signatures import Ed25519
from storage.uplink import uplink
from tests.server.program import serving

SALES = 12_000
ROUNDS, TIMES = 30, 10
ALIKE = 1.2
HEARS_S = 0.05
"""After so long a process that was told to stop does."""
WARM_S, STILL_S = 1.5, 0.3
OFTEN = 2
"""At least so often as much is worked beside the keys as where it is held up."""
Spans = tuple[list[float], list[float]]


def rows(size: int) -> list[Row]:
    """Nothing where a process cannot be told to be patient."""
    if sys.platform != "linux":
        return []
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with copied(size) as (shop, store), _joined(shop) as server:
        phones = some_of(store, "phone", ROUNDS * TIMES)
        goods = some_of(store, "code", TIMES, table="products")
        keys = Keys(shop, uplink=uplink)
        try:
            while _worked() < WARM_S:  # it loads what it needs
                keys.idle(STILL_S)
            typed, added = turns(keys, server, _worked, phones, goods)
        finally:
            os.kill(server, signal.SIGCONT)
            keys.close()
    return [
        beside_row(5, "key → suggestions painted, while it syncs", typed),
        beside_row(7, "line added → painted, while it syncs", added),
    ]


def turns(
    keys: Keys, process: int, far: Callable[[], float], phones: list[str], goods: list[str]
) -> tuple[Spans, Spans]:
    """Of keys and of scans: the process held up, and going on; `far` grows by what is worked."""
    typed: Spans = ([], [])
    added: Spans = ([], [])
    for at in range(ROUNDS):
        worked = [0.0, 0.0]
        for is_on, how in enumerate((signal.SIGSTOP, signal.SIGCONT)):
            os.kill(process, how)
            time.sleep(HEARS_S)
            while not is_on and _grows(keys, far):
                pass  # what it had begun with is done to its end
            before = far()
            some = phones[at * TIMES : (at + 1) * TIMES]
            typed[is_on].extend(keys.typed([phone[-4:] for phone in some])[0])
            added[is_on].extend(keys.scanned(goods)[0])
            keys.clear()
            worked[is_on] = far() - before
        if worked[1] <= OFTEN * worked[0]:
            raise RuntimeError(f"it worked {worked[1]:.2f} s, and held up {worked[0]:.2f} s")
    return typed, added


def _grows(keys: Keys, far: Callable[[], float]) -> bool:
    before = far()
    keys.idle(STILL_S)
    return far() > before


def _worked() -> float:
    """Seconds that the thread of the network has had of the processors."""
    idents = {each.native_id for each in threading.enumerate() if each.name == "network"}
    own = (each for each in psutil.Process().threads() if each.id in idents)
    return sum(each.user_time + each.system_time for each in own)


def beside_row(number: int, work: str, spans: Spans) -> Row:
    """The limit is the same window with the other process held up."""
    (alone, alone_tail), (beside, tail) = map(_middle_and_tail, spans)
    return Row(
        number,
        work,
        alone,
        beside,
        target=ALIKE,
        tail=tail,
        most_tail=max(TAIL_US, ALIKE * alone_tail),
        limit_tail=alone_tail,
    )


def _middle_and_tail(spans: list[float]) -> tuple[float, float]:
    return statistics.median(spans), sorted(spans)[len(spans) * 99 // 100]


@contextmanager
def _joined(shop: Shop) -> Iterator[int]:
    """The till is in a chain, and its server has had none of its sales."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'office.db'}"
        with opened_office(url, None) as office, shop.store.read() as reading:
            store, no = reading.till.store_code, reading.till.till_no
            name_store(office, store, "中山路店")
            code = make_enrolment(office, store, no)
        with serving(url, "--chain", "康源", "--price-behind", "--log-level", "ERROR") as server:
            _be_patient(server.process.pid)
            central, manager = HttpCentral(), login(shop, "246810")
            url = str(server.client.base_url)
            join_chain(
                shop, central, Ed25519(), url=url, code=code, staff=manager, program="benchmarks"
            )
            central.close()
            _sell(shop)
            yield server.process.pid


def _be_patient(server: int) -> None:
    """All threads that it has; what they begin is so, too."""
    for thread in Path(f"/proc/{server}/task").iterdir():
        os.sched_setscheduler(int(thread.name), os.SCHED_IDLE, os.sched_param(0))


def _sell(shop: Shop) -> None:
    """What waits to be sent; nothing else of it is in the store."""
    body = sale_body()
    with shop.store.write() as tx:
        at = shop.moment(tx)
        for _ in range(SALES):
            fact = Fact(shop.new_id(), "SaleSettled", at.at_us, at.business_on, body)
            tx.outbox.append(fact)
