"""信号与案件: what opens a case, what is decided of it, and how it is opened again."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.actions.allow import Second
from core.actions.approve import approve
from core.actions.cards import freeze_member
from core.actions.cases import case_detail, list_cases, note_case
from core.actions.decide_case import decide_case, reopen_case, weigh
from core.actions.forget_member import forget_member
from core.actions.merge_members import merge_members
from core.actions.set_up import add_staff
from core.actions.staff import change_role, remove_staff
from core.errors import (
    BadNote,
    CaseDecided,
    CaseGone,
    CaseStillOpen,
    NotAllowed,
    NotEnoughPoints,
    NotForThisCase,
    StaffGone,
)
from core.members.certificate import Why
from core.shop import Shop
from core.trust.cases import Decision, StepKind
from core.trust.rights import Right
from core.trust.staff import Role, Staff
from tests.actions.test_deeds import with_rules
from tests.actions.test_look_for_signals import kinds, often
from tests.actions.test_return import DAY_S, file_of
from tests.actions.test_settle import GOLD, NORMAL
from tests.builders import FANG_PIN, audit_rows, later


@pytest.fixture
def office(shop: Shop) -> Staff:
    """Somebody else who may decide."""
    return add_staff(shop, name="周会计", pin=FANG_PIN, role=Role.OFFICE)


def decided(shop: Shop, case_id: UUID, decision: Decision, staff: Staff, **given: object) -> int:
    words = {"reason": "问过本人", "step_id": shop.new_id(), "staff": staff, **given}
    return decide_case(shop, case_id, decision, **words).points


def test_nothing_is_a_decision_with_a_reason(shop: Shop, staff: Staff) -> None:
    case_id, today = often(shop, staff), later(shop, 0)
    before = file_of(shop, GOLD).points
    with pytest.raises(BadNote):
        decided(today, case_id, Decision.NOTHING, staff, reason=" ")
    assert decided(today, case_id, Decision.NOTHING, staff) == 0
    assert file_of(shop, GOLD).points == before
    assert kinds(today, staff) == []
    (line,) = list_cases(today, staff=staff, is_open=False).lines
    assert line.file.decision is Decision.NOTHING
    row = audit_rows(shop)[-1]
    assert (row["what"], row["detail"]) == ("case_decided", "earns_often nothing 0")


def test_points_go_as_the_preview_said(shop: Shop, staff: Staff) -> None:
    case_id, today = often(shop, staff), later(shop, 0)
    worth = case_detail(today, case_id, staff=staff).line.file.points
    seen = weigh(today, case_id, Decision.TAKE_BACK, staff=staff)
    assert (seen.points, seen.second, seen.freezes) == (worth, Second.NOT_NEEDED, False)
    assert decided(today, case_id, Decision.TAKE_BACK, staff) == worth
    assert seen.after == seen.before - worth
    assert case_detail(today, case_id, staff=staff).points == seen.after


def test_a_press_twice_takes_once(shop: Shop, staff: Staff) -> None:
    case_id, today = often(shop, staff), later(shop, 0)
    step = shop.new_id()
    first = decided(today, case_id, Decision.TAKE_BACK, staff, step_id=step)
    after = file_of(shop, GOLD).points
    assert decided(today, case_id, Decision.TAKE_BACK, staff, step_id=step) == first
    assert file_of(shop, GOLD).points == after


def test_two_decide_one_case_and_the_second_hears_of_the_first(
    shop: Shop, staff: Staff, office: Staff
) -> None:
    case_id, today = often(shop, staff), later(shop, 0)
    decided(today, case_id, Decision.NOTHING, staff)
    before = file_of(shop, GOLD).points
    with pytest.raises(CaseDecided) as refused:
        decided(today, case_id, Decision.TAKE_BACK, office)
    assert refused.value.by == "店长"
    assert file_of(shop, GOLD).points == before


def test_above_the_limit_somebody_else_agrees(shop: Shop, staff: Staff, office: Staff) -> None:
    case_id, today = often(shop, staff), later(shop, 0)
    with_rules(shop, staff, corrections_alone=1)
    assert weigh(today, case_id, Decision.TAKE_BACK, staff=staff).second is Second.NEEDED
    before = file_of(shop, GOLD).points
    with pytest.raises(NotAllowed) as refused:
        decided(today, case_id, Decision.TAKE_BACK, staff)
    assert refused.value.right == Right.CORRECT_BEYOND_LIMIT
    assert (kinds(today, staff), file_of(shop, GOLD).points) == (["earns_often"], before)
    right = Right.CORRECT_BEYOND_LIMIT
    approval = approve(today, right=right, pin=FANG_PIN, staff=staff, name=office.name)
    assert decided(today, case_id, Decision.TAKE_BACK, staff, approval=approval) > 0
    (step,) = case_detail(today, case_id, staff=staff).steps[-1:]
    assert (step.by, step.approved_by) == ("店长", "周会计")


def test_nobody_falls_below_zero(shop: Shop, staff: Staff) -> None:
    case_id, today = often(shop, staff), later(shop, 0)
    with_rules(shop, staff, corrections_alone=1_000_000)
    too_many = file_of(shop, GOLD).points + 1
    with pytest.raises(NotEnoughPoints):
        decided(today, case_id, Decision.TAKE_BACK, staff, points=too_many)
    assert kinds(today, staff) == ["earns_often"]


def test_who_is_no_member_any_more_has_nothing_and_is_frozen(shop: Shop, staff: Staff) -> None:
    case_id, today = often(shop, staff), later(shop, 0)
    with_rules(shop, staff, corrections_alone=1_000_000)
    points = case_detail(today, case_id, staff=staff).points
    assert 0 < points < file_of(shop, GOLD).points  # the others ran out in 2028
    seen = weigh(today, case_id, Decision.CANCEL, staff=staff)
    assert (seen.points, seen.after, seen.freezes) == (points, 0, True)
    assert decided(today, case_id, Decision.CANCEL, staff) == points
    assert file_of(shop, GOLD).frozen_for == "问过本人"
    assert case_detail(today, case_id, staff=staff).points == 0


def test_a_case_that_was_decided_wrongly_is_opened_again_and_undone(
    shop: Shop, staff: Staff
) -> None:
    case_id, today = often(shop, staff), later(shop, 0)
    with_rules(shop, staff, corrections_alone=1_000_000)
    points, all_points = case_detail(today, case_id, staff=staff).points, file_of(shop, GOLD).points
    with pytest.raises(CaseStillOpen):
        reopen_case(today, case_id, reason="弄错了", step_id=shop.new_id(), staff=staff)
    decided(today, case_id, Decision.CANCEL, staff)
    tomorrow = later(shop, DAY_S)
    undone = reopen_case(tomorrow, case_id, reason="弄错了", step_id=shop.new_id(), staff=staff)
    assert undone.points == -points
    file = file_of(shop, GOLD)
    assert (file.points, file.frozen_for) == (all_points, None)
    steps = [each.step.kind for each in case_detail(tomorrow, case_id, staff=staff).steps]
    assert steps == [StepKind.OPENED, StepKind.DECIDED, StepKind.REOPENED]
    decided(tomorrow, case_id, Decision.NOTHING, staff)
    again = reopen_case(tomorrow, case_id, reason="再看", step_id=shop.new_id(), staff=staff)
    assert again.points == 0
    assert file_of(shop, GOLD).points == all_points


def test_who_was_frozen_for_something_else_stays_so(shop: Shop, staff: Staff) -> None:
    case_id, today = often(shop, staff), later(shop, 0)
    freeze_member(today, file_of(shop, GOLD).member.id, reason="丢了卡", staff=staff)
    assert not weigh(today, case_id, Decision.FREEZE, staff=staff).freezes
    decided(later(shop, 1), case_id, Decision.FREEZE, staff)
    reopen_case(later(shop, 2), case_id, reason="弄错了", step_id=shop.new_id(), staff=staff)
    assert file_of(shop, GOLD).frozen_for == "丢了卡"


def test_a_member_who_became_another_answers_as_that_one(shop: Shop, staff: Staff) -> None:
    case_id, today = often(shop, staff), later(shop, 0)
    merge_members(shop, GOLD, NORMAL, staff=staff)
    before = file_of(shop, NORMAL).points
    taken = decided(today, case_id, Decision.TAKE_BACK, staff)
    assert file_of(shop, NORMAL).points == before - taken < before


def test_of_who_was_erased_nothing_is_left_to_take(shop: Shop, staff: Staff) -> None:
    case_id, today = often(shop, staff), later(shop, 0)
    note_case(today, case_id, "住在三楼", step_id=shop.new_id(), staff=staff)
    forget_member(shop, file_of(shop, GOLD).member.id, Why.ASKED, staff=staff)
    detail = case_detail(today, case_id, staff=staff)
    assert (detail.line.who, detail.line.is_erased, detail.points) == ("", True, 0)
    assert [each.step.words for each in detail.steps] == ["", ""]
    for decision in (Decision.TAKE_BACK, Decision.FREEZE, Decision.CANCEL):
        with pytest.raises(NotForThisCase):
            decided(today, case_id, decision, staff)
    decided(today, case_id, Decision.NOTHING, staff)
    reopen_case(today, case_id, reason="再看", step_id=shop.new_id(), staff=staff)


def test_a_right_that_is_lost_decides_nothing(shop: Shop, staff: Staff, office: Staff) -> None:
    case_id, today = often(shop, staff), later(shop, 0)
    change_role(shop, office.no, Role.CASHIER, staff=staff)
    with pytest.raises(NotAllowed):
        decided(today, case_id, Decision.NOTHING, office)
    remove_staff(shop, office.no, staff=staff)
    with pytest.raises(StaffGone):
        decided(today, case_id, Decision.NOTHING, office)
    assert kinds(today, staff) == ["earns_often"]


def test_a_note_is_kept_once_for_each_press(shop: Shop, staff: Staff) -> None:
    case_id, today = often(shop, staff), later(shop, 0)
    step = shop.new_id()
    for _ in range(2):
        note_case(today, case_id, "打过电话", step_id=step, staff=staff)
    notes = [
        each.step.words
        for each in case_detail(today, case_id, staff=staff).steps
        if each.step.kind is StepKind.NOTED
    ]
    assert notes == ["打过电话"]
    with pytest.raises(CaseGone):
        note_case(today, UUID(int=7), "打过电话", step_id=shop.new_id(), staff=staff)
