"""核对: whether what a server keeps is still what was sent to it, and adds up.

Each night by itself, a page at a time; the same by `office verify`. Every event is what its hash
says and follows what lies before it, its personal values are what their digests say, no place is
missing that a till was told is kept; every account is what its transfers and what is set aside add
up to, points lie in lots, and all accounts together have nothing. Nothing is ever repaired here: a
difference is a case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.duties import Duty, Went, run_of_day, went
from core.errors import BadEvent, OfficeDiffers
from core.ports.checks import NO_BRANCH, BranchHere
from core.ports.daily import DailyRun
from core.ports.office import Arrived, OfficeReading
from core.shop import HeadOffice
from core.sync.fact import GENESIS
from core.sync.wire import event_of, sent_of
from core.trust.cases import Case
from core.values.moment import business_date

VERIFY, CHECKED, DIFFERS = "verify", "checked", "differs"
"""The work of the day, the last of it that ended, and the kind of the case of what it finds."""
EVENTS_AT_ONCE, BRANCHES_AT_ONCE, MEMBERS_AT_ONCE = 300, 20, 300
QUIET_HOUR = 3
"""By the clock of the chain: from then on, once a day."""
MOST_NAMED = 20
NOBODY = UUID(int=0)
_ORDER = ("events", "branches", "members", "programme")


class Difference(Struct, frozen=True):
    """What is not as it should be: which rule, and of what; ids and numbers only."""

    rule: str
    about: str

    def __str__(self) -> str:
        return f"{self.rule}:{self.about}"


class Page(Struct, frozen=True):
    """What a page came to; `place` is where the next one begins, "" where it was the last.

    `looked_at`: how many events, or members, were on it.
    """

    place: str
    found: tuple[Difference, ...] = ()
    looked_at: int = 0


class Verified(Struct, frozen=True):
    """All of it was as it should be."""

    events: int
    members: int


def verifying() -> Duty:
    """The duty."""
    return Duty(VERIFY, _step, lets_pass=True)


def verify_office(office: HeadOffice) -> Verified:
    """At once, for who asks; raises OfficeDiffers."""
    counts, found = dict.fromkeys(_ORDER, 0), list[Difference]()
    place = _ORDER[0]
    while place:
        stage = place.partition(" ")[0]
        page = _look(office, place)
        counts[stage] += page.looked_at
        found += page.found
        place = page.place
    if found:
        raise OfficeDiffers(len(found), " ".join(map(str, found[:MOST_NAMED])))
    return Verified(counts["events"], counts["members"])


def _step(office: HeadOffice) -> Went:
    """The next page of the last quiet hour's check."""
    tonight = business_date(office.clock.now_us(), office.zone, QUIET_HOUR)
    with office.store.read() as reading:
        before = reading.daily.get(VERIFY)
    run = run_of_day(before, VERIFY, tonight, place=_ORDER[0])
    if run is None:
        return Went(False)
    page = _look(office, run.place)
    now_us = office.clock.now_us()
    done_us = None if page.place else now_us
    after = DailyRun(VERIFY, run.on, page.place, done_us, run.found + len(page.found))
    with office.store.write() as tx:
        if tx.daily.get(VERIFY) != before:
            return Went(True)  # another server was quicker
        tx.daily.keep(after)
        if done_us is not None:
            tx.daily.keep(replace(after, name=CHECKED))
        open_ones = {case.about for case in tx.cases.open() if case.kind == DIFFERS}
        for each in page.found:
            if str(each) not in open_ones:
                tx.cases.add(Case(office.new_id(), DIFFERS, NOBODY, str(each), "", now_us))
    return went(after)


def _look(office: HeadOffice, place: str) -> Page:
    stage, _, behind = place.partition(" ")
    with office.store.read() as reading:
        return _STAGES[stage](reading, behind)


def _next(stage: str, behind: str, *, is_last: bool) -> str:
    if not is_last:
        return f"{stage} {behind}"
    at = _ORDER.index(stage) + 1
    return _ORDER[at] if at < len(_ORDER) else ""


def _events(reading: OfficeReading, behind: str) -> Page:
    arrived = reading.received.after(int(behind or 0), at_most=EVENTS_AT_ONCE)
    before = reading.checks.before([each.event.id for each in arrived])
    found = tuple(
        Difference(rule, each.event.id.hex)
        for each in arrived
        for rule in _wrong_with(each, before.get(each.event.id))
    )
    is_last = len(arrived) < EVENTS_AT_ONCE
    last = "" if is_last else str(arrived[-1].pos)
    return Page(_next("events", last, is_last=is_last), found, len(arrived))


def _wrong_with(arrived: Arrived, before: bytes | None) -> Iterator[str]:
    """An event without a neighbour lies behind a gap, or behind what is kept apart."""
    event = arrived.event
    try:
        if event_of(sent_of(event), event.incarnation) != event:
            yield "record"
    except BadEvent as bad:
        yield bad.reason.partition(" ")[0]
    if event.seq == 1:
        before = GENESIS
    if before not in (None, event.prev):
        yield "link"


def _branches(reading: OfficeReading, behind: str) -> Page:
    after = NO_BRANCH
    if behind:
        till, incarnation = behind.split()
        after = BranchHere(UUID(till), int(incarnation), 0, 0)
    here = reading.checks.branches(after, at_most=BRANCHES_AT_ONCE)
    found = tuple(
        Difference("missing", f"{each.till_id.hex}.{each.incarnation}")
        for each in here
        if each.taken != each.through
    )
    is_last = len(here) < BRANCHES_AT_ONCE
    last = "" if is_last else f"{here[-1].till_id.hex} {here[-1].incarnation}"
    return Page(_next("branches", last, is_last=is_last), found, len(here))


def _members(reading: OfficeReading, behind: str) -> Page:
    roots = reading.checks.roots(UUID(behind or "0" * 32), at_most=MEMBERS_AT_ONCE)
    wrong = [(f"{owner.hex}.{kind}", "account") for owner, kind in reading.checks.accounts(roots)]
    wrong += [(owner.hex, "lots") for owner in reading.checks.loose(roots)]
    is_last = len(roots) < MEMBERS_AT_ONCE
    last = "" if is_last else roots[-1].hex
    found = tuple(Difference(rule, about) for about, rule in wrong)
    return Page(_next("members", last, is_last=is_last), found, len(roots))


def _programme(reading: OfficeReading, _behind: str) -> Page:
    found = [
        Difference("account", f"{owner.hex}.{kind}") for owner, kind in reading.checks.programme()
    ]
    if total := sum(reading.accounts.sums().values()):
        found.append(Difference("sum", str(total)))
    return Page("", tuple(found))


_STAGES: dict[str, Callable[[OfficeReading, str], Page]] = {
    "events": _events,
    "branches": _branches,
    "members": _members,
    "programme": _programme,
}
