"""职责: what is done behind with the events that have come, in the order of their arrival.

A duty has a name and a place: how far it has come. What it does with the next events is in one
transaction with that place, so each event is done once. An event that a duty fails at stops
nobody: it becomes a case, and the duty goes on behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct

from core.errors import Unavailable
from core.ports.daily import DailyRun
from core.ports.office import Arrived, OfficeWriting
from core.shop import HeadOffice
from core.trust.cases import Case

AT_ONCE = 200
PASSED = "passed"
"""The kind of the case of an event that a duty could do nothing with."""
Deed = Callable[[OfficeWriting], None]
Work = Callable[[HeadOffice, Sequence[Arrived]], Deed]
"""Looks at events outside of any transaction, and says what is to be written of them."""


class Went(Struct, frozen=True):
    """A step: whether more is left, and the faults of the events that were passed.

    `ended`: the work of a day that came to its end with it.
    """

    is_more: bool
    faults: tuple[Exception, ...] = ()
    ended: DailyRun | None = None


def run_of_day(before: DailyRun | None, name: str, on: date, *, place: str) -> DailyRun | None:
    """The run that is under way, or one that begins for this day, here; None where it is done."""
    if before is None:
        return DailyRun(name, on, place)
    if before.done_us is None:
        return before
    return DailyRun(name, on, place) if before.on < on else None


def went(run: DailyRun) -> Went:
    """A step of the work of a day, which has come so far by it."""
    return Went(True, ended=None if run.done_us is None else run)


class Duty(Struct, frozen=True):
    """`step` does the next of it in one transaction.

    It raises Unavailable where the store is out of reach: the same is done later. One that
    `lets_pass` needs the machine for long: pushes that come one after another go first.
    `reads_pushes`: each push brings it something; others look for themselves whether it is time.
    """

    name: str
    step: Callable[[HeadOffice], Went]
    lets_pass: bool = False
    reads_pushes: bool = False


def go_on(
    office: HeadOffice,
    name: str,
    work: Work,
    *,
    at_most: int = AT_ONCE,
    until: int | None = None,
    most_beside: int | None = None,
) -> Went:
    """The next step of a duty that does this work; raises Unavailable.

    `most_beside`: so many personal values beside the events of a step: an import has thousands,
    and nobody else writes meanwhile where the store has one writer.
    """
    with office.store.read() as reading:
        before = reading.duties.get(name) or 0
        arrived = reading.received.after(before, at_most=at_most, until=until)
    if not arrived:
        return Went(False)
    step = _light(arrived, most_beside)
    is_more = len(arrived) == at_most or len(step) < len(arrived)
    arrived = step
    try:
        _do(office, name, work, before, arrived)
    except Unavailable:
        raise
    except Exception:  # noqa: BLE001 - whichever it was is found one by one
        return Went(True, _one_by_one(office, name, work, before, arrived))
    return Went(is_more)


def _light(arrived: tuple[Arrived, ...], most_beside: int | None) -> tuple[Arrived, ...]:
    """The first of them that are not too many, at least one."""
    beside = 0
    for no, each in enumerate(arrived):
        beside += len(each.event.private)
        if no and most_beside is not None and beside > most_beside:
            return arrived[:no]
    return arrived


def _do(office: HeadOffice, name: str, work: Work, before: int, arrived: Sequence[Arrived]) -> None:
    deed = work(office, arrived)
    with office.store.write() as tx:
        if (tx.duties.get(name) or 0) == before:  # otherwise another server was quicker
            deed(tx)
            tx.duties.keep(name, arrived[-1].pos)


def _one_by_one(
    office: HeadOffice, name: str, work: Work, before: int, arrived: Sequence[Arrived]
) -> tuple[Exception, ...]:
    faults = []
    for each in arrived:
        try:
            _do(office, name, work, before, [each])
        except Unavailable:
            raise
        except Exception as fault:  # noqa: BLE001 - a person is told, and the log of the server
            faults.append(fault)
            _do(office, name, _passing(name, fault), before, [each])
        before = each.pos
    return tuple(faults)


def _passing(name: str, fault: Exception) -> Work:
    """What is left to do with an event that nothing else can be done with."""

    def passing(office: HeadOffice, arrived: Sequence[Arrived]) -> Deed:
        (event,) = (each.event for each in arrived)
        detail, now_us = f"{name} {type(fault).__name__}", office.clock.now_us()
        case = Case(office.new_id(), PASSED, event.till_id, event.id.hex, detail, now_us)
        return lambda tx: tx.cases.add(case)

    return passing
