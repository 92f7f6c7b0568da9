"""到期: a work of each day at the server: what is past its last day leaves the accounts.

In a chain nobody else does it (sync.md 3). It begins with the business day, goes through the lots
in the order of their days, and begins the next day where the first lies of which something stayed,
because it was set aside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from core.actions.duties import Duty, Went, run_of_day, went
from core.actions.note_members import note_points
from core.ports.daily import DailyRun
from core.ports.office import OfficeWriting
from core.shop import HeadOffice
from core.sync.effects import LotMade
from core.sync.lapse import Lapsed, given_back, lapse

EXPIRE, HELD = "expire", "expire_held"
AT_ONCE = 200
ONE_DAY = timedelta(days=1)
NONE_HELD = date.max


def expiring() -> Duty:
    """The duty."""
    return Duty(EXPIRE, _step, lets_pass=True)


def _step(office: HeadOffice) -> Went:
    """The next lots that are past their day; nothing where today's are done."""
    today = office.today()
    with office.store.read() as reading:
        before = reading.daily.get(EXPIRE)
        run = run_of_day(before, EXPIRE, today, place=before.place if before else "")
        if run is None:
            return Went(False)
        found = reading.accounts.lapsed(_place(run), before=run.on, at_most=AT_ONCE)
    with office.store.write() as tx:
        if tx.daily.get(EXPIRE) != before:
            return Went(True)  # another server was quicker
        after = _go_on(office, tx, run, found)
    return went(after)


def _go_on(
    office: HeadOffice, tx: OfficeWriting, run: DailyRun, found: Sequence[Lapsed]
) -> DailyRun:
    held_on = min(_expire(tx, found, run.on), _held(tx))
    looked_at = run.found + len(found)
    if len(found) == AT_ONCE:
        last = found[-1]
        place = f"{last.expires_on.isoformat()} {last.lot_id.hex}"
        tx.daily.keep(DailyRun(HELD, held_on))
        after = DailyRun(EXPIRE, run.on, place, found=looked_at)
    else:
        begin, now_us = min(held_on, run.on).isoformat(), office.clock.now_us()
        tx.daily.keep(DailyRun(HELD, NONE_HELD))
        after = DailyRun(EXPIRE, run.on, begin, now_us, looked_at)
    tx.daily.keep(after)
    return after


def _expire(tx: OfficeWriting, found: Sequence[Lapsed], on: date) -> date:
    """What goes of these lots; the day of the first of which something stays."""
    roots = tx.members.lock({each.member_id for each in found})
    of_root: dict[UUID, list[Lapsed]] = {}
    for each in found:
        of_root.setdefault(roots[each.member_id], []).append(each)
    held_on = NONE_HELD
    for root, lapsed in sorted(of_root.items()):
        balance = tx.accounts.balance(root)
        gone = lapse(lapsed, tx.accounts.lots(root), balance, on=on)
        tx.accounts.keep_lots((), gone.allocations)
        tx.accounts.post(gone.transfers, roots)
        held_on = min(held_on, gone.held_on or NONE_HELD)
        if gone.transfers:
            note_points(tx, [root])
    return held_on


def give_back_expired(office: HeadOffice, tx: OfficeWriting, lot_ids: Collection[UUID]) -> None:
    """Tills have said something of these lots: what expired of them too much goes back."""
    back = given_back(tx.accounts.overtaken(lot_ids), on=office.today())
    members = {each.credit.member_id for each in back if each.credit.member_id is not None}
    roots = tx.members.lock(members)
    tx.accounts.post(back, roots)
    note_points(tx, roots.values())


def look_at_late(office: HeadOffice, tx: OfficeWriting, lots: Iterable[LotMade]) -> None:
    """Lots that came when their day was over already are looked at on the next day.

    Before any member is locked: whoever expires has the run first, too.
    """
    today = office.today()
    days = [lot.expires_on for lot in lots if lot.expires_on is not None and lot.expires_on < today]
    run = tx.daily.get(EXPIRE) if days else None
    if run is None or min(days) >= _place(run)[0]:
        return
    if run.done_us is None:
        tx.daily.keep(DailyRun(HELD, min(*days, _held(tx))))
    else:
        tx.daily.keep(DailyRun(EXPIRE, run.on, min(days).isoformat(), run.done_us, run.found))


def _held(tx: OfficeWriting) -> date:
    run = tx.daily.get(HELD)
    return NONE_HELD if run is None else run.on


def _place(run: DailyRun) -> tuple[date, UUID]:
    """Everything before it has been looked at."""
    day, _, lot = run.place.partition(" ")
    return date.fromisoformat(day) if day else date.min, UUID(lot) if lot else UUID(int=0)
