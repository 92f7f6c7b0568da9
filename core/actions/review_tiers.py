"""等级复核: at the end of its period, after the days of grace, a tier is kept or falls (domain 4).

Done in short steps as the expiry of points is: the opening of the day does one, whoever opens it
goes on until all is done. What was reviewed is not due any more, so that a second run finds
nothing. A fall is kept with its figures, told to the server, and said at the next visit.

In a chain head office does it, who knows the figures of all tills, and its tills do nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from core.actions.counter import known_file
from core.actions.expire_points import is_in_chain
from core.actions.steps import every_step, stay
from core.actions.telling import tell
from core.actions.upgrade import figures_record
from core.changes import Changes
from core.members.held_tiers import RUN_OUT, FallenTier, HeldTier, HoldEnd
from core.members.member import MemberFile
from core.members.review import decide, is_over, run_out
from core.members.tiers import TierChange, higher, review_start
from core.ports import Writing
from core.rulebook.rulebook import Rulebook
from core.rulebook.schemes import PAYABLE
from core.shop import Shop
from core.values.moment import Moment

AT_ONCE = 50
"""Members that one step looks at: some milliseconds of a store that a customer may want."""


class Reviewed(Struct, frozen=True):
    """What one step did: how many fell, and how many go on; `is_done`: nobody is due any more.

    `is_of_office`: head office does it for the whole chain, and nothing is done here.
    """

    fallen: int
    kept: int
    is_done: bool
    is_of_office: bool = False
    changes: Changes = Changes.MEMBERS


def review_tiers(shop: Shop, *, staff_no: int = 0) -> Reviewed:
    """One step more, as whoever began it (0: the machine itself)."""
    with shop.store.write() as tx:
        return review_some(shop, tx, shop.moment(tx), staff_no=staff_no)


def review_all(shop: Shop, *, staff_no: int = 0, rest: Callable[[], None] = stay) -> Reviewed:
    """Step by step until nobody is due."""
    steps = list(every_step(lambda: review_tiers(shop, staff_no=staff_no), rest))
    fallen, kept = sum(step.fallen for step in steps), sum(step.kept for step in steps)
    return Reviewed(fallen, kept, is_done=True, is_of_office=steps[-1].is_of_office)


def review_some(shop: Shop, tx: Writing, moment: Moment, *, staff_no: int) -> Reviewed:
    """One step within a transaction."""
    if is_in_chain(tx):
        return Reviewed(0, 0, is_done=True, is_of_office=True)
    rulebook, today = tx.rulebooks.current(), moment.business_on
    grace = timedelta(days=rulebook.scheme.grace_days)
    due = tx.tiers.ending(before=today - grace, granted_before=today, limit=AT_ONCE)
    fallen = sum(_review(shop, tx, member, rulebook, moment, staff_no) for member in due)
    if due:
        tx.audit.note(
            "tiers_reviewed",
            at_us=moment.at_us,
            staff_no=staff_no,
            detail=f"{fallen} of {len(due)} fell",
        )
    return Reviewed(fallen, len(due) - fallen, is_done=len(due) < AT_ONCE)


def _review(
    shop: Shop, tx: Writing, member_id: UUID, rulebook: Rulebook, moment: Moment, staff_no: int
) -> bool:
    """Whether the member's tier fell."""
    file, scheme = known_file(tx, member_id, rulebook, moment), rulebook.scheme
    held, ended = _let_run_out(tx, file, rulebook, moment, staff_no)
    change = _at_period_end(shop, tx, file, rulebook, moment)
    base, before = file.base_tier.tier if change is None else change.after, file.member.tier
    after = base if held is None else higher(scheme, base, held.tier)
    is_fall = scheme.rank(after) < scheme.rank(before)
    if is_fall:
        lost_on = file.member.tier_until or moment.business_on
        tx.tiers.fell(member_id, FallenTier(before, lost_on))
    body: dict[str, object] = {
        "member": member_id,
        "before": before,
        "after": after,
        "base": base,
        "base_until": change.until_after if change else file.base_tier.until,
        "ended": ended,
        "staff_no": staff_no,
    }
    if change is not None:
        body["spend_fen"] = change.spend_fen
        if change.measured is not None:
            body["measured"] = figures_record(change.measured)
    if change is not None or ended:
        tell(shop, tx, moment, "TierReviewed", body)
    return is_fall


def _let_run_out(
    tx: Writing, file: MemberFile, rulebook: Rulebook, moment: Moment, staff_no: int
) -> tuple[HeldTier | None, list[UUID]]:
    """Cards and grants past their day end; what holds without them, and which ended."""
    if file.held is None:
        return None, []
    member_id, on = file.member.id, moment.business_on
    held, ended = run_out(rulebook.scheme, tx.tiers.holds(member_id), on)
    for hold in ended:
        tx.tiers.end_hold(HoldEnd(hold.id, RUN_OUT, moment.at_us, on, staff_no))
    if ended:
        tx.tiers.stand(member_id, held)
    return held, [hold.id for hold in ended]


def _at_period_end(
    shop: Shop, tx: Writing, file: MemberFile, rulebook: Rulebook, moment: Moment
) -> TierChange | None:
    """What the figures decide of the tier that they gave, where its period is over."""
    scheme, base, today = rulebook.scheme, file.base_tier, moment.business_on
    if base.until is None or not is_over(scheme, base, today):
        return None
    if scheme.rank(base.tier) == 0:
        tx.members.end_period(file.member.id)  # everybody has the lowest, for as long as they like
        return None
    since = review_start(scheme, base.until, today)
    sales = tx.tiers.counted(file.member.id, since=since, is_payable=scheme.counts == PAYABLE)
    decided = decide(scheme, base, sales, today)
    day, cause_id = tx.days.open_one(), shop.new_id()
    change = TierChange(
        member_id=file.member.id,
        cause=decided.cause,
        sale_id=cause_id,
        day_id=day.id if day else cause_id,
        at_us=moment.at_us,
        business_on=today,
        before=base.tier,
        after=decided.after,
        until_before=base.until,
        until_after=decided.until,
        spend_fen=decided.figures.spend_fen,
        measured=decided.measured,
    )
    tx.members.change_tier(change)
    return change
