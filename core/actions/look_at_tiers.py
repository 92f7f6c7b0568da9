"""等级档案: how somebody came to their tier, and whose tiers end soon."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow, noted
from core.actions.counter import known_file
from core.actions.take_tier import BY_CHAIN
from core.errors import NoSuchMember
from core.members.held_tiers import falls_on
from core.members.member import Member, MemberFile
from core.members.tiers import (
    BY_SALE,
    Measured,
    figures_of,
    higher,
    measure,
    review_start,
    tier_reached,
)
from core.ports import Reading
from core.rulebook.rulebook import Rulebook
from core.rulebook.schemes import MEASURED, PAYABLE, Tier
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment

ENDING_DAYS = 30
MOST_LISTED = 100_000


class TierStep(Struct, frozen=True):
    """One step of a history: `cause` as in the store, `before` "" where a card or a grant begins.

    `until` is the last business date from then on; `spend_fen` and `measured` are the figures that
    it came from, where they are known here, `reason` what somebody wrote, `months` the term of a
    card.
    """

    on: date
    at_us: int
    cause: str
    before: str
    after: str
    until: date | None = None
    spend_fen: int | None = None
    measured: Measured | None = None
    reason: str = ""
    months: int = 0


class Ending(Struct, frozen=True):
    """快到期: a tier that is about to fall: when, to which, and what is missing to keep it."""

    member: Member
    tier: Tier
    until: date
    falls_on: date
    after: Tier
    kind: str
    missing: int | None = None


def tier_history(shop: Shop, member_id: UUID) -> tuple[TierStep, ...]:
    """All changes of a member's tier, the oldest first; raises NoSuchMember."""
    with shop.store.read() as reading:
        member = reading.members.get(reading.standings.merged_into(member_id) or member_id)
        if member is None:
            raise NoSuchMember(member_id.hex)
        scheme = reading.rulebooks.current().scheme

        def name(code: str) -> str:
            return next((tier.name for tier in scheme.tiers if tier.code == code), code)

        steps = [
            TierStep(
                each.business_on,
                each.at_us,
                each.cause,
                name(each.before),
                name(each.after),
                each.until_after,
                None if each.cause == BY_CHAIN else each.spend_fen,
                each.measured,
            )
            for each in reading.members.tier_changes(member.id)
        ]
        for hold, end in reading.tiers.all_holds(member.id):
            tier, until = name(hold.tier), hold.until
            steps.append(
                TierStep(
                    hold.business_on,
                    hold.at_us,
                    hold.cause,
                    "",
                    tier,
                    until,
                    reason=hold.reason,
                    months=hold.months,
                )
            )
            if end is not None:
                cause = f"{hold.cause}_{end.cause}"
                steps.append(TierStep(end.business_on, end.at_us, cause, tier, ""))
    return tuple(sorted(steps, key=lambda step: step.at_us))


def tiers_ending(shop: Shop, *, days: int = ENDING_DAYS) -> tuple[Ending, ...]:
    """Whose tier ends within so many days, or has ended and is in its days of grace.

    Only those who would fall as their figures stand today; the first to fall first.
    """
    with shop.store.read() as reading:
        moment, rulebook = shop.moment(reading), reading.rulebooks.current()
        before = moment.business_on + timedelta(days=days + 1)
        due = reading.tiers.ending(before=before, granted_before=before, limit=MOST_LISTED)
        found = (_ending(reading, member, rulebook, moment, before) for member in due)
        return tuple(sorted((each for each in found if each), key=lambda each: each.falls_on))


def tiers_ending_in_full(
    shop: Shop, *, days: int = ENDING_DAYS, staff: Staff, approval: Approval | None = None
) -> tuple[Ending, ...]:
    """The same for somebody who may see names and phones; raises NotAllowed."""
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        answers = allow(tx, staff, Right.SEE_PERSONAL, now_us=now_us, approval=approval)
        detail = noted(f"tiers ending within {days} days", staff, answers)
        tx.audit.note("personal_seen", at_us=now_us, staff_no=staff.no, detail=detail)
    return tiers_ending(shop, days=days)


def _ending(
    reading: Reading, member_id: UUID, rulebook: Rulebook, moment: Moment, before: date
) -> Ending | None:
    file, scheme = known_file(reading, member_id, rulebook, moment), rulebook.scheme
    tier, until = scheme.tier(file.member.tier), file.member.tier_until
    if until is None or until >= before or scheme.rank(tier.code) == 0:
        return None
    now = _measure_for_staying(reading, file, rulebook, moment)
    reached = tier_reached(scheme, now).code
    held, base = file.held if file.base is not None else None, file.base_tier
    is_base_kept = held is not None and (base.until is None or base.until >= until)
    after = higher(scheme, base.tier, reached) if is_base_kept else reached
    if scheme.rank(after) >= scheme.rank(tier.code):
        return None
    counts = held is None and scheme.kind in MEASURED and tier.least is not None
    return Ending(
        member=file.member,
        tier=tier,
        until=until,
        falls_on=falls_on(scheme, until, held.cause if held else BY_SALE),
        after=scheme.tier(after),
        kind=scheme.kind if counts else "",
        missing=max(0, (tier.least or 0) - now) if counts else None,
    )


def _measure_for_staying(
    reading: Reading, file: MemberFile, rulebook: Rulebook, moment: Moment
) -> int:
    scheme, today = rulebook.scheme, moment.business_on
    since = review_start(scheme, file.base_tier.until or today, today)
    sales = reading.tiers.counted(file.member.id, since=since, is_payable=scheme.counts == PAYABLE)
    return measure(scheme, figures_of(sales), today)
