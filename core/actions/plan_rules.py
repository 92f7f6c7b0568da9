"""定日子: a draft that holds from a business day on; withdrawn before; begun when the day comes."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from core.actions.draft_rules import allow_change, check_turn
from core.actions.publish_rulebook import check_can_hold, let_hold
from core.changes import Changes
from core.errors import CouponsOutstanding, NoPlan, PlanThere, PlanTooEarly, TierOutstanding
from core.ports import Writing
from core.ports.drafts import Draft
from core.ports.plans import OwnPlan
from core.shop import Shop
from core.trust.staff import Staff
from core.values.moment import Moment


class Withdrawn(Struct, frozen=True):
    """`is_draft`: it is the draft again, since there was no other one."""

    plan: OwnPlan
    is_draft: bool
    changes: Changes = Changes.SETTINGS


def plan_draft(shop: Shop, begins_on: date, *, turn: int, staff: Staff) -> OwnPlan:
    """The draft holds from the first basket of that business day on, and is no draft any more.

    Raises PlanTooEarly, PlanThere, DraftElsewhere, NoDraft, NotAllowed, RulebookOfOffice, and
    what `check_can_hold` does: it is asked again when the day comes.
    """
    with shop.store.write() as tx:
        allow_change(shop, tx, staff)
        moment = shop.moment(tx)
        draft = check_turn(shop.store.draft.load(), turn)
        if begins_on <= moment.business_on:
            raise PlanTooEarly(moment.business_on.isoformat())
        if any(each.begins_on == begins_on for each in tx.rulebooks.intended()):
            raise PlanThere(begins_on.isoformat())
        check_can_hold(tx, draft.rulebook, moment.business_on)
        plan = OwnPlan(begins_on, draft.rulebook, staff.no)
        tx.rulebooks.intend(plan)
        _note(tx, moment, "rulebook_planned", begins_on, staff.no)
    shop.store.draft.drop()
    return plan


def withdraw_plan(shop: Shop, begins_on: date, *, staff: Staff) -> Withdrawn:
    """撤回: what holds goes on; raises NotAllowed, NoPlan.

    Where nobody writes a draft the plan is the draft again. It may also be what head office has
    made void.
    """
    with shop.store.write() as tx:
        allow_change(shop, tx, staff)
        found = [each for each in tx.rulebooks.intended() if each.begins_on == begins_on]
        if not found:
            raise NoPlan(begins_on.isoformat())
        tx.rulebooks.withdraw(begins_on, begins_on)
        _note(tx, shop.moment(tx), "rulebook_plan_withdrawn", begins_on, staff.no)
        is_draft = shop.store.draft.load() is None
        if is_draft:
            version = tx.rulebooks.newest() + 1
            shop.store.draft.keep(Draft(replace(found[0].rulebook, version=version), 1))
    return Withdrawn(found[0], is_draft)


def give_way_to_office(tx: Writing, moment: Moment) -> None:
    """总部发了规则: what the shop has planned begins no more."""
    for plan in tx.rulebooks.intended():
        tx.rulebooks.withdraw(plan.begins_on, plan.begins_on)
        _note(tx, moment, "rulebook_plan_withdrawn", plan.begins_on, 0)


def begin_own(shop: Shop, tx: Writing, moment: Moment) -> None:
    """Let hold what the shop has planned. One that would take a tier or coupon waits for a person.

    What was planned for earlier days has been passed by.
    """
    plan = tx.rulebooks.own_due(moment.business_on)
    if plan is None:
        return
    book = replace(plan.rulebook, version=tx.rulebooks.newest() + 1)
    try:
        check_can_hold(tx, book, moment.business_on)
    except (TierOutstanding, CouponsOutstanding):
        tx.rulebooks.refuse_own(plan.begins_on, moment.business_on)
        _note(tx, moment, "rulebook_plan_refused", plan.begins_on, 0)
        return
    tx.rulebooks.withdraw(date.min, plan.begins_on)
    said = f"version={book.version} from={plan.begins_on.isoformat()}"
    let_hold(shop, tx, moment, book, staff_no=plan.staff_no, said=said)


def _note(tx: Writing, moment: Moment, what: str, begins_on: date, staff_no: int) -> None:
    detail = f"from={begins_on.isoformat()}"
    tx.audit.note(what, at_us=moment.at_us, staff_no=staff_no, detail=detail)
