"""核对 PIN: counted before it is checked; two are free, then one waits, also over a restart."""

from __future__ import annotations

from contextlib import suppress

import pytest
from msgspec.structs import replace

from core.actions.approve import approve
from core.actions.login import login
from core.actions.prove import NOBODY, candidates
from core.actions.set_up import add_staff
from core.errors import NameNeeded, NotAllowed, PinWait, WrongPin
from core.shop import Shop
from core.trust.pins import PinTries
from core.trust.rights import Right
from core.trust.staff import Role, Staff
from tests.builders import PIN, Home, audit_rows, later

WRONG = "135791"


def tries(shop: Shop, no: int) -> PinTries:
    with shop.store.read() as reading:
        return reading.people.tries(no)


def fail(shop: Shop, times: int, **named: str) -> None:
    for _ in range(times):
        with pytest.raises(WrongPin):
            login(shop, WRONG, **named)


def test_two_wrong_pins_are_free_the_third_waits_also_for_the_right_one(shop: Shop) -> None:
    fail(later(shop, 0), 3)
    with pytest.raises(PinWait) as refused:
        login(later(shop, 0), PIN)
    assert refused.value.seconds == 5
    assert login(later(shop, 5), PIN).name == "店长"


def test_the_right_pin_forgives_what_was_wrong_before(shop: Shop) -> None:
    fail(shop, 2)
    login(shop, PIN)
    fail(shop, 2)
    login(shop, PIN)
    assert tries(shop, 1) == PinTries()


def test_each_failure_doubles_the_wait_and_asking_too_early_costs_nothing(shop: Shop) -> None:
    fail(later(shop, 0), 2)
    waited = 0
    for seconds in (5, 10, 20, 40):
        fail(later(shop, waited), 1)
        for _ in range(3):
            with pytest.raises(PinWait) as refused:
                login(later(shop, waited), PIN)
            assert refused.value.seconds == seconds
        waited += seconds


def test_the_wait_survives_a_restart(home: Home) -> None:
    with home.shop() as shop:
        fail(later(shop, 0), 3)
    with home.shop() as shop, pytest.raises(PinWait):
        login(later(shop, 4), PIN)


def test_it_is_counted_before_it_is_checked(shop: Shop, staff: Staff) -> None:
    seen = []

    class Peeping:
        def fits(self, pin: str, pin_hash: str) -> bool:
            seen.append(tries(shop, staff.no).failures)
            raise KeyboardInterrupt

        def hash(self, pin: str) -> str:
            return pin

    with pytest.raises(KeyboardInterrupt):
        login(replace(shop, pins=Peeping()), PIN)
    assert seen == [1]
    assert tries(shop, staff.no).failures == 1, "a plug that is pulled then gives no free try"


def test_a_right_a_wrong_and_an_unknown_name_take_the_same_way(shop: Shop, fang: Staff) -> None:
    def way(**words: str) -> list[str]:
        steps: list[str] = []

        class Pins:
            def fits(self, pin: str, pin_hash: str) -> bool:
                steps.append(pin_hash.rsplit("$", 2)[0])
                return shop.pins.fits(pin, pin_hash)

            def hash(self, pin: str) -> str:
                return shop.pins.hash(pin)

        before = len(audit_rows(shop))
        with suppress(WrongPin):
            login(replace(shop, pins=Pins()), **words)
        return [*steps, f"{len(audit_rows(shop)) - before} rows"]

    right = way(pin="135246", name="王芳")
    assert len(right) == 2
    assert right == way(pin=WRONG, name="王芳") == way(pin=WRONG, name="没有这个人")
    assert tries(shop, NOBODY).failures == 1


def test_names_that_nobody_has_wait_for_themselves_alone(shop: Shop, fang: Staff) -> None:
    at_once = later(shop, 0)
    fail(at_once, 3, name="没有这个人")
    with pytest.raises(PinWait):
        login(at_once, WRONG, name="也没有")
    assert login(shop, "135246", name="王芳") == fang


def test_a_pin_alone_says_who_only_while_one_person_works(shop: Shop, fang: Staff) -> None:
    with pytest.raises(NameNeeded):
        login(shop, PIN)
    assert tries(shop, 1) == PinTries()
    assert login(shop, "135246", name="2") == fang


def test_logins_are_in_the_audit_and_their_pins_are_not(shop: Shop, staff: Staff) -> None:
    fail(shop, 1)
    rows = audit_rows(shop)[-2:]
    assert [(row["what"], row["staff_no"]) for row in rows] == [
        ("logged_in", 1),
        ("login_failed", 1),
    ]
    assert not any(pin in str(audit_rows(shop)) for pin in (PIN, WRONG))


# Approval


def test_a_manager_approves_for_a_cashier(shop: Shop, fang: Staff) -> None:
    approval = approve(shop, right=Right.VOID_SALE, pin=PIN, staff=fang)
    assert (approval.right, approval.staff_no) == (Right.VOID_SALE, 1)
    row = audit_rows(shop)[-1]
    assert (row["what"], row["staff_no"]) == ("approved", 1)
    assert (row["subject"], row["detail"]) == ("void_sale", "2")


def test_whoever_has_not_the_right_cannot_lend_it(shop: Shop, fang: Staff) -> None:
    with pytest.raises(NotAllowed):
        approve(shop, right=Right.VOID_SALE, pin="135246", staff=fang, name="王芳")
    assert audit_rows(shop)[-1]["what"] == "approval_failed"
    assert tries(shop, fang.no) == PinTries()


def test_approvals_wait_as_logins_do_and_with_them(shop: Shop, fang: Staff) -> None:
    at_once = later(shop, 0)
    fail(at_once, 2, name="店长")
    with pytest.raises(WrongPin):
        approve(at_once, right=Right.VOID_SALE, pin=WRONG, staff=fang)
    with pytest.raises(PinWait):
        approve(at_once, right=Right.VOID_SALE, pin=PIN, staff=fang)
    with pytest.raises(PinWait):
        login(at_once, PIN, name="店长")


def test_those_who_may_approve_are_asked_with_their_waits(shop: Shop, fang: Staff) -> None:
    add_staff(shop, name="陈药师", pin="975318", role=Role.PHARMACIST)
    at_once = later(shop, 0)
    fail(at_once, 3, name="店长")
    assert [who.name for who in candidates(shop)] == ["店长", "王芳", "陈药师"]
    assert [who.name for who in candidates(shop, Right.SEE_PERSONAL)] == ["店长", "陈药师"]
    assert [who.wait_s for who in candidates(at_once, Right.VOID_SALE)] == [5]
