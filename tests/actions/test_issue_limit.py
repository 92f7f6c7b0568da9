"""发券的限额: above it a second person, counted over the day, however it is split."""

from __future__ import annotations

from functools import partial

import pytest
from msgspec.structs import replace

from core.actions.allow import Second
from core.actions.counter import new_basket
from core.actions.coupon_codes import issue_coupons
from core.actions.handouts import begin_handout, meant_by_cards, stop_handout
from core.actions.login import login
from core.actions.publish_rulebook import publish_rulebook
from core.actions.set_up import add_staff
from core.errors import ApprovalSpent, NotAllowed
from core.rulebook.coupons_alone import ANY_NUMBER, CouponsAlone
from core.shop import Shop
from core.trust.rights import APPROVAL_LASTS_US, Approval, Right
from core.trust.staff import Role, Staff
from tests.actions.test_coupon_codes import CINEMA, FIVE
from tests.actions.test_settle import GOLD, NORMAL, SILVER
from tests.builders import FANG_PIN, PIN, Home, audit_rows, later

BEYOND = Right.ISSUE_BEYOND_LIMIT
WHOLE = replace(FIVE, id="whole", name="九折券", off_fen=0, rate_bp=9000)


def limited(shop: Shop, staff: Staff, limit: CouponsAlone) -> None:
    now = new_basket(shop).rulebook
    after = replace(now, version=now.version + 1, offers=(FIVE, CINEMA, WHOLE), coupons_alone=limit)
    publish_rulebook(shop, after, staff=staff)


@pytest.fixture
def second(shop: Shop, staff: Staff) -> Staff:
    return add_staff(shop, name="李店", pin="864209", role=Role.MANAGER)


def issued(
    shop: Shop, staff: Staff, count: int, *, offer: str = "five", by: Approval | None = None
) -> int:
    ident = shop.new_id()
    made = issue_coupons(shop, offer, count, batch_id=ident, staff=staff, approval=by)
    return len(made.batch.codes)


def refused(shop: Shop, staff: Staff, count: int, *, offer: str = "five") -> bool:
    with shop.store.read() as reading:
        before = reading.coupon_codes.last_batches(99)
    with pytest.raises(NotAllowed) as error:
        issued(shop, staff, count, offer=offer)
    with shop.store.read() as reading:
        assert reading.coupon_codes.last_batches(99) == before
    return error.value.right == BEYOND


def test_what_is_issued_on_a_day_counts_together(shop: Shop, staff: Staff, second: Staff) -> None:
    limited(shop, staff, CouponsAlone(coupons=5))
    assert issued(shop, staff, 3) == 3
    assert refused(shop, staff, 3)
    assert refused(shop, staff, 3, offer="cinema")
    assert issued(shop, staff, 2) == 2
    assert refused(shop, staff, 1)
    assert issued(shop, second, 5) == 5
    assert issued(later(shop, 86_400), staff, 5) == 5


def test_somebody_else_says_yes_and_the_audit_names_them(
    shop: Shop, staff: Staff, second: Staff
) -> None:
    limited(shop, staff, CouponsAlone(coupons=5))
    now_us = shop.clock.now_us()
    for approval in (
        Approval(BEYOND, staff.no, now_us),
        Approval(Right.ISSUE_COUPONS, second.no, now_us),
    ):
        with pytest.raises(NotAllowed):
            issued(shop, staff, 6, by=approval)
    with pytest.raises(ApprovalSpent):
        issued(shop, staff, 6, by=Approval(BEYOND, second.no, now_us - APPROVAL_LASTS_US - 1))
    assert issued(shop, staff, 6, by=Approval(BEYOND, second.no, now_us)) == 6
    assert audit_rows(shop)[-1]["detail"] == f"five 6 approved_by {second.no}"


def test_a_cashier_needs_one_other_for_it(shop: Shop, staff: Staff, second: Staff) -> None:
    cashier = add_staff(shop, name="王芳", pin=FANG_PIN, role=Role.CASHIER)
    limited(shop, staff, CouponsAlone(coupons=5))
    with pytest.raises(NotAllowed) as error:
        issued(shop, cashier, 2)
    assert error.value.right == Right.ISSUE_COUPONS
    assert refused(shop, cashier, 6)
    assert issued(shop, cashier, 6, by=Approval(BEYOND, second.no, shop.clock.now_us())) == 6


def test_who_is_alone_in_the_shop_answers_alone(shop: Shop, staff: Staff) -> None:
    limited(shop, staff, CouponsAlone(coupons=0, fen=0))
    assert meant_by_cards(shop, "five", (NORMAL,), staff=staff).second is Second.LACKING
    assert issued(shop, staff, 50) == 50
    assert audit_rows(shop)[-1]["detail"] == "five 50 no_second"


def test_the_same_wish_twice_is_not_above_the_limit(
    shop: Shop, staff: Staff, second: Staff
) -> None:
    limited(shop, staff, CouponsAlone(coupons=5))
    issue = partial(issue_coupons, shop, "five", 5, batch_id=shop.new_id(), staff=staff)
    assert [issue().is_repeat for _ in range(2)] == [False, True]


def test_a_handout_counts_whole_as_it_begins_and_less_once_it_is_stopped(
    shop: Shop, staff: Staff, second: Staff
) -> None:
    limited(shop, staff, CouponsAlone(fen=15_00))
    meant = partial(meant_by_cards, shop, "five", staff=staff)
    three = meant((NORMAL, SILVER, GOLD))
    assert three.second is Second.NOT_NEEDED
    begin = partial(begin_handout, shop, "five", title="老会员", staff=staff)
    ident = shop.new_id()
    begin(three.members, handout_id=ident)
    begin(three.members, handout_id=ident)
    assert meant((NORMAL,)).second is Second.NEEDED
    with pytest.raises(NotAllowed):
        begin(three.members[:1], handout_id=shop.new_id())
    assert refused(shop, staff, 1)
    stop_handout(shop, ident, staff=staff)
    assert meant((NORMAL,)).second is Second.NOT_NEEDED
    now_us = shop.clock.now_us()
    begin(three.members, handout_id=shop.new_id(), approval=Approval(BEYOND, second.no, now_us))


def test_what_nothing_bounds_is_above_any_sum(shop: Shop, staff: Staff, second: Staff) -> None:
    limited(shop, staff, CouponsAlone(fen=1_000_000_00))
    assert refused(shop, staff, 1, offer="whole")
    limited(shop, staff, CouponsAlone(coupons=1))
    assert issued(shop, staff, 1, offer="whole") == 1


@pytest.mark.parametrize(
    ("limit", "within", "beyond"),
    [
        (ANY_NUMBER, [(10_000_000, None)], None),
        (CouponsAlone(coupons=3), [(1, None), (2, 500)], [(1, None), (3, 500)]),
        (CouponsAlone(fen=1000), [(2, 500), (9, 0)], [(2, 500), (1, 1)]),
        (CouponsAlone(fen=1000), [(0, None)], [(1, None)]),
        (CouponsAlone(0, 0), [], [(1, 0)]),
    ],
)
def test_what_lies_within(
    limit: CouponsAlone,
    within: list[tuple[int, int | None]],
    beyond: list[tuple[int, int | None]] | None,
) -> None:
    assert limit.has(within)
    assert beyond is None or not limit.has(beyond)


def test_a_rulebook_keeps_its_limit(home: Home) -> None:
    with home.shop() as shop:
        limited(shop, login(shop, PIN), CouponsAlone(7, 700))
        with shop.store.read() as reading:
            assert reading.rulebooks.current().coupons_alone == CouponsAlone(7, 700)
