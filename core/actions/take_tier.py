"""等级, as head office says it: what it decided at a period's end, and which tier holds now."""

from __future__ import annotations

from datetime import date

from core.members.held_tiers import RUN_OUT, FallenTier, HoldEnd, held_now
from core.members.tiers import TierChange, higher
from core.ports import Writing
from core.ports.mirror import Known
from core.rulebook.schemes import TierScheme
from core.shop import Shop
from core.sync.directory import MemberTold
from core.sync.terms import ReviewTold
from core.values.moment import Moment

BY_CHAIN = "chain"
"""The cause of a tier that head office says."""


def take_tier(
    shop: Shop, tx: Writing, moment: Moment, known: Known, told: MemberTold, scheme: TierScheme
) -> bool:
    """Head office says it of figures, cards and grants together; a card that is known here stays.

    Whether anything is another now. A fall is said at the next visit.
    """
    member = known.member
    base, until, held = member.tier, member.tier_until, known.held_tier
    before = base if held is None else higher(scheme, base, held)
    is_new = False
    if told.review is not None:
        if is_reviewed := _is_new(tx, told.review, known):
            _review(tx, moment, known, told.review)
            base, until = told.review.after, told.review.until_after
        held, is_over = _end_holds(tx, moment, known, told.review, scheme)
        is_new = is_reviewed or is_over
    now = base if held is None else higher(scheme, base, held)
    if told.tier and told.tier not in (now, base):
        _say(shop, tx, moment, known, base, until, told)
        now, is_new = told.tier, True
    if told.review is not None and _is_fall(told.review, before, now):
        tx.tiers.fell(member.id, FallenTier(before, told.review.fell_on or told.review.on))
    return is_new


def _is_new(tx: Writing, review: ReviewTold, known: Known) -> bool:
    """Whether it decided of what figures give, and is not among the changes yet."""
    changes = tx.members.tier_changes(known.member.id) if review.cause else ()
    return bool(review.cause) and all(each.sale_id != review.id for each in changes)


def _review(tx: Writing, moment: Moment, known: Known, review: ReviewTold) -> None:
    """With the figures of the whole chain."""
    day = tx.days.open_one()
    tx.members.change_tier(
        TierChange(
            member_id=known.member.id,
            cause=review.cause,
            sale_id=review.id,
            day_id=day.id if day else review.id,
            at_us=moment.at_us,
            business_on=review.on,
            before=review.before,
            after=review.after,
            until_before=review.until_before,
            until_after=review.until_after,
            spend_fen=review.spend_fen,
            measured=review.measured,
        )
    )


def _end_holds(
    tx: Writing, moment: Moment, known: Known, review: ReviewTold, scheme: TierScheme
) -> tuple[str | None, bool]:
    """What cards and grants give without those that head office says are over; whether any is."""
    member_id, over = known.member.id, frozenset(review.ended)
    holds = tx.tiers.holds(member_id) if over else ()
    ended = [hold for hold in holds if hold.id in over]
    if not ended:
        return known.held_tier, False
    for hold in ended:
        tx.tiers.end_hold(HoldEnd(hold.id, RUN_OUT, moment.at_us, review.on, 0))
    held = held_now(scheme, (hold for hold in holds if hold.id not in over))
    tx.tiers.stand(member_id, held)
    return None if held is None else held.tier, True


def _say(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    known: Known,
    before: str,
    until: date | None,
    told: MemberTold,
) -> None:
    """Another tier, as of now; of whom only the name is known masked, without a last day."""
    day, cause_id = tx.days.open_one(), shop.new_id()
    tx.members.change_tier(
        TierChange(
            member_id=known.member.id,
            cause=BY_CHAIN,
            sale_id=cause_id,
            day_id=day.id if day else cause_id,
            at_us=moment.at_us,
            business_on=moment.business_on,
            before=before,
            after=told.tier,
            until_before=until,
            until_after=told.tier_until,
            spend_fen=0,
        )
    )


def _is_fall(review: ReviewTold, before: str, now: str) -> bool:
    return bool(review.fell_from) and (before, now) == (review.fell_from, review.tier)
