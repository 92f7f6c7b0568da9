"""来源: what a sale keeps, and what its receipt shows, of where its goods come from."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from core.errors import BatchExpired, NoSuchTrace, TraceNeeded, TraceTwice, WeightNeeded
from core.pricing.basket import Basket, TraceWaiver
from core.pricing.by_hand import DiscountByHand, PriceByHand
from core.pricing.record import basket_of, basket_record
from core.pricing.tender import TenderKind
from core.sales.receipt import OriginLine
from core.sales.receipt_record import receipt_of, receipt_record
from core.sales.sale_receipt import make_receipt
from core.sales.trace import SoldBatch, SoldTrace, Untraced, check_goods, trace_record
from tests.core.sales.sold import AMOXICILLIN, SALE_ID, VITAMIN, sold_basket
from ui.devices.receipt_rows import receipt_rows

TODAY, ENDS = date(2026, 11, 24), date(2026, 12, 31)
WANTED = replace(AMOXICILLIN, requires_trace=True)
CODES = ("81234567890123456781", "81234567890123456782")


def traced() -> Basket:
    basket = Basket(SALE_ID).add(WANTED, trace=CODES[0]).add(WANTED, trace=CODES[1])
    return basket.add(VITAMIN, batch="B7", expires_on=ENDS)


def test_units_with_codes_are_one_line_and_batches_are_lines() -> None:
    basket = traced().add(VITAMIN, batch="C3")
    assert [line.quantity_milli for line in basket.lines] == [2000, 1000, 1000]
    assert basket.lines[0].traces == CODES
    assert basket_of(basket_record(basket)) == basket


def test_nothing_is_sold_before_its_weight_is_told() -> None:
    goji = replace(VITAMIN, is_weighed=True)
    basket = Basket(SALE_ID).add(goji, is_unweighed=True)
    assert basket_of(basket_record(basket)) == basket, "a crash does not weigh it"
    with pytest.raises(WeightNeeded):
        check_goods(basket, TODAY)
    weighed = basket.with_quantity(1, 1000)
    check_goods(weighed, TODAY)
    plain = Basket(SALE_ID).add(goji)
    assert basket_record(weighed) == basket_record(plain), "no new field in what was sold"


def test_a_code_goes_to_a_unit_that_needs_one() -> None:
    waiting = Basket(SALE_ID).add(WANTED).add(WANTED)
    assert waiting.traces_missing == 2
    one = waiting.add(WANTED, trace=CODES[0])
    assert (one.lines[0].quantity_milli, one.traces_missing) == (2000, 1)
    with pytest.raises(TraceTwice):
        one.add(WANTED, trace=CODES[0])
    assert one.add(WANTED, trace=CODES[1]).traces_missing == 0
    assert Basket(SALE_ID).add(VITAMIN).add(VITAMIN, trace=CODES[0]).pieces == 2


def test_a_code_without_a_batch_fills_the_unit_whose_batch_is_known() -> None:
    known = Basket(SALE_ID).add(WANTED, batch="12345", expires_on=ENDS)
    full = known.add(WANTED, trace=CODES[0])
    assert [(line.no, line.pieces, line.traces) for line in full.lines] == [(1, 1, CODES[:1])]
    assert (full.lines[0].batch, full.lines[0].expires_on) == ("12345", ENDS)


def test_a_code_with_a_batch_tells_it_to_the_unit_that_it_fills() -> None:
    full = Basket(SALE_ID).add(WANTED).add(WANTED, batch="12345", expires_on=ENDS, trace="X1")
    assert [(line.pieces, line.batch, line.expires_on) for line in full.lines] == [
        (1, "12345", ENDS)
    ]
    assert full.traces_missing == 0


def test_what_is_known_of_one_unit_is_not_said_of_the_others() -> None:
    three = Basket(SALE_ID).add(WANTED).add(WANTED).add(WANTED)
    one = three.add(WANTED, batch="12345", expires_on=ENDS, trace="X1")
    two = one.add(WANTED, batch="12345", expires_on=ENDS, trace="X2")
    assert [(line.pieces, line.batch, line.traces) for line in two.lines] == [
        (1, "", ()),
        (2, "12345", ("X1", "X2")),
    ]
    assert two.holder("X2").no == 2
    with pytest.raises(NoSuchTrace):
        two.holder("X3")


def test_units_that_share_a_discount_by_hand_stay_together() -> None:
    by_hand = DiscountByHand("damaged", 1, amount_fen=1_00)
    two = Basket(SALE_ID).add(WANTED).add(WANTED).with_by_hand(1, by_hand)
    one = two.add(WANTED, batch="12345", trace="X1")
    assert [(line.pieces, line.batch, line.traces) for line in one.lines] == [(2, "", ("X1",))]


def test_two_batches_are_never_one_pack_and_the_chosen_line_is_first() -> None:
    two = Basket(SALE_ID).add(WANTED, batch="A1").add(WANTED, batch="B2")
    assert two.add(WANTED, trace="X1", wanted=2).line(2).traces == ("X1",)
    assert two.add(WANTED, trace="X1", batch="A1", wanted=2).line(1).traces == ("X1",)
    assert len(two.add(WANTED, trace="X1", batch="C3").lines) == 3
    later = Basket(SALE_ID).add(WANTED, batch="A1", expires_on=ENDS)
    assert len(later.add(WANTED, trace="X1", batch="A1", expires_on=TODAY).lines) == 2


def test_fewer_units_take_the_last_codes_with_them() -> None:
    basket = traced().with_quantity(1, 1000)
    assert basket.lines[0].traces == CODES[:1]


def test_goods_are_looked_at_before_money_is_taken() -> None:
    check_goods(traced(), TODAY)
    with pytest.raises(BatchExpired):
        check_goods(traced(), date(2027, 1, 1))
    lacking = traced().add(WANTED)
    with pytest.raises(TraceNeeded):
        check_goods(lacking, TODAY)
    waived = lacking.with_waiver(TraceWaiver(1, "split", 1, 1))
    check_goods(waived, TODAY)
    with pytest.raises(TraceNeeded):
        check_goods(waived.add(WANTED), TODAY)


def test_what_a_sale_keeps() -> None:
    basket = traced().add(WANTED).with_waiver(TraceWaiver(1, "split", 1, 2))
    sale = sold_basket(basket, tenders=((TenderKind.CASH, 94_50),))
    kept = trace_record(sale.basket, sale.quote)
    assert kept is not None
    assert kept.traces == tuple(SoldTrace(1, code) for code in CODES)
    assert kept.batches == (SoldBatch(2, "B7", ENDS),)
    assert kept.untraced == (Untraced(1, 1, "split", 2),)
    plain = sold_basket(Basket(SALE_ID).add(VITAMIN), tenders=((TenderKind.CASH, 39_00),))
    assert trace_record(plain.basket, plain.quote) is None


def test_lines_that_are_sold_as_one_keep_what_they_lack_together() -> None:
    """A gift with a price by hand is simply bought, with what is bought at that price."""
    by_hand = PriceByHand(15_00, "damaged", 1)
    basket = Basket(SALE_ID).add(WANTED).add(WANTED, offer="a gift").add(WANTED, offer="a gift")
    basket = basket.with_by_hand(1, by_hand).with_by_hand(2, by_hand).with_trace(2, CODES[0])
    basket = basket.with_waiver(TraceWaiver(2, "split", 1, 2))
    assert [line.no for line in basket.lines] == [1, 2]
    sale = sold_basket(basket, tenders=((TenderKind.CASH, 45_00),))
    assert [line.no for line in sale.quote.lines] == [1]
    kept = trace_record(sale.basket, sale.quote)
    assert kept is not None
    assert kept.traces == (SoldTrace(1, CODES[0]),)
    assert kept.untraced == (Untraced(1, 2, "split", 2),)


@pytest.mark.parametrize("prints", [True, False])
def test_a_receipt_shows_it_where_the_rulebook_says_so(prints: bool) -> None:
    sale = sold_basket(traced(), tenders=((TenderKind.CASH, 76_00),))
    receipt = make_receipt(
        sale,
        store_name="中山路店",
        till_no=2,
        tier_name="",
        upgraded_to=None,
        member=None,
        local_time="2026-11-24 12:00",
        prints_origin=prints,
    )
    shown = [line for line in receipt.lines if isinstance(line, OriginLine)]
    codes = [OriginLine(code) for code in CODES]
    assert shown == ([*codes, OriginLine("", "B7", "2026-12-31")] if prints else [])
    assert receipt_of(receipt_record(receipt)) == receipt
    words = str([list(receipt_rows(line)) for line in shown])
    assert not prints or (CODES[0] in words and "B7" in words)
