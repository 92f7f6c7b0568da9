"""员工管理: who works here; what is changed holds at once, and the last manager stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.actions import day as days
from core.actions import staff as people
from core.actions.approve import approve
from core.actions.login import login
from core.actions.prove import candidates
from core.actions.reprint import reprint
from core.actions.set_up import add_staff
from core.errors import (
    LastManager,
    NoSuchStaff,
    NotAllowed,
    PinWait,
    StaffGone,
    StaffTaken,
    WeakPin,
    WrongPin,
)
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Role, Staff
from tests.actions.test_settle import CALCIUM, paid, scanned, settle, settled
from tests.builders import PIN, audit_rows, later

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
