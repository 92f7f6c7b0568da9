"""手工优惠: who may give how much, what is kept of it, and what does not slip through."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec.structs import replace

from core.actions import counter as counters
from core.actions.by_hand import give_by_hand, take_back_by_hand, try_by_hand
from core.actions.counter import Counter
from core.actions.hold import hold, recall
from core.actions.scan import scan
from core.actions.set_up import add_staff
from core.actions.settle import settle
from core.errors import (
    ApprovalSpent,
    BadDiscount,
    BadPrice,
    DiscountTooHigh,
    EmptyBasket,
    NoSuchLine,
    NoSuchReason,
    NotAllowed,
    NothingByHand,
    OutsideDiscount,
    PriceChanged,
)
from core.pricing.by_hand import ByHand, DiscountByHand, PriceByHand
from core.pricing.record import price_again
from core.shop import Shop
from core.trust.rights import APPROVAL_LASTS_US, Approval, Right
from core.trust.staff import Role, Staff
from tests.actions.test_settle import CALCIUM, GOLD, VITAMIN, paid, scanned

CURE = "6901234567830"
MANAGER = 1


@pytest.fixture
def cashier(shop: Shop, staff: Staff) -> Staff:
    """Beside the manager, who logs in without a name while nobody else works there."""
    return add_staff(shop, name="王芳", pin="135246", role=Role.CASHIER)


def amount(fen: int, reason: str = "临期") -> DiscountByHand:
    return DiscountByHand(reason, 0, amount_fen=fen)


def rate(rate_bp: int) -> DiscountByHand:
    return DiscountByHand("老顾客", 0, rate_bp=rate_bp)


def price(fen: int) -> PriceByHand:
    return PriceByHand(fen, "价签错误", 0)


def approval(shop: Shop, right: Right = Right.DISCOUNT_BEYOND_LIMIT, ago_us: int = 0) -> Approval:
    return Approval(right, MANAGER, shop.clock.now_us() - ago_us)


def sold(shop: Shop, counter: Counter, staff: Staff, approved: Approval | None = None) -> str:
    """The number of the sale, paid in exact cash."""
    ready = paid(shop, counters.reprice(shop, counter.basket))
    outcome = settle(shop, ready.basket, shown=ready.quote.hash, staff=staff, approval=approved)
    return outcome.sale.no


def audited(shop: Shop, *kinds: str) -> list[tuple[int, str, str]]:
    """(staff, subject, detail) of these rows."""
    with shop.store.reader() as connection:
        rows = connection.execute("SELECT CAST(data AS BLOB) FROM audit ORDER BY seq").fetchall()
    said = [json.loads(row[0]) for row in rows]
    return [(r["staff_no"], r["subject"], r["detail"]) for r in said if r["what"] in kinds]


def last_event(shop: Shop) -> dict[str, Any]:
    with shop.store.reader() as connection:
        sql = "SELECT CAST(data AS BLOB) FROM events ORDER BY seq DESC LIMIT 1"
        (data,) = connection.execute(sql).fetchone()
    body: dict[str, Any] = json.loads(data)["body"]
    return body


# Within the limit (the shipped one: a line 10% and 20.00, a basket 5% and 50.00, a price 10%)


def test_a_cashier_gives_a_tenth_alone(shop: Shop, cashier: Staff) -> None:
    counter = give_by_hand(shop, scanned(shop, CALCIUM).basket, 1, amount(6_80), staff=cashier)
    assert (counter.quote.payable_fen, counter.changed_line) == (61_20, 1)
    by_hand = counter.basket.lines[0].by_hand
    assert by_hand == replace(amount(6_80), staff_no=cashier.no)
    assert by_hand is not None and by_hand.approved is None


@pytest.mark.parametrize(
    ("no", "by_hand"), [(1, amount(6_81)), (1, rate(8999)), (1, price(61_19)), (None, rate(9499))]
)
def test_more_takes_a_manager(
    shop: Shop, cashier: Staff, staff: Staff, no: int | None, by_hand: ByHand
) -> None:
    basket = scanned(shop, CALCIUM).basket
    assert try_by_hand(shop, basket, no, by_hand, staff=cashier).needs_approval
    assert not try_by_hand(shop, basket, no, by_hand, staff=staff).needs_approval
    with pytest.raises(NotAllowed) as refused:
        give_by_hand(shop, basket, no, by_hand, staff=cashier)
    assert refused.value.right == Right.DISCOUNT_BEYOND_LIMIT
    for who, approved in ((cashier, approval(shop)), (staff, None)):
        after = give_by_hand(shop, basket, no, by_hand, staff=who, approval=approved).basket
        given = after.discount if no is None else after.line(no).by_hand
        assert given is not None and given.approved is not None
        assert (given.staff_no, given.approved.staff_no) == (who.no, MANAGER)


def test_an_approval_of_something_else_or_of_long_ago_is_none(shop: Shop, cashier: Staff) -> None:
    basket = scanned(shop, CALCIUM).basket
    other = approval(shop, Right.VOID_SALE)
    with pytest.raises(NotAllowed):
        give_by_hand(shop, basket, 1, amount(60_00), staff=cashier, approval=other)
    old = approval(shop, ago_us=APPROVAL_LASTS_US + 1)
    with pytest.raises(ApprovalSpent):
        give_by_hand(shop, basket, 1, amount(60_00), staff=cashier, approval=old)


def test_who_may_not_sell_may_not_give_either(shop: Shop) -> None:
    office = add_staff(shop, name="后台", pin="975318", role=Role.OFFICE)
    with pytest.raises(NotAllowed) as refused:
        give_by_hand(shop, scanned(shop, CALCIUM).basket, 1, amount(1), staff=office)
    assert refused.value.right == Right.DISCOUNT_WITHIN_LIMIT


# What is no discount


@pytest.mark.parametrize(
    ("no", "by_hand", "error"),
    [
        (1, amount(1, ""), NoSuchReason),
        (1, amount(1, "心情好"), NoSuchReason),
        (1, amount(0), BadDiscount),
        (1, amount(-1), BadDiscount),
        (1, rate(10_000), BadDiscount),
        (1, rate(0), BadDiscount),
        (1, rate(-1), BadDiscount),
        (1, amount(68_01), DiscountTooHigh),
        (None, amount(68_01), DiscountTooHigh),
        (1, price(0), BadPrice),
        (1, price(-1), BadPrice),
        (1, price(1_000_000_01), BadPrice),
        (7, amount(1), NoSuchLine),
        (2, amount(1), OutsideDiscount),
        (2, price(42_00), OutsideDiscount),
    ],
)
def test_what_cannot_be_given(
    shop: Shop, staff: Staff, no: int | None, by_hand: ByHand, error: type[Exception]
) -> None:
    with pytest.raises(error):
        give_by_hand(shop, scanned(shop, CALCIUM, CURE).basket, no, by_hand, staff=staff)


def test_an_empty_or_a_prescription_basket_takes_none(shop: Shop, staff: Staff) -> None:
    with pytest.raises(EmptyBasket):
        give_by_hand(shop, scanned(shop, GOLD).basket, None, rate(9500), staff=staff)
    with pytest.raises(OutsideDiscount):
        give_by_hand(shop, scanned(shop, CURE).basket, None, rate(9500), staff=staff)


def test_a_rate_that_takes_nothing_off_is_none(shop: Shop, staff: Staff) -> None:
    basket = scanned(shop, CALCIUM).basket
    almost = give_by_hand(shop, basket, 1, amount(67_99), staff=staff).basket
    with pytest.raises(BadDiscount):
        give_by_hand(shop, almost, None, rate(9999), staff=staff)


# One thing a line, and taking it back


def test_the_later_takes_the_place_of_the_earlier(shop: Shop, cashier: Staff) -> None:
    basket = scanned(shop, CALCIUM).basket
    basket = give_by_hand(shop, basket, 1, amount(3_00), staff=cashier).basket
    counter = give_by_hand(shop, basket, 1, price(65_00), staff=cashier)
    assert counter.quote.payable_fen == 65_00


def test_taken_back_everything_is_as_before(shop: Shop, cashier: Staff) -> None:
    before = scanned(shop, GOLD, CALCIUM, VITAMIN)
    counter = give_by_hand(shop, before.basket, 1, price(65_00), staff=cashier)
    counter = give_by_hand(shop, counter.basket, None, rate(9500), staff=cashier)
    counter = take_back_by_hand(shop, counter.basket, None)
    counter = take_back_by_hand(shop, counter.basket, 1)
    assert (counter.basket, counter.quote) == (before.basket, before.quote)
    for no in (None, 1):
        with pytest.raises(NothingByHand):
            take_back_by_hand(shop, counter.basket, no)


def test_trying_changes_nothing(shop: Shop, cashier: Staff) -> None:
    before = scanned(shop, CALCIUM)
    tried = try_by_hand(shop, before.basket, 1, amount(10_00, ""), staff=cashier)
    assert tried.counter.quote.payable_fen == 58_00
    assert tried.needs_approval
    assert counters.reprice(shop, before.basket) == replace(before, changed_line=None)


# When it is settled


def test_what_was_given_is_audited_and_in_the_event(
    shop: Shop, cashier: Staff, staff: Staff
) -> None:
    basket = scanned(shop, GOLD, CALCIUM, VITAMIN).basket
    basket = give_by_hand(shop, basket, 1, price(65_00), staff=cashier).basket
    counter = give_by_hand(shop, basket, 2, amount(10_00), staff=cashier, approval=approval(shop))
    counter = give_by_hand(shop, counter.basket, None, rate(9500), staff=staff)
    no = sold(shop, counter, cashier)
    assert audited(shop, "price_by_hand", "discount_by_hand") == [
        (2, no, "line 1 at 6500 off 300 of 6800 价签错误"),
        (2, no, "line 2 off 1000 of 3700 临期 approved_by 1"),
        (1, no, "basket off 460 of 9200 老顾客"),
    ]
    body = last_event(shop)
    again = price_again(body)
    assert again.hash == body["quote_hash"]
    assert again.payable_fen == 65_00 + 27_00 - 4_60
    approved = body["basket"]["lines"][1]["by_hand"]["approved"]
    assert approved == {"staff_no": 1, "fen": 1000, "share_bp": 2703}


def test_a_discount_that_became_too_large_does_not_slip_through(shop: Shop, cashier: Staff) -> None:
    """3.90 of 106.00 is little, of 39.00 it is more than 5%."""
    basket = scanned(shop, CALCIUM, VITAMIN).basket
    counter = give_by_hand(shop, basket, None, amount(3_90), staff=cashier)
    smaller = counters.remove_line(shop, counter.basket, 1)
    with pytest.raises(NotAllowed) as refused:
        sold(shop, smaller, cashier)
    assert refused.value.right == Right.DISCOUNT_BEYOND_LIMIT
    sold(shop, smaller, cashier, approval(shop))
    assert audited(shop, "discount_by_hand")[-1][2] == "basket off 390 of 3900 临期 approved_by 1"
    assert last_event(shop)["basket"]["discount"]["approved"]["staff_no"] == 1


def test_a_manager_at_the_till_answers_for_it(shop: Shop, cashier: Staff, staff: Staff) -> None:
    basket = scanned(shop, CALCIUM, VITAMIN).basket
    counter = give_by_hand(shop, basket, None, amount(3_90), staff=cashier)
    sold(shop, counters.remove_line(shop, counter.basket, 1), staff)
    assert audited(shop, "discount_by_hand")[-1][2].endswith(f"approved_by {staff.no}")


def test_what_was_approved_for_one_box_is_not_for_two(shop: Shop, cashier: Staff) -> None:
    basket = scanned(shop, CALCIUM).basket
    counter = give_by_hand(shop, basket, 1, price(30_00), staff=cashier, approval=approval(shop))
    two = counters.change_quantity(shop, counter.basket, 1, 2000)
    with pytest.raises(NotAllowed):
        sold(shop, two, cashier)
    sold(shop, counters.change_quantity(shop, two.basket, 1, 1000), cashier)


def test_a_card_that_makes_the_share_larger_asks_again(shop: Shop, cashier: Staff) -> None:
    """6.80 of 68.00 is a tenth, of 64.60 it is more."""
    counter = give_by_hand(shop, scanned(shop, CALCIUM).basket, 1, amount(6_80), staff=cashier)
    with pytest.raises(NotAllowed):
        sold(shop, scan(shop, counter.basket, GOLD, staff=cashier), cashier)


def test_the_price_that_was_shown_comes_first(shop: Shop, cashier: Staff) -> None:
    counter = give_by_hand(shop, scanned(shop, CALCIUM).basket, 1, amount(1_00), staff=cashier)
    ready = paid(shop, counter)
    with pytest.raises(PriceChanged):
        settle(shop, ready.basket, shown=scanned(shop, CALCIUM).quote.hash, staff=cashier)
    assert audited(shop, "discount_by_hand") == []


def test_a_held_basket_keeps_what_was_given_and_approved(shop: Shop, cashier: Staff) -> None:
    counter = give_by_hand(
        shop, scanned(shop, CALCIUM).basket, 1, price(30_00), staff=cashier, approval=approval(shop)
    )
    counter = give_by_hand(shop, counter.basket, None, rate(9500), staff=cashier)
    hold(shop, counter.basket, staff=cashier)
    back = recall(shop, None, counter.basket.sale_id, staff=cashier)
    assert (back.basket, back.quote) == (counter.basket, counter.quote)
    assert back.quote.payable_fen == 28_50
    sold(shop, back, cashier)
