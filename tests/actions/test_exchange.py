"""换货: both records or none, one difference, and points as if each had been done alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from core.actions.counter import Counter, clear_basket, new_basket
from core.actions.exchange import answer_exchange, begin_exchange, drop_exchange, tendered
from core.actions.hold import held_baskets, hold, keep_open, recall, resume
from core.actions.return_sale import return_sale
from core.actions.scan import scan
from core.actions.settle import Settled, settle
from core.actions.shift import takings_now
from core.errors import (
    ExchangeWaits,
    MoneyTaken,
    NotAllowed,
    NotPaid,
    PriceChanged,
    TooMuchReturned,
)
from core.ports import StoredSale
from core.pricing.exchange import exchange_of, exchange_record
from core.pricing.tender import Tender, TenderKind
from core.sales.receipt import BackItemLine, CreditLine, ExchangeLine, LeftLine, TenderLine
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.fields import Fields
from tests.actions.test_return import COLD_POWDER, DAY_S, QUALITY, TOO_MANY, file_of, returned
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, OXYGEN, VITAMIN, settled
from tests.builders import later

CASH, WECHAT = TenderKind.CASH, TenderKind.WECHAT


def exchanging(
    shop: Shop,
    sale: StoredSale,
    chosen: dict[int, int],
    staff: Staff,
    codes: Sequence[str],
) -> Counter:
    counter = begin_exchange(
        shop,
        new_basket(shop).basket,
        sale.sale_id,
        chosen,
        return_id=shop.new_id(),
        explanation=TOO_MANY,
        staff=staff,
    )
    for code in codes:
        counter = scan(shop, counter.basket, code, staff=staff)
    return counter


def finish(shop: Shop, counter: Counter, staff: Staff, *own: Tender) -> Settled:
    ready = tendered(shop, counter.basket.with_tenders(own), staff=staff)
    return settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)


def test_a_dearer_thing_costs_the_difference(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, NORMAL, VITAMIN, VITAMIN).sale
    before = takings_now(shop, staff=staff)
    counter = exchanging(shop, sale, {1: 1000}, staff, [CALCIUM, OXYGEN])
    ready = tendered(shop, counter.basket, staff=staff)
    assert counter.basket.exchange is not None
    back_fen = counter.basket.exchange.back_fen
    assert ready.quote.due_fen == ready.quote.payable_fen - back_fen > 0
    made = finish(shop, counter, staff, Tender(WECHAT, ready.quote.due_fen))
    after = takings_now(shop, staff=staff)
    assert after.expected_fen == before.expected_fen
    assert after.of_day.tender(WECHAT) - before.of_day.tender(WECHAT) == ready.quote.due_fen
    assert after.of_day.returned_fen - before.of_day.returned_fen == back_fen
    lines = made.sale.receipt.lines
    assert [line.kind for line in lines if isinstance(line, TenderLine)] == ["wechat"]
    assert [line for line in lines if isinstance(line, CreditLine)] == [
        CreditLine("cash", back_fen)
    ]
    assert [line.no for line in lines if isinstance(line, ExchangeLine)] == [f"{sale.no}-R1"]
    assert sum(line.money_fen for line in lines if isinstance(line, BackItemLine)) == back_fen


def test_what_is_left_goes_back_as_it_was_paid(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, NORMAL, OXYGEN).sale
    before = takings_now(shop, staff=staff)
    made = finish(shop, exchanging(shop, sale, {1: 1000}, staff, [VITAMIN]), staff).sale
    left = [line for line in made.receipt.lines if isinstance(line, LeftLine)]
    assert left == [LeftLine("cash", sale.payable_fen - made.payable_fen)]
    assert made.change_fen == 0
    assert made.receipt.opens_drawer
    after = takings_now(shop, staff=staff)
    assert before.expected_fen - after.expected_fen == left[0].amount_fen


def test_points_and_tier_are_those_of_a_return_and_a_sale(shop: Shop, staff: Staff) -> None:
    """The new goods are priced for the member after the return: the tier it brought is gone."""
    sale = settled(shop, staff, NORMAL, OXYGEN).sale
    assert file_of(shop, NORMAL).member.tier == "silver"
    finish(shop, exchanging(shop, sale, {1: 1000}, staff, [VITAMIN]), staff)
    exchanged = file_of(shop, NORMAL)
    other = settled(shop, staff, GOLD, OXYGEN).sale
    returned(shop, other, {1: 1000}, staff)
    assert exchanged.member.tier == "normal"
    assert exchanged.points == exchanged.spend_fen // 100 == 37


def test_nothing_happens_before_it_is_paid(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, NORMAL, VITAMIN).sale
    before = file_of(shop, NORMAL)
    counter = exchanging(shop, sale, {1: 1000}, staff, [OXYGEN])
    ready = tendered(shop, counter.basket, staff=staff)
    with pytest.raises(NotPaid):
        settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)
    with pytest.raises(PriceChanged):
        settle(shop, ready.basket, shown="other", staff=staff)
    assert file_of(shop, NORMAL) == before
    with shop.store.read() as reading:
        assert reading.returns.count(sale.sale_id) == 0
    assert drop_exchange(shop, ready.basket).basket.tenders == ()


def test_goods_that_came_back_meanwhile_refuse_the_whole(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, NORMAL, VITAMIN).sale
    counter = exchanging(shop, sale, {1: 1000}, staff, [VITAMIN])
    ready = tendered(shop, counter.basket, staff=staff)
    returned(shop, sale, {1: 1000}, staff)
    with pytest.raises(TooMuchReturned):
        settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)
    with shop.store.read() as reading:
        assert reading.sales.get(ready.basket.sale_id) is None


def test_a_second_press_exchanges_once(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, NORMAL, VITAMIN).sale
    counter = exchanging(shop, sale, {1: 1000}, staff, [VITAMIN])
    first = finish(shop, counter, staff)
    ready = counter.basket.with_tenders(())
    assert settle(shop, ready, shown="", staff=staff).is_repeat
    assert not first.is_repeat
    with shop.store.read() as reading:
        assert reading.returns.count(sale.sale_id) == 1


def test_it_outlives_a_crash_and_a_hold(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, NORMAL, VITAMIN).sale
    counter = exchanging(shop, sale, {1: 1000}, staff, [])
    keep_open(shop, replace(counter.basket, member_id=None))
    back = resume(shop).counter.basket
    assert back.exchange == counter.basket.exchange
    counter = scan(shop, back, OXYGEN, staff=staff)
    hold(shop, counter.basket, staff=staff)
    [held] = held_baskets(shop)
    again = recall(shop, None, held.basket.sale_id, staff=staff).basket
    assert again.exchange == counter.basket.exchange
    assert again.exchange is not None
    assert exchange_of(Fields(exchange_record(again.exchange))) == again.exchange


def test_a_medicine_needs_who_may_and_they_answer_for_it(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    sale = settled(shop, staff, NORMAL, COLD_POWDER).sale
    begin = {"return_id": shop.new_id(), "explanation": QUALITY, "staff": fang}
    with pytest.raises(NotAllowed):
        begin_exchange(shop, new_basket(shop).basket, sale.sale_id, {1: 1000}, **begin)
    allowed = Approval(Right.RETURN_BEYOND_RULES, staff.no, shop.clock.now_us())
    counter = begin_exchange(
        shop, new_basket(shop).basket, sale.sale_id, {1: 1000}, approval=allowed, **begin
    )
    counter = scan(shop, counter.basket, VITAMIN, staff=fang)
    ready = tendered(shop, counter.basket, staff=fang)
    cash = (*ready.basket.tenders, Tender(CASH, ready.quote.due_fen))
    assert finish(shop, replace(ready, basket=ready.basket), fang, *cash).sale.paid_fen
    with pytest.raises(TooMuchReturned):
        return_sale(
            shop, sale.sale_id, {1: 1000}, return_id=shop.new_id(), explanation=QUALITY, staff=staff
        )


def test_a_second_exchange_is_refused_and_the_first_stays(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, NORMAL, VITAMIN, CALCIUM).sale
    counter = exchanging(shop, sale, {1: 1000}, staff, [])
    with pytest.raises(ExchangeWaits) as refused:
        begin_exchange(
            shop,
            counter.basket,
            sale.sale_id,
            {2: 1000},
            return_id=shop.new_id(),
            explanation=TOO_MANY,
            staff=staff,
        )
    assert refused.value.no == sale.no


def test_what_the_customer_paid_is_told_from_what_came_back(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, NORMAL, VITAMIN).sale
    counter = exchanging(shop, sale, {1: 1000}, staff, [OXYGEN])
    own = (Tender(WECHAT, 1_00),)
    paying = tendered(shop, counter.basket.with_tenders(own), staff=staff).basket
    assert paying.tenders[1:] == paying.own_tenders == own
    left = paying.with_own_tenders(own)
    assert left.own_tenders == left.tenders == own
    again = tendered(shop, left, staff=staff)
    assert again.basket.tenders == paying.tenders
    assert drop_exchange(shop, left).basket.tenders == own


def test_after_a_crash_only_the_customers_own_money_was_taken(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, NORMAL, VITAMIN).sale
    counter = exchanging(shop, sale, {1: 1000}, staff, [OXYGEN])
    paying = tendered(shop, counter.basket, staff=staff).basket
    assert paying.tenders != ()
    keep_open(shop, paying)
    back = resume(shop).counter.basket
    assert back.tenders == ()
    assert clear_basket(shop, back).basket.is_nothing
    assert clear_basket(shop, paying).basket.is_nothing
    own = (Tender(WECHAT, 1_00),)
    keep_open(shop, tendered(shop, counter.basket.with_tenders(own), staff=staff).basket)
    with pytest.raises(MoneyTaken) as taken:
        clear_basket(shop, resume(shop).counter.basket)
    assert taken.value.taken_fen == 1_00


def test_who_answers_late_for_an_exchange_answers_from_then_on(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    """Begun within the rules and held for longer than goods may come back."""
    sale = settled(shop, staff, NORMAL, VITAMIN).sale
    counter = exchanging(shop, sale, {1: 1000}, fang, [OXYGEN])
    late = later(shop, 8 * DAY_S)
    own = (Tender(WECHAT, 1_00),)
    basket = counter.basket.with_tenders(own)
    with pytest.raises(NotAllowed) as refused:
        tendered(late, basket, staff=fang)
    assert refused.value.right == Right.RETURN_BEYOND_RULES
    with pytest.raises(NotAllowed):
        answer_exchange(late, basket, staff=fang)
    approval = Approval(Right.RETURN_BEYOND_RULES, staff.no, late.clock.now_us())
    answered = answer_exchange(late, basket, staff=fang, approval=approval)
    assert answered.basket.own_tenders == own
    rest = Tender(CASH, answered.quote.due_fen)
    ready = tendered(
        late, answered.basket.with_tenders((*answered.basket.tenders, rest)), staff=fang
    )
    made = settle(late, ready.basket, shown=ready.quote.hash, staff=fang)
    assert made.sale.paid_fen == made.sale.payable_fen
