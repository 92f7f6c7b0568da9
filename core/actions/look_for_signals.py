"""找信号: day by day, what in a shop's own facts a person should look at opens a case.

A step looks at one business date, on a connection of its own: the counter beside it goes on. Only
what it found is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct

from core.actions.telling import tell
from core.changes import Changes
from core.ports import Reading, Writing
from core.rulebook.watch import Watch
from core.shop import Shop
from core.trust.audit_kinds import is_taken_over
from core.trust.cases import Case, CaseFile, CaseStep, StepKind
from core.trust.signals import (
    DAY_US,
    HOUR_US,
    INCIDENTS,
    Evidence,
    Found,
    What,
    at_one_cashier,
    corrected_by_one,
    earns_often,
    left_to_judge,
    on_one_phone,
    redeemed_after_change,
    returned_after_redeeming,
    sold_after_closing,
    worth_of,
)
from core.values.moment import Moment, day_began_us

ONE_DAY = timedelta(days=1)


class Looked(Struct, frozen=True):
    """A step: the day that was looked at, whether a later one is left, and what came of it."""

    on: date
    is_more: bool
    opened: int = 0
    changes: Changes = Changes.NOTHING


def look_for_signals(shop: Shop) -> Looked:
    """The next day that was not looked at to its end; the first time those that the rules need."""
    with shop.store.read() as reading:
        today, watch = shop.moment(reading).business_on, reading.rulebooks.current().watch
        place = reading.cases.looked()
        first = today - timedelta(days=watch.days - 1)
        on = min(first if place is None else place, today)
        found = [each for each in _found(reading, on, watch) if _is_news(reading, each, watch)]
    then = on + ONE_DAY if on < today else on
    opened = 0
    if found or then != place:
        with shop.store.write() as tx:
            moment = shop.moment(tx)
            opened = sum(_keep(shop, tx, moment, each, watch) for each in found)
            tx.cases.keep_looked(then)
    changes = Changes.CASES if found else Changes.NOTHING
    return Looked(on, then != on, opened, changes)


def _found(reading: Reading, on: date, watch: Watch) -> Iterator[Found]:
    """What the rules say of a day, with what came before it as far as they look back."""
    facts, zone = reading.signal_facts, reading.till.zone
    first = on - timedelta(days=watch.days - 1)
    sold = facts.sold(on)
    yield from earns_often(sold, watch)
    members = {each.member_id for each in sold if each.member_id is not None and each.points > 0}
    earned = facts.earned(members, first=first, last=on)
    yield from at_one_cashier(earned, facts.shifts(first=first, last=on), watch)
    yield from sold_after_closing(sold, zone, watch)
    undone = facts.undone(on)
    backs = {each.back.member_id for each in undone if each.back.member_id is not None}
    since_us = day_began_us(on, zone) - watch.returned_days * DAY_US
    redeemed = _of_members(facts.redeemed_by(backs, since_us=since_us))
    yield from returned_after_redeeming(undone, redeemed, watch)
    changes = _taken_over(reading, on, watch)
    yield from redeemed_after_change(facts.redeemed(on), _of_members(changes), watch)
    yield from corrected_by_one(facts.corrections(first=first, last=on), watch)
    on_that_day = {each.member_id for each in changes if each.member_id is not None}
    yield from on_one_phone(facts.sharing(on, on_that_day), watch)


def _of_members(facts: Iterable[Evidence]) -> dict[UUID, list[Evidence]]:
    found: dict[UUID, list[Evidence]] = defaultdict(list)
    for each in facts:
        if each.member_id is not None:
            found[each.member_id].append(each)
    return found


def _taken_over(reading: Reading, on: date, watch: Watch) -> Sequence[Evidence]:
    """Whose phone or card was changed on that day, or so shortly before; out of the audit log."""
    began = day_began_us(on, reading.till.zone)
    first = _first_at(reading, began - watch.changed_hours * HOUR_US)
    last = _first_at(reading, began + 2 * DAY_US) - 1
    return [
        Evidence(What.CHANGE, str(row.seq), row.at_us, row.what, UUID(row.subject), row.staff_no)
        for row in reading.proof.between(first, last)
        if is_taken_over(row)
    ][::-1]


def _first_at(reading: Reading, at_us: int) -> int:
    """The number of the first row of the audit log that is not before an instant."""
    low, high = 1, reading.proof.end()[0] + 1
    while low < high:
        middle = (low + high) // 2
        row = reading.proof.rows([middle]).get(middle)
        if row is not None and row.at_us < at_us:
            low = middle + 1
        else:
            high = middle
    return low


def _is_news(reading: Reading, found: Found, watch: Watch) -> bool:
    """Whether any of it is not yet evidence of a case."""
    return _news(reading, found, watch) is not None


class _News(Struct, frozen=True):
    found: Found
    fresh: tuple[Evidence, ...]
    open_one: UUID | None


def _news(reading: Reading, found: Found, watch: Watch) -> _News | None:
    cases, kind = reading.cases, found.signal
    known = cases.known(kind, [(each.what, each.ref) for each in found.evidence])
    closed = cases.closed_among(set(known.values()))
    left = left_to_judge(found, {key for key, case in known.items() if case in closed}, watch)
    if left is None:
        return None
    fresh = tuple(each for each in left.evidence if (each.what, each.ref) not in known)
    if not fresh:
        return None
    open_ones = [case for case in known.values() if case not in closed]
    open_one = open_ones[0] if open_ones else cases.open_of(kind, left.about)
    return _News(left, fresh, open_one)


def _keep(shop: Shop, tx: Writing, moment: Moment, found: Found, watch: Watch) -> int:
    """A case more (1), or more evidence for one that is open (0)."""
    news = _news(tx, found, watch)
    if news is None:
        return 0  # somebody looked beside us
    before = None if news.open_one is None else tx.cases.get(news.open_one)
    if before is not None:
        is_incident = found.signal in INCIDENTS
        more = news.found.points if is_incident else worth_of(news.fresh)
        step = CaseStep(shop.new_id(), StepKind.ADDED, moment.at_us, points=len(news.fresh))
        _add(tx, before.case.id, news, before.points + more, step)
        return 0
    _open(shop, tx, moment, news)
    return 1


def _open(shop: Shop, tx: Writing, moment: Moment, news: _News) -> None:
    found, case_id = news.found, shop.new_id()
    kind, at_us = found.signal.value, moment.at_us
    case = Case(case_id, kind, tx.till.id, found.about, "", at_us)
    tx.cases.add(CaseFile(case, found.member_id, found.staff_no))
    step = CaseStep(shop.new_id(), StepKind.OPENED, at_us, points=len(news.fresh))
    _add(tx, case_id, news, found.points, step)
    tx.audit.note("case_opened", at_us=at_us, staff_no=0, subject=found.about, detail=kind)
    body = {
        "case": case_id,
        "kind": kind,
        "about": found.about,
        "points": found.points,
        "evidence": [[each.what.value, each.ref] for each in news.fresh],
    }
    tell(shop, tx, moment, "CaseOpened", body)


def _add(tx: Writing, case_id: UUID, news: _News, points: int, step: CaseStep) -> None:
    tx.cases.add_evidence(case_id, news.found.signal, news.fresh, points=points)
    tx.cases.add_step(case_id, step)
