"""精简变更: of each key that tills must know the newest change stays, and where any till stands.

What a change says is asked when it is pulled, so an older one of the same key says nothing more.
No till's cursor becomes unknown by it: what a till came with last, and what it was given then, is
written down and stays; so does everything of the last day, for whoever is on the way.
"""

from __future__ import annotations

from core.actions.duties import Duty, Went, run_of_day, went
from core.ports.daily import DailyRun
from core.shop import HeadOffice

COMPACT = "compact"
AT_ONCE = 20_000
"""Finding them looks at all changes, so it pays to take many at once."""


def compacting() -> Duty:
    """The duty; its place is the number up to which the next day's work may go."""
    return Duty(COMPACT, _step, lets_pass=True)


def _step(office: HeadOffice) -> Went:
    today = office.today()
    with office.store.read() as reading:
        before = reading.daily.get(COMPACT)
    run = run_of_day(before, COMPACT, today, place=before.place if before else "0")
    if run is None:
        return Went(False)
    with office.store.write() as tx:
        if tx.daily.get(COMPACT) != before:
            return Went(True)  # another server was quicker
        gone = tx.changes.compact(up_to=int(run.place), at_most=AT_ONCE)
        after = DailyRun(COMPACT, run.on, run.place, found=run.found + gone)
        if gone < AT_ONCE:
            newest, now_us = str(tx.changes.newest()), office.clock.now_us()
            after = DailyRun(COMPACT, run.on, newest, now_us, after.found)
        tx.daily.keep(after)
    return went(after)
