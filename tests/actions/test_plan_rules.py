"""定日子: the shop's own rules for a later day: they begin, are withdrawn, and give way."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from core.actions.draft_rules import begin_draft, look_at_draft, publish_draft, switch_in_draft
from core.actions.look_at_rules import look_at_rules
from core.actions.plan_rules import plan_draft, withdraw_plan
from core.errors import DraftElsewhere, NoPlan, PlanThere, PlanTooEarly, TierOutstanding
from core.ports.plans import OwnPlan
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_office_rules import DAY, cheaper, issue, later, today, version
from tests.actions.test_pull import line as line
from tests.actions.test_pull import pulled
from tests.actions.test_settle import VITAMIN, settled
from tests.actions.test_shift import last_audit
from tests.chained import Line, events_of


def planned(shop: Shop, staff: Staff, days: int, off_fen: int = 100) -> date:
    """So much off each basket, from so many days on."""
    book = cheaper(shop, 99, off_fen)
    draft = begin_draft(shop, staff=staff)
    shop.store.draft.keep(replace(draft, rulebook=book))
    begins_on = today(shop) + days * DAY
    plan_draft(shop, begins_on, turn=1, staff=staff)
    return begins_on


def test_it_begins_on_its_day_with_the_next_version(shop: Shop, staff: Staff) -> None:
    before = settled(shop, staff, VITAMIN)
    begins_on = planned(shop, staff, 2)
    assert look_at_draft(shop, staff=staff) is None
    [plan] = look_at_rules(shop, staff=staff).plans
    assert (plan.begins_on, plan.by, plan.trouble) == (begins_on, staff.name, None)
    now = version(shop)
    assert version(later(shop, 1)) == now
    then = later(shop, 2)
    assert version(then) == now + 1
    assert look_at_rules(then, staff=staff).plans == ()
    assert settled(then, staff, VITAMIN).sale.payable_fen == before.sale.payable_fen - 100
    told = [each.kind for each in events_of(shop)].count("RulebookPublished")
    assert told == 2, "when the shop was set up, and now"


def test_what_is_published_meanwhile_holds_until_then(shop: Shop, staff: Staff) -> None:
    planned(shop, staff, 2)
    begin_draft(shop, staff=staff)
    draft = switch_in_draft(shop, "special-price", is_on=False, turn=1, staff=staff)
    now = publish_draft(shop, turn=draft.turn, staff=staff).rulebook.version
    assert version(shop) == now
    assert version(later(shop, 2)) == now + 1


def test_of_two_the_last_that_should_hold_does_and_those_before_are_passed_by(
    shop: Shop, staff: Staff
) -> None:
    planned(shop, staff, 1, 100)
    planned(shop, staff, 3, 300)
    now = version(shop)
    then = later(shop, 4)
    before = settled(shop, staff, VITAMIN).sale.payable_fen
    assert version(then) == now + 1
    assert settled(then, staff, VITAMIN).sale.payable_fen == before - 300
    assert look_at_rules(then, staff=staff).plans == ()


def test_it_is_withdrawn_and_is_the_draft_again(shop: Shop, staff: Staff) -> None:
    begins_on = planned(shop, staff, 2)
    gone = withdraw_plan(shop, begins_on, staff=staff)
    assert gone.is_draft
    seen = look_at_draft(shop, staff=staff)
    assert seen is not None and seen.draft.rulebook.offers[0].id == "off"
    with pytest.raises(NoPlan):
        withdraw_plan(shop, begins_on, staff=staff)
    now = version(shop)
    assert version(later(shop, 3)) == now


def test_beside_another_draft_it_is_gone_when_it_is_withdrawn(shop: Shop, staff: Staff) -> None:
    begins_on = planned(shop, staff, 2)
    other = begin_draft(shop, staff=staff)
    assert not withdraw_plan(shop, begins_on, staff=staff).is_draft
    seen = look_at_draft(shop, staff=staff)
    assert seen is not None and seen.draft == other


def test_not_for_today_nor_twice_for_one_day_nor_what_another_changed(
    shop: Shop, staff: Staff
) -> None:
    begins_on = planned(shop, staff, 2)
    begin_draft(shop, staff=staff)
    with pytest.raises(PlanTooEarly):
        plan_draft(shop, today(shop), turn=1, staff=staff)
    with pytest.raises(PlanThere):
        plan_draft(shop, begins_on, turn=1, staff=staff)
    with pytest.raises(DraftElsewhere):
        plan_draft(shop, begins_on + DAY, turn=2, staff=staff)
    assert look_at_draft(shop, staff=staff) is not None


def test_one_that_would_take_a_tier_is_refused_at_once_and_on_its_day(
    shop: Shop, staff: Staff
) -> None:
    draft = begin_draft(shop, staff=staff)
    scheme = draft.rulebook.scheme
    fewer = replace(draft.rulebook, scheme=replace(scheme, tiers=scheme.tiers[:1]))
    shop.store.draft.keep(replace(draft, rulebook=fewer))
    begins_on = today(shop) + DAY
    with pytest.raises(TierOutstanding):
        plan_draft(shop, begins_on, turn=1, staff=staff)
    with shop.store.write() as tx:
        tx.rulebooks.intend(OwnPlan(begins_on, fewer, staff.no))
    now = version(shop)
    then = later(shop, 1)
    assert version(then) == now
    [plan] = look_at_rules(then, staff=staff).plans
    assert isinstance(plan.trouble, TierOutstanding)
    assert version(then) == now, "asked once a day"
    withdraw_plan(then, begins_on, staff=staff)


def test_head_office_comes_before_what_the_shop_has_planned(
    shop: Shop, staff: Staff, line: Line
) -> None:
    planned(shop, staff, 1)
    issue(shop, line, cheaper(shop, 7, 500), days=2)
    pulled(shop, line)
    rules = look_at_rules(shop, staff=staff)
    assert [(plan.by, plan.rulebook.version) for plan in rules.plans] == [("", 7)]
    now = version(shop)
    assert version(later(shop, 1)) == now
    assert version(later(shop, 2)) == 7


def test_each_step_is_in_the_audit_log(shop: Shop, staff: Staff) -> None:
    begins_on = planned(shop, staff, 2)
    withdraw_plan(shop, begins_on, staff=staff)
    said = {"what": "rulebook_plan_withdrawn", "detail": f"from={begins_on.isoformat()}"}
    assert said.items() <= last_audit(shop).items()
