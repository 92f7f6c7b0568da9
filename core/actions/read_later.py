"""再读: what a later program had sent, and this one did not know, once it does.

It was kept apart byte for byte, with a mark that is made of its bytes, of its own hash and of that
before it. Where what lies before it is here, the mark tells whether it is the same; so no more has
to be kept. Each day, and after each upgrade: what lies before it may have come meanwhile.
"""

from __future__ import annotations

import hashlib

from core.actions.duties import Duty, Went
from core.actions.receive import keep_later
from core.ports.daily import DailyRun
from core.ports.office import Apart, OfficeWriting
from core.shop import HeadOffice
from core.sync.fact import GENESIS, RECORD
from core.sync.wire import FUTURE, EventSent, mark_of

LATER = "later"
AT_ONCE = 200


def reading_later() -> Duty:
    """The duty; its place is the version of records that it was last done for."""
    return Duty(LATER, _step, lets_pass=True)


def _step(office: HeadOffice) -> Went:
    today, version = office.today(), str(RECORD)
    with office.store.read() as reading:
        before = reading.daily.get(LATER)
    if before is not None and before.on >= today and before.place == version:
        return Went(False)
    taken, behind = 0, None
    while True:
        with office.store.write() as tx:
            found = tx.apart.later(FUTURE, behind=behind, at_most=AT_ONCE)
            taken += sum(_take(office, tx, each) for each in found)
        if len(found) < AT_ONCE:
            break
        behind = found[-1]
    after = DailyRun(LATER, today, version, office.clock.now_us(), taken)
    with office.store.write() as tx:
        tx.daily.keep(after)
    return Went(False, ended=after)


def _take(office: HeadOffice, tx: OfficeWriting, apart: Apart) -> bool:
    """Whether it is an event like any other now; whoever was told of it need not look any more."""
    place = (apart.till_id, apart.incarnation, apart.seq - 1)
    prev = GENESIS if apart.seq == 1 else tx.received.hash_at(*place)
    if prev is None:
        return False
    made = hashlib.sha256(prev + apart.data.encode()).hexdigest()
    sent = EventSent(apart.seq, apart.data, prev.hex(), made, apart.private)
    if mark_of(sent) != apart.mark:
        return False
    if not keep_later(office, tx, sent, apart.till_id, apart.incarnation):
        return False
    tx.apart.let_go(apart.mark)
    for case in tx.cases.open():
        if (case.kind, case.about) == (FUTURE, apart.mark.hex()):
            tx.cases.close(case.id, at_us=office.clock.now_us())
    return True
