"""结账: one sale, one transaction, and never a second one."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from core.actions import counter as counters
from core.actions.counter import Counter
from core.actions.day import close_day
from core.actions.reprint import find_sale, reprint
from core.actions.scan import scan
from core.actions.settle import Settled, settle
from core.errors import (
    BadTender,
    DayNotOpen,
    EmptyBasket,
    NothingToReprint,
    NotPaid,
    PriceChanged,
    TenderTooHigh,
)
from core.pricing.tender import Tender, TenderKind
from core.sales.receipt import CopyLine
from core.shop import Shop
from core.trust.staff import Staff
from tests.builders import manager_of

VITAMIN, CALCIUM, OXYGEN = "6901234567809", "6901234567816", "6901234567878"
GOLD, SILVER, NORMAL = "800001", "800002", "800003"


def scanned(shop: Shop, *codes: str) -> Counter:
    """A fresh basket with these codes scanned."""
    counter = counters.new_basket(shop)
    for code in codes:
        counter = scan(shop, counter.basket, code, staff=manager_of(shop))
    return counter


def paid(shop: Shop, counter: Counter, *tenders: Tender) -> Counter:
    """The counter with tenders; without any, exact cash."""
    tenders = tenders or (Tender(TenderKind.CASH, counter.quote.payable_fen),)
    return counters.tendered(shop, counter.basket.with_tenders(tenders))


def settled(shop: Shop, staff: Staff, *codes: str) -> Settled:
    """A whole sale in exact cash."""
    ready = paid(shop, scanned(shop, *codes))
    return settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)


def test_a_sale_is_there_with_its_points_and_its_receipt(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, GOLD, CALCIUM).sale
    assert (sale.no, sale.payable_fen) == ("S01-T1-000001", 64_60)
    assert (sale.points_earned, sale.points_balance) == (96, 12_480 + 96)
    with shop.store.read() as reading:
        assert reading.sales.get(sale.sale_id) == sale
        assert sale.member_id is not None
        assert reading.ledger.balance(sale.member_id) == 12_480 + 96


def test_pressing_twice_sells_once(shop: Shop, staff: Staff) -> None:
    ready = paid(shop, scanned(shop, GOLD, VITAMIN))
    first = settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)
    second = settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)
    assert not first.is_repeat
    assert second.is_repeat
    assert second.sale == first.sale
    with shop.store.read() as reading:
        day = reading.days.open_one()
        assert day is not None
        assert reading.days.takings(day.id).sales == 1


def test_numbers_are_dense(shop: Shop, staff: Staff) -> None:
    numbers = [settled(shop, staff, VITAMIN).sale.no for _ in range(3)]
    assert numbers == ["S01-T1-000001", "S01-T1-000002", "S01-T1-000003"]


def test_a_price_the_customer_did_not_see_is_not_charged(shop: Shop, staff: Staff) -> None:
    ready = paid(shop, scanned(shop, VITAMIN))
    with pytest.raises(PriceChanged) as refused:
        settle(shop, ready.basket, shown="another quote", staff=staff)
    assert refused.value.payable_fen == 39_00
    with pytest.raises(NothingToReprint):
        find_sale(shop)


def test_only_cash_gives_change(shop: Shop, staff: Staff) -> None:
    counter = scanned(shop, VITAMIN)
    with pytest.raises(TenderTooHigh) as refused:
        paid(shop, counter, Tender(TenderKind.CARD, 39_01))
    assert refused.value.limit_fen == 39_00
    ready = paid(shop, counter, Tender(TenderKind.CARD, 9_00), Tender(TenderKind.CASH, 50_00))
    sale = settle(shop, ready.basket, shown=ready.quote.hash, staff=staff).sale
    assert (sale.paid_fen, sale.change_fen) == (59_00, 20_00)


@pytest.mark.parametrize("first", [TenderKind.CARD, TenderKind.WECHAT])
def test_what_came_last_is_too_much_not_what_was_taken(shop: Shop, first: TenderKind) -> None:
    taken, asked = Tender(first, 20_00), Tender(TenderKind.CARD, 20_01)
    with pytest.raises(TenderTooHigh) as refused:
        paid(shop, scanned(shop, VITAMIN), taken, asked)
    told = refused.value
    assert (told.kind, told.amount_fen, told.limit_fen) == (TenderKind.CARD, 20_01, 19_00)


@pytest.mark.parametrize("fen", [0, -1])
def test_a_tender_of_nothing_is_none(shop: Shop, fen: int) -> None:
    with pytest.raises(BadTender):
        paid(shop, scanned(shop, VITAMIN), Tender(TenderKind.CASH, fen))


def test_cash_like_a_barcode_is_a_slip(shop: Shop) -> None:
    with pytest.raises(TenderTooHigh):
        paid(shop, scanned(shop, VITAMIN), Tender(TenderKind.CASH, 69_012_345_00))


def test_what_is_not_paid_is_not_sold(shop: Shop, staff: Staff) -> None:
    ready = paid(shop, scanned(shop, VITAMIN), Tender(TenderKind.CASH, 10_00))
    with pytest.raises(NotPaid) as refused:
        settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)
    assert refused.value.left_fen == 29_00


def test_nothing_cannot_be_sold(shop: Shop, staff: Staff) -> None:
    counter = scanned(shop, GOLD)
    with pytest.raises(EmptyBasket):
        counters.tendered(shop, counter.basket)
    with pytest.raises(EmptyBasket):
        settle(shop, counter.basket, shown=counter.quote.hash, staff=staff)


def test_a_closed_day_sells_nothing(shop: Shop, staff: Staff) -> None:
    close_day(shop, counted_fen=200_00, staff=staff)
    with pytest.raises(DayNotOpen):
        settled(shop, staff, VITAMIN)


def test_an_upgrade_comes_with_the_sale_and_stands_on_its_receipt(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, NORMAL, OXYGEN).sale
    assert sale.tier_after == "silver"
    assert "银卡" in {getattr(line, "tier_name", "") for line in sale.receipt.lines}
    after = scanned(shop, NORMAL)
    assert after.tier is not None
    assert after.tier.name == "银卡"


def test_the_event_keeps_the_figures_that_a_tier_came_from(shop: Shop, staff: Staff) -> None:
    told = []
    for code in (CALCIUM, OXYGEN):
        settled(shop, staff, NORMAL, code)
        with shop.store.reader() as connection:
            sql = "SELECT CAST(data AS BLOB) FROM events ORDER BY seq DESC LIMIT 1"
            (data,) = connection.execute(sql).fetchone()
        body = json.loads(data)["body"]
        told.append((body["spent_before_fen"], body["spend_fen"], body["tier_after"]))
    assert told == [(0, 68_00, "normal"), (68_00, 1000_00, "silver")]


def test_the_sale_itself_earns_at_the_tier_before_it(shop: Shop, staff: Staff) -> None:
    assert settled(shop, staff, NORMAL, OXYGEN).sale.points_earned == 1000


def test_a_basket_for_a_member_is_the_same_in_any_order(shop: Shop) -> None:
    orders = [(GOLD, VITAMIN, CALCIUM), (CALCIUM, GOLD, VITAMIN), (VITAMIN, CALCIUM, GOLD)]
    quotes = [scanned(shop, *codes).quote for codes in orders]
    assert {(quote.payable_fen, quote.points) for quote in quotes} == {(37_00 + 64_60, 133)}


def test_a_copy_is_marked_and_says_the_same(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, SILVER, VITAMIN).sale
    copy = reprint(shop, staff=staff, sale_no=sale.no)
    assert copy.is_copy
    assert not sale.receipt.is_copy
    assert copy.lines[1:] == (CopyLine(1), *sale.receipt.lines[1:])


def test_each_copy_says_which_it_is(shop: Shop, staff: Staff) -> None:
    first, other = (settled(shop, staff, SILVER, VITAMIN).sale.no for _ in range(2))
    said = [reprint(shop, staff=staff, sale_no=no) for no in (first, other, first, None)]
    assert [receipt.lines[1] for receipt in said] == [CopyLine(no) for no in (1, 1, 2, 2)]


def test_a_line_taken_out_is_gone(shop: Shop) -> None:
    counter = scanned(shop, VITAMIN, CALCIUM)
    first = counter.basket.lines[0].no
    left = counters.remove_line(shop, counter.basket, first)
    assert [line.product.code for line in left.basket.lines] == [CALCIUM]
    assert left.quote.payable_fen == 68_00


def test_a_forgotten_member_leaves_the_goods(shop: Shop) -> None:
    counter = scanned(shop, GOLD, VITAMIN)
    nobody = counters.choose_member(shop, counter.basket, None)
    assert nobody.file is None
    assert nobody.quote.payable_fen == 39_00
    assert replace(nobody.basket, member_id=counter.basket.member_id) == counter.basket
