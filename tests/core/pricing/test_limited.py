"""限购: so many units take an offer, the rest is as without it; lines stay whole in the quote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.pricing.basket import Basket
from core.pricing.quote import Quote, quote
from core.pricing.used import Used
from core.rulebook.conditions import Limits
from core.rulebook.offers import SPECIAL_PRICE, PercentageOffer, PriceOffer, Step, Threshold
from tests.core.pricing.examples import NOW, PHARMACY, basket, product

SPECIAL = PriceOffer(id="special", kind=SPECIAL_PRICE, name="特价")
TENTH = PercentageOffer(id="tenth", name="九折", rate_bp=9000)
OFF = Threshold(id="off", name="满50减5", steps=(Step(from_fen=50_00, off_fen=5_00),))
BASKETS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.integers(1, 5)), min_size=1, max_size=5
).map(lambda rows: made(*rows))


def made(*rows: tuple[str, int]) -> Basket:
    goods = {
        code: product(code, 10_00 + 5_00 * place, special_price_fen=7_00 + 5_00 * place)
        for place, code in enumerate("ABC")
    }
    return basket(*[(goods[code], str(units)) for code, units in rows])


def priced(goods: Basket, limit: int | None, used_milli: int = 0) -> Quote:
    limits = Limits(units_in_all=limit)
    offers = (replace(SPECIAL, limits=limits), replace(TENTH, limits=limits), OFF)
    uses = (Used("special", in_all_milli=used_milli), Used("tenth", in_all_milli=used_milli))
    return quote(goods, None, replace(PHARMACY, offers=offers), NOW, uses)


@given(BASKETS, st.integers(1, 30))
def test_adjustments_and_payable_are_the_list_and_no_line_is_parted_for_good(goods, limit):
    told = priced(goods, limit)
    assert told.list_fen - sum(made.amount_fen for made in told.adjustments) == told.payable_fen
    plain = priced(goods, None)
    assert [(e.no, e.quantity_milli, e.list_fen) for e in told.lines] == [
        (e.no, e.quantity_milli, e.list_fen) for e in plain.lines
    ]
    assert {made.line for made in told.adjustments} <= {line.no for line in told.lines}


@given(BASKETS)
def test_a_limit_that_nobody_reaches_changes_nothing(goods):
    told, plain = priced(goods, 1000), priced(goods, None)
    assert (told.payable_fen, told.adjustments) == (plain.payable_fen, plain.adjustments)


@given(BASKETS, st.integers(1, 12), st.integers(0, 12))
def test_no_more_units_take_it_than_are_left(goods, limit, used):
    told = priced(goods, limit, used * 1000)
    assert all(milli <= max(0, limit - used) * 1000 for _, milli in told.used_units)


@given(BASKETS, st.integers(1, 12))
def test_the_order_of_scans_makes_no_difference(goods, limit):
    other = replace(goods, lines=goods.lines[::-1])
    assert priced(goods, limit).payable_fen == priced(other, limit).payable_fen
