"""等级复核: a work of each day at the server: tiers whose period is over are kept, or fall.

In a chain nobody else does it: only the server knows the figures of all tills. What was reviewed
is not due any more, so that a second run finds nothing. What comes late of sales before a fall, or
of cards, is looked at again, and takes the fall back where it would have kept the tier; a tier that
was kept stays so, whatever comes late.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

import msgspec
from msgspec.structs import replace

from core.actions.duties import Duty, Went, run_of_day, went
from core.actions.issue import holding
from core.actions.list_members import list_members
from core.actions.note_members import note_members
from core.errors import BadRecord
from core.members.held_tiers import RUN_OUT, HeldTier, HoldEnd, TierHold, falls_on
from core.members.member import BaseTier
from core.members.review import Decision, decide, is_over, next_end, run_out
from core.members.tiers import BY_PERIOD, BY_SALE, LATE, CountedSale, higher, review_start
from core.ports.daily import DailyRun
from core.ports.office import OfficeReading, OfficeWriting
from core.ports.readings import ChainMember
from core.rulebook.parse import rulebook_of
from core.rulebook.parse_schemes import scheme_of
from core.rulebook.schemes import PAYABLE, TierScheme
from core.shop import HeadOffice
from core.sync.directory import SaleCounted
from core.sync.effects import TIER, TIER_BASE, TIER_REVIEW, Wrote, derived_id
from core.sync.terms import BaseTold, ReviewTold, base_of, review_of, written
from core.values.fields import Fields

REVIEW = "tiers"
AT_ONCE = 50


def reviewing() -> Duty:
    """The duty."""
    return Duty(REVIEW, _step, lets_pass=True)


def scheme_of_chain(reading: OfficeReading, on: date) -> TierScheme | None:
    """By which tiers are given on a day: head office's rules, else those last sold by.

    None where there are neither, or where only a later program can read them.
    """
    version = holding(reading.issued_rulebooks.begins(), on)
    try:
        if version is not None:
            (issued,) = reading.issued_rulebooks.some([version])
            return rulebook_of(msgspec.json.decode(issued.record)).scheme
        record = reading.tier_terms.sold_by()
        return None if record is None else scheme_of(Fields(msgspec.json.decode(record)))
    except BadRecord:
        return None


def _step(office: HeadOffice) -> Went:
    """The next members whose tier may be over; nothing where today's are done."""
    with office.store.read() as reading:
        before = reading.daily.get(REVIEW)
        run = run_of_day(before, REVIEW, office.today(), place="")
        if run is None:
            return Went(False)
        scheme, place = scheme_of_chain(reading, run.on), _place(run)
        ending = reading.directory.ending(place, before=run.on, at_most=AT_ONCE)
    found = () if scheme is None else ending
    with office.store.write() as tx:
        if tx.daily.get(REVIEW) != before:
            return Went(True)  # another server was quicker
        decided = 0
        if scheme is not None:
            decided = _review(office, tx, [member for _, member in found], scheme, run.on)
        after = replace(run, found=run.found + decided)
        if len(found) == AT_ONCE:
            day, member = found[-1]
            after = replace(after, place=f"{day.isoformat()} {member.hex}")
        else:
            after = replace(after, done_us=office.clock.now_us())
        tx.daily.keep(after)
    return went(after)


def _place(run: DailyRun) -> tuple[date, UUID]:
    day, _, member = run.place.partition(" ")
    return (date.fromisoformat(day), UUID(member)) if day else (date.min, UUID(int=0))


def _review(
    office: HeadOffice, tx: OfficeWriting, members: Sequence[UUID], scheme: TierScheme, on: date
) -> int:
    """How many of these were decided on."""
    persons = tx.members.some(set(tx.members.lock(members).values()))
    holds = tx.tier_terms.held(persons)
    decided = set[UUID]()
    for root, person in persons.items():
        base, own = base_now(person, scheme), holds.get(root, ())
        held, ended = run_out(scheme, own, on)
        decision = None
        if is_over(scheme, base, on) and base.until is not None and scheme.rank(base.tier):
            since = review_start(scheme, base.until, on)
            decision = decide(scheme, base, _sales(tx, root, scheme, since, on), on)
        if decision is not None or ended:
            ends = [HoldEnd(each.id, RUN_OUT, office.clock.now_us(), on, 0) for each in ended]
            tx.tier_terms.add((), ends)
            told = _told(person, scheme, base, decision, held, ended, on)
            write_review(office, tx, root, told, base)
            decided.add(root)
        else:
            tx.directory.ends_later(root, _last_day(scheme, base, own))
    list_members(tx, decided)
    note_members(tx, decided)
    return len(decided)


def base_now(person: ChainMember, scheme: TierScheme) -> BaseTier:
    """What figures give somebody, as far as anybody has said."""
    told = base_of(person.fields.get(TIER_BASE))
    return BaseTier(scheme.tiers[0].code) if told is None else told.dated(scheme)


def _sales(
    tx: OfficeReading, root: UUID, scheme: TierScheme, since: date, until: date
) -> list[CountedSale]:
    sales: Iterable[SaleCounted] = tx.tier_figures.of([root], since).get(root, ())
    is_payable = scheme.counts == PAYABLE
    return [
        CountedSale(
            sale.sale_id, sale.on, sale.payable_fen if is_payable else sale.spend_fen, sale.points
        )
        for sale in sales
        if sale.on <= until
    ]


