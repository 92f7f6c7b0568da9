"""行为积分 · 更正: points without a sale, within limits, with a reason, never below zero."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import pytest
from msgspec.structs import replace

from core.actions.cards import freeze_member
from core.actions.deeds import chances, correct_points, credit_behaviour
from core.actions.merge_members import merge_members
from core.actions.publish_rulebook import publish_rulebook
from core.actions.set_up import add_staff
from core.actions.staff import remove_staff
from core.errors import (
    ApprovalSpent,
    BadCorrection,
    BadNote,
    BehaviourLimit,
    MemberFrozen,
    NoSuchBehaviour,
    NotAllowed,
    NotEnoughPoints,
)
from core.rulebook.behaviours import Behaviour
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Role, Staff
from tests.actions.test_return import DAY_S, file_of
from tests.actions.test_settle import GOLD, NORMAL
from tests.builders import audit_rows, later

SIGN_IN = Behaviour("sign-in", "签到", 5, per_day=1, per_year=3)
ADVICE = Behaviour("advice", "建议", 20, per_day=0, in_all=2)


def with_rules(shop: Shop, staff: Staff, **changed: object) -> Rulebook:
    """The rulebook of the shop with something else in it."""
    with shop.store.read() as reading:
        now = reading.rulebooks.current()
    return publish_rulebook(
        shop, replace(now, version=now.version + 1, **changed), staff=staff
    ).rulebook


@pytest.fixture
def member(shop: Shop, staff: Staff) -> UUID:
    """Of a shop that gives points for signing in and for advice."""
    with_rules(shop, staff, behaviours=(SIGN_IN, ADVICE), corrections_alone=100)
    return file_of(shop, NORMAL).member.id


@pytest.fixture
def cashier(shop: Shop, staff: Staff) -> Staff:
    return add_staff(shop, name="王芳", pin="135246", role=Role.CASHIER)


def test_what_a_member_did_earns_points_once_a_day(
    shop: Shop, cashier: Staff, member: UUID
) -> None:
    today, before = later(shop, 0), file_of(shop, NORMAL).points
    moved = credit_behaviour(today, member, "sign-in", deed_id=shop.new_id(), staff=cashier)
    assert (moved.points, moved.balance) == (5, before + 5)
    with pytest.raises(BehaviourLimit):
        credit_behaviour(today, member, "sign-in", deed_id=shop.new_id(), staff=cashier)
    assert [chance.stopped_by for chance in chances(today, member)] == ["day", ""]
    for day in (1, 2):
        credit_behaviour(
            later(shop, day * DAY_S), member, "sign-in", deed_id=shop.new_id(), staff=cashier
        )
    with pytest.raises(BehaviourLimit):
        credit_behaviour(
            later(shop, 3 * DAY_S), member, "sign-in", deed_id=shop.new_id(), staff=cashier
        )
    next_year = later(shop, 370 * DAY_S)
    assert (
        credit_behaviour(next_year, member, "sign-in", deed_id=shop.new_id(), staff=cashier).points
        == 5
    )


def test_so_often_in_all_also_as_somebody_who_was_merged(
    shop: Shop, staff: Staff, member: UUID
) -> None:
    credit_behaviour(shop, member, "advice", deed_id=shop.new_id(), staff=staff)
    merge_members(shop, NORMAL, GOLD, staff=staff)
    gold = file_of(shop, GOLD).member.id
    credit_behaviour(shop, gold, "advice", deed_id=shop.new_id(), staff=staff)
    with pytest.raises(BehaviourLimit):
        credit_behaviour(shop, gold, "advice", deed_id=shop.new_id(), staff=staff)


def test_what_the_rulebook_does_not_know_earns_nothing(
    shop: Shop, staff: Staff, member: UUID
) -> None:
    with pytest.raises(NoSuchBehaviour):
        credit_behaviour(shop, member, "dancing", deed_id=shop.new_id(), staff=staff)
    freeze_member(shop, member, reason="查", staff=staff)
    with pytest.raises(MemberFrozen):
        credit_behaviour(shop, member, "sign-in", deed_id=shop.new_id(), staff=staff)


def test_a_correction_within_the_limit_is_ones_own(
    shop: Shop, cashier: Staff, member: UUID
) -> None:
    before = file_of(shop, NORMAL).points
    assert (
        correct_points(
            shop, member, 60, reason="漏记", correction_id=shop.new_id(), staff=cashier
        ).balance
        == before + 60
    )
    # 60 up and 50 down are 110 of the 100 that she may move of one member in a day.
    with pytest.raises(NotAllowed):
        correct_points(shop, member, -50, reason="多记", correction_id=shop.new_id(), staff=cashier)
    approval = Approval(Right.CORRECT_BEYOND_LIMIT, 1, shop.clock.now_us())
    moved = correct_points(
        shop,
        member,
        -50,
        reason="多记",
        correction_id=shop.new_id(),
        staff=cashier,
        approval=approval,
    )
    assert moved.balance == before + 10
    assert audit_rows(shop)[-1]["detail"] == "-50 approved_by 1"


def test_nobody_falls_below_zero_by_it(shop: Shop, staff: Staff, member: UUID) -> None:
    held = file_of(shop, NORMAL).points
    with pytest.raises(NotEnoughPoints):
        correct_points(
            shop, member, -held - 1, reason="错", correction_id=shop.new_id(), staff=staff
        )
    assert file_of(shop, NORMAL).points == held
    for points, why, error in ((0, "错", BadCorrection), (5, "  ", BadNote)):
        with pytest.raises(error):
            correct_points(
                shop, member, points, reason=why, correction_id=shop.new_id(), staff=staff
            )


def test_a_double_press_counts_once(shop: Shop, staff: Staff, member: UUID) -> None:
    before, advice = file_of(shop, NORMAL).points, chances(shop, member)[1]
    press = partial(credit_behaviour, shop, member, "advice", staff=staff)
    assert not press(deed_id=advice.deed_id).is_repeat
    again = press(deed_id=advice.deed_id)
    assert (again.is_repeat, again.points, again.balance) == (True, 20, before + 20)
    assert chances(shop, member)[1].deed_id != advice.deed_id
    assert chances(shop, member)[1].times.ever == 1


def test_a_correction_that_is_said_twice_is_done_once(
    shop: Shop, staff: Staff, member: UUID
) -> None:
    before, same = file_of(shop, NORMAL).points, shop.new_id()
    correct = partial(correct_points, shop, member, 30, reason="漏记", staff=staff)
    assert [correct(correction_id=same).is_repeat for _ in range(2)] == [False, True]
    assert file_of(shop, NORMAL).points == before + 30
    # Also where the member was merged meanwhile: it says what whoever they are now has.
    merge_members(shop, NORMAL, GOLD, staff=staff)
    assert correct(correction_id=same).balance == file_of(shop, GOLD).points


def test_beyond_the_limit_somebody_else_says_yes(shop: Shop, staff: Staff, member: UUID) -> None:
    second = add_staff(shop, name="李店", pin="864209", role=Role.MANAGER)
    right = Right.CORRECT_BEYOND_LIMIT

    def correct(points: int, approval: Approval | None = None) -> None:
        correct_points(
            shop,
            member,
            points,
            reason="补记",
            correction_id=shop.new_id(),
            staff=staff,
            approval=approval,
            takes_two=True,
        )

    now_us = shop.clock.now_us()
    correct(100)
    before = file_of(shop, NORMAL).points
    for approval in (
        None,
        Approval(right, staff.no, now_us),
        Approval(Right.SELL, second.no, now_us),
    ):
        with pytest.raises(NotAllowed):
            correct(1, approval)
    with pytest.raises(ApprovalSpent):
        correct(1, Approval(right, second.no, now_us - 121_000_000))
    assert file_of(shop, NORMAL).points == before
    correct(1, Approval(right, second.no, now_us))
    assert file_of(shop, NORMAL).points == before + 1
    assert f"approved_by {second.no}" in audit_rows(shop)[-1]["detail"]


def test_who_alone_has_the_right_answers_alone(shop: Shop, staff: Staff, member: UUID) -> None:
    gone = add_staff(shop, name="李店", pin="864209", role=Role.MANAGER)
    remove_staff(shop, gone.no, staff=staff)
    moved = correct_points(
        shop,
        member,
        500,
        reason="补记",
        correction_id=shop.new_id(),
        staff=staff,
        takes_two=True,
    )
    assert moved.points == 500
    assert audit_rows(shop)[-1]["detail"] == "500 no_second"
