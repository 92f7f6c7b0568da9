"""员工管理: who works here; what is changed holds at once, and the last manager stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.actions import day as days
from core.actions import staff as people
from core.actions.approve import approve
from core.actions.login import login
from core.actions.member_file import record_file
from core.actions.notes import as_seen, write_note
from core.actions.prove import candidates
from core.actions.reprint import reprint
from core.actions.set_up import add_staff
from core.errors import (
    LastManager,
    NoSuchStaff,
    NotAllowed,
    NotYoursToGive,
    PinWait,
    StaffGone,
    StaffTaken,
    WeakPin,
    WrongPin,
)
from core.shop import Shop
from core.trust.rights import Right, Source, source
from core.trust.staff import Role, Staff
from tests.actions.test_settle import CALCIUM, NORMAL, paid, scanned, settle, settled
from tests.actions.test_shift import facts
from tests.builders import PIN, audit_rows, file_of, later

FANG_PIN, OFFICE_PIN, NEW_PIN = "135246", "975318", "864209"


@pytest.fixture
def office(shop: Shop) -> Staff:
    """Somebody of the office."""
    return add_staff(shop, name="周敏", pin=OFFICE_PIN, role=Role.OFFICE)


def last_row(shop: Shop) -> tuple[str, int, str, str]:
    row = audit_rows(shop)[-1]
    return row["what"], row["staff_no"], row["subject"], row["detail"]


def test_a_manager_takes_somebody_on(shop: Shop, staff: Staff) -> None:
    done = people.hire(shop, name="陈药师", pin=NEW_PIN, role=Role.PHARMACIST, staff=staff)
    assert login(shop, NEW_PIN, name="陈药师") == done.person
    assert [row["what"] for row in audit_rows(shop)][-2:] == ["staff_added", "logged_in"]
    with pytest.raises(StaffTaken):
        people.hire(shop, name="陈药师", pin=NEW_PIN, role=Role.CASHIER, staff=staff)
    with pytest.raises(WeakPin):
        people.hire(shop, name="李雷", pin="123456", role=Role.CASHIER, staff=staff)


def test_a_cashier_takes_nobody_on_but_a_manager_may_allow_it(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    with pytest.raises(NotAllowed):
        people.hire(shop, name="李雷", pin=NEW_PIN, role=Role.CASHIER, staff=fang)
    approval = approve(shop, right=Right.MANAGE_STAFF, pin=PIN, staff=fang)
    people.hire(shop, name="李雷", pin=NEW_PIN, role=Role.CASHIER, staff=fang, approval=approval)
    assert last_row(shop) == ("staff_added", fang.no, "3", "cashier approved_by 1")


@pytest.mark.parametrize(
    "touch",
    [
        lambda shop, by: people.hire(shop, name="新", pin=NEW_PIN, role=Role.MANAGER, staff=by),
        lambda shop, by: people.change_role(shop, 2, Role.MANAGER, staff=by),
        lambda shop, by: people.change_role(shop, 1, Role.CASHIER, staff=by),
        lambda shop, by: people.set_pin(shop, 1, NEW_PIN, staff=by),
        lambda shop, by: people.remove_staff(shop, 1, staff=by),
        lambda shop, by: people.bring_back(shop, 1, staff=by),
    ],
    ids=["hire", "raise", "lower", "pin", "remove", "bring back"],
)
def test_the_office_touches_no_manager(
    shop: Shop, fang: Staff, office: Staff, touch: Callable[[Shop, Staff], object]
) -> None:
    with pytest.raises(NotAllowed) as refused:
        touch(shop, office)
    assert refused.value.right == "manage_managers"


def test_another_role_holds_at_once_also_for_whoever_is_logged_in(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    sale = settled(shop, fang, CALCIUM)
    people.change_role(shop, fang.no, Role.OFFICE, staff=staff)
    assert last_row(shop) == ("staff_role_changed", 1, str(fang.no), "office")
    with pytest.raises(NotAllowed):
        reprint(shop, staff=fang, sale_no=sale.sale.no)
    people.change_role(shop, fang.no, Role.MANAGER, staff=staff)
    people.set_pin(shop, staff.no, NEW_PIN, staff=fang)


def test_who_was_removed_while_logged_in_sells_nothing_more_and_nothing_is_lost(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    ready = paid(shop, scanned(shop, CALCIUM))
    people.remove_staff(shop, fang.no, staff=staff)
    assert last_row(shop) == ("staff_removed", 1, str(fang.no), "")
    with pytest.raises(StaffGone):
        settle(shop, ready.basket, shown=ready.quote.hash, staff=fang)
    with pytest.raises(WrongPin):
        login(shop, FANG_PIN, name="王芳")
    assert [who.name for who in candidates(shop)] == ["店长"]
    again = settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)
    assert again.sale.payable_fen == ready.quote.payable_fen


def test_an_approval_ends_with_the_right_of_whoever_gave_it(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    second = people.hire(shop, name="副店长", pin=NEW_PIN, role=Role.MANAGER, staff=staff).person
    approval = approve(shop, right=Right.MANAGE_STAFF, pin=NEW_PIN, staff=fang, name="副店长")
    people.remove_staff(shop, second.no, staff=staff)
    with pytest.raises(NotAllowed):
        people.remove_staff(shop, fang.no, staff=fang, approval=approval)


def test_who_comes_back_is_the_same_person(shop: Shop, staff: Staff, fang: Staff) -> None:
    people.remove_staff(shop, fang.no, staff=staff)
    with pytest.raises(StaffTaken):
        people.hire(shop, name="王芳", pin=NEW_PIN, role=Role.CASHIER, staff=staff)
    people.bring_back(shop, fang.no, staff=staff)
    assert login(shop, FANG_PIN, name="王芳") == fang


def test_the_last_manager_stays(shop: Shop, staff: Staff, fang: Staff) -> None:
    with pytest.raises(LastManager):
        people.remove_staff(shop, staff.no, staff=staff)
    with pytest.raises(LastManager):
        people.change_role(shop, staff.no, Role.CASHIER, staff=staff)
    people.change_role(shop, fang.no, Role.MANAGER, staff=staff)
    people.remove_staff(shop, staff.no, staff=staff)
    with pytest.raises(StaffGone):
        days.close_day(shop, counted_fen=0, staff=staff)


def rights_of(shop: Shop, no: int) -> Staff:
    """The person as the store has them now."""
    return next(person for person in people.everybody(shop) if person.no == no)


def test_a_right_is_given_to_one_person_at_once_and_taken_away_again(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    sale = settled(shop, fang, CALCIUM)
    people.change_rights(shop, fang.no, {Right.REPRINT: False}, staff=staff)
    assert last_row(shop) == ("staff_rights_changed", 1, str(fang.no), "-reprint")
    with pytest.raises(NotAllowed):
        reprint(shop, staff=fang, sale_no=sale.sale.no)
    both = {Right.REPRINT: True, Right.MANAGE_STAFF: True, Right.SELL: True}
    people.change_rights(shop, fang.no, both, staff=staff)
    assert last_row(shop)[3] == "+reprint +manage_staff", "what she had already is not noted"
    reprint(shop, staff=fang, sale_no=sale.sale.no)
    people.hire(shop, name="李雷", pin=NEW_PIN, role=Role.CASHIER, staff=fang)
    assert [who.name for who in candidates(shop, Right.MANAGE_STAFF)] == ["店长", "王芳"]
    rows = len(audit_rows(shop))
    people.change_rights(shop, fang.no, both, staff=staff)
    assert len(audit_rows(shop)) == rows, "nothing changed, nothing is noted"


def test_head_office_is_told_of_single_rights(shop: Shop, staff: Staff, fang: Staff) -> None:
    people.change_rights(shop, fang.no, {Right.PAY_OUT: True, Right.SELL: False}, staff=staff)
    told = facts(shop, "StaffRightsChanged")[-1]
    assert told["given"] == ["pay_out"]
    assert told["taken"] == ["sell"]
    assert (told["no"], told["staff_no"]) == (fang.no, staff.no)


def test_single_rights_stay_with_another_role(shop: Shop, staff: Staff, fang: Staff) -> None:
    people.change_rights(shop, fang.no, {Right.SELL: False, Right.PAY_OUT: True}, staff=staff)
    people.change_role(shop, fang.no, Role.PHARMACIST, staff=staff)
    person = rights_of(shop, fang.no)
    assert source(person, Right.SELL) is Source.TAKEN
    assert source(person, Right.PAY_OUT) is Source.GIVEN


def test_nobody_gives_what_they_do_not_have(
    shop: Shop, staff: Staff, fang: Staff, office: Staff
) -> None:
    with pytest.raises(NotYoursToGive) as refused:
        people.change_rights(shop, fang.no, {Right.VOID_SALE: True}, staff=office)
    assert refused.value.right == "void_sale"
    people.change_rights(shop, fang.no, {Right.EXPORT_MEMBERS: True}, staff=office)
    people.change_rights(shop, fang.no, {Right.VOID_SALE: True}, staff=staff)
    with pytest.raises(NotYoursToGive):  # whose PIN one sets, one is
        people.set_pin(shop, fang.no, NEW_PIN, staff=office)
    people.change_rights(shop, fang.no, {Right.MANAGE_MANAGERS: True}, staff=staff)
    with pytest.raises(NotAllowed) as above:
        people.remove_staff(shop, fang.no, staff=office)
    assert above.value.right == "manage_managers"


def test_what_a_manager_was_taken_they_bring_back_by_nobody(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    second = people.hire(shop, name="副店长", pin=NEW_PIN, role=Role.MANAGER, staff=staff).person
    people.change_rights(shop, second.no, {Right.EXPORT_MEMBERS: False}, staff=staff)
    for hands_out in (
        lambda: people.hire(shop, name="新", pin="975318", role=Role.MANAGER, staff=second),
        lambda: people.change_role(shop, fang.no, Role.MANAGER, staff=second),
        lambda: people.set_pin(shop, staff.no, "975318", staff=second),
        lambda: people.change_rights(shop, second.no, {Right.EXPORT_MEMBERS: True}, staff=second),
    ):
        with pytest.raises(NotYoursToGive):
            hands_out()


def test_one_manager_who_may_do_everything_stays(shop: Shop, staff: Staff, fang: Staff) -> None:
    with pytest.raises(LastManager):
        people.change_rights(shop, staff.no, {Right.PAY_OUT: False}, staff=staff)
    second = people.hire(shop, name="副店长", pin=NEW_PIN, role=Role.MANAGER, staff=staff).person
    people.change_rights(shop, second.no, {Right.PAY_OUT: False}, staff=staff)
    with pytest.raises(LastManager):
        people.remove_staff(shop, staff.no, staff=second)
    people.change_rights(shop, fang.no, {Right.SELL: False}, staff=second)


def test_an_approval_ends_with_a_single_right_of_whoever_gave_it(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    second = people.hire(shop, name="副店长", pin=NEW_PIN, role=Role.MANAGER, staff=staff).person
    approval = approve(shop, right=Right.MANAGE_STAFF, pin=NEW_PIN, staff=fang, name="副店长")
    people.change_rights(shop, second.no, {Right.MANAGE_STAFF: False}, staff=staff)
    with pytest.raises(NotAllowed):
        people.remove_staff(shop, fang.no, staff=fang, approval=approval)


def test_notes_are_for_who_may_see_what_they_say_of_health(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    member = file_of(shop, NORMAL).member.id
    assert write_note(shop, member, text="青霉素过敏", staff=fang)
    counter = scanned(shop, NORMAL)
    assert as_seen(shop, counter, staff=fang) is counter
    people.change_rights(shop, fang.no, {Right.SEE_HEALTH: False}, staff=staff)
    unseen = as_seen(shop, counter, staff=fang)
    assert unseen.file is not None
    assert unseen.file.notes == ()
    assert unseen.quote == counter.quote
    assert write_note(shop, member, text="爱聊天", staff=fang) == ()
    assert len(record_file(shop, member, staff=staff).notes) == 2
    people.change_rights(shop, fang.no, {Right.LOOK_AT_TAKINGS: True}, staff=staff)
    assert record_file(shop, member, staff=fang).notes == ()


def test_a_new_pin_ends_the_wait_of_whoever_forgot_the_old(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    for _ in range(3):
        with pytest.raises(WrongPin):
            login(shop, "111222", name="王芳")
    people.set_pin(shop, fang.no, NEW_PIN, staff=staff)
    assert last_row(shop) == ("pin_set", 1, str(fang.no), "")
    assert login(shop, NEW_PIN, name="王芳").no == fang.no


def test_everybody_changes_the_own_pin_with_the_old_one(shop: Shop, fang: Staff) -> None:
    with pytest.raises(WrongPin):
        people.change_own_pin(shop, old="111222", new=NEW_PIN, staff=fang)
    with pytest.raises(WeakPin):
        people.change_own_pin(shop, old=FANG_PIN, new="111111", staff=fang)
    people.change_own_pin(shop, old=FANG_PIN, new=NEW_PIN, staff=fang)
    assert last_row(shop)[:2] == ("pin_changed", fang.no)
    assert login(shop, NEW_PIN, name="王芳").no == fang.no


def test_a_lost_manager_pin_is_given_anew_and_the_wait_is_over(shop: Shop, fang: Staff) -> None:
    at_once = later(shop, 0)
    for _ in range(3):
        with pytest.raises(WrongPin):
            login(at_once, "111222", name="店长")
    with pytest.raises(PinWait):
        login(at_once, PIN, name="店长")
    people.reset_manager(at_once, name="店长", pin=NEW_PIN)
    assert last_row(shop) == ("manager_reset", 1, "1", "")
    assert login(at_once, NEW_PIN, name="店长").no == 1
    for nobody in ("王芳", "没有这个人"):
        with pytest.raises(NoSuchStaff):
            people.reset_manager(shop, name=nobody, pin=NEW_PIN)