def _told(
    person: ChainMember,
    scheme: TierScheme,
    base: BaseTier,
    decision: Decision | None,
    held: HeldTier | None,
    ended: Collection[TierHold],
    on: date,
) -> ReviewTold:
    """What is kept and told of it."""
    after = base.tier if decision is None else decision.after
    tier, before = tier_with(scheme, after, held), person.fields.get(TIER) or base.tier
    gone = [each.id for each in ended]
    ident = derived_id(person.id, REVIEW, on.isoformat(), after, *gone)
    told = ReviewTold(ident, on, tier, before=base.tier, after=after, ended=tuple(gone))
    if decision is not None:
        told = with_figures(told, decision, base.until, decision.until)
    if scheme.rank(tier) < scheme.rank(before):
        last = base.until if decision is not None and before == base.tier else None
        told = replace(told, fell_from=before, fell_on=last or on)
    return told


def with_figures(
    told: ReviewTold, decision: Decision, before: date | None, after: date | None
) -> ReviewTold:
    """With why it was decided so, and until when it held before and holds now."""
    figures, measured = decision.figures, decision.measured
    return replace(
        told,
        cause=decision.cause,
        until_before=before,
        until_after=after,
        spend_fen=figures.spend_fen,
        points=figures.points,
        purchases=figures.purchases,
        last_on=figures.last_on,
        kind="" if measured is None else measured.kind,
        measure=0 if measured is None else measured.measure,
    )


def write_review(
    office: HeadOffice,
    tx: OfficeWriting,
    root: UUID,
    told: ReviewTold,
    base: BaseTier,
    *,
    is_again: bool = False,
    behind_us: int = 0,
) -> None:
    """As the last that anybody has said of it; cause and figures stay for ever.

    What is looked at again is said after what was decided in the same moment, and in any case
    `behind_us`: the clock of whoever said that before may go ahead of ours.
    """
    until = told.until_after if told.cause else base.until
    values = {
        TIER: told.tier,
        TIER_BASE: written(BaseTold(told.after, until)),
        TIER_REVIEW: written(told),
    }
    place = max(office.clock.now_us(), behind_us + 1), int(is_again), 0, told.id
    tx.members.write([Wrote(root, field, value, *place) for field, value in values.items()])


def _last_day(scheme: TierScheme, base: BaseTier, holds: Sequence[TierHold]) -> date | None:
    """Until when nobody has to look again."""
    held, _ = run_out(scheme, holds, date.min)
    days = [] if held is None else [falls_on(scheme, held.until, held.cause)]
    if base.until is not None and scheme.rank(base.tier):
        days.append(falls_on(scheme, base.until, BY_SALE))
    return min(days, default=None)


def tier_with(scheme: TierScheme, base: str, held: HeldTier | None) -> str:
    """What holds, of what figures give and what cards and grants do."""
    return base if held is None else higher(scheme, base, held.tier)


def look_again(office: HeadOffice, tx: OfficeWriting, roots: Collection[UUID]) -> set[UUID]:
    """Something came of these: a fall that it would have kept away is taken back; of whom.

    As of the day of the review, by all that is known now.
    """
    persons = tx.members.some(roots) if roots else {}
    reviewed = {root: person for root, person in persons.items() if TIER_REVIEW in person.fields}
    scheme = scheme_of_chain(tx, office.today()) if reviewed else None
    if scheme is None:
        return set()
    holds, risen = tx.tier_terms.held(reviewed), set[UUID]()
    for root, person in reviewed.items():
        review = review_of(person.fields[TIER_REVIEW])
        assert review is not None, "it is there"
        base, tier = base_now(person, scheme), person.fields.get(TIER) or ""
        held, _ = run_out(scheme, holds.get(root, ()), office.today())
        late = _kept_late(tx, root, review, base, scheme)
        now = tier_with(scheme, base.tier if late is None else late.after, held)
        if scheme.rank(now) > scheme.rank(tier):
            told = late or ReviewTold(review.id, review.on, now, "", base.tier, base.tier)
            ident = derived_id(review.id, LATE, told.after, now)
            write_review(office, tx, root, replace(told, id=ident, tier=now), base, is_again=True)
            risen.add(root)
    return risen


def _kept_late(
    tx: OfficeReading, root: UUID, review: ReviewTold, base: BaseTier, scheme: TierScheme
) -> ReviewTold | None:
    """The fall taken back, where the figures as they are known now reach more than there is.

    Also more than there was: that was an upgrade of that time, overtaken by the fall.
    """
    if review.cause not in (BY_PERIOD, LATE) or review.until_before is None:
        return None
    on, last = review.on, review.until_before
    sales = _sales(tx, root, scheme, review_start(scheme, last, on), on)
    decision = decide(scheme, BaseTier(review.before, last), sales, on)
    after = decision.reached
    if scheme.rank(after) <= scheme.rank(base.tier):
        return None
    told = ReviewTold(review.id, on, after, before=base.tier, after=after)
    told = with_figures(told, decision, last, next_end(scheme, after, last, on))
    return replace(told, cause=LATE)
