"""Which units fill deals decides what is left to percentages: held against every way there is.

Of all ways that save most in stage 3 the one counts that costs least after stage 4; of all choices
of offers the cheapest (domain.md 2). Here nothing stands above percentages, so the payable is that.
Where one with a cap stands beside others, what is found is at least no dearer than without it.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.pricing.quote import quote
from core.pricing.stages.shelf import MOST_CHOSEN
from core.rulebook.conditions import Scope
from core.rulebook.offers import NthReduced, PercentageOffer
from core.values.rate import take
from tests.core.law import LAW
from tests.core.pricing.examples import NOW, PHARMACY, basket, product
from tests.core.pricing.test_packing import CODES, SCOPES, deals, every_packing, place_of, shelves

RATES = st.sampled_from([9500, 9000, 8000, 5000, 3333])
SOME_DEALS = st.integers(1, 2).flatmap(
    lambda count: st.tuples(*[deals(f"d{at}") for at in range(count)])
)


def percentage(name, caps):
    return st.builds(
        PercentageOffer,
        id=st.just(name),
        name=st.just(name),
        scope=SCOPES.map(lambda codes: Scope(products=codes)),
        rate_bp=RATES,
        is_stackable=st.booleans(),
        cap_fen=caps,
    )


SOME_PERCENTAGES = st.integers(1, 2).flatmap(
    lambda count: st.tuples(*[percentage(f"p{at}", st.none()) for at in range(count)])
) | st.tuples(percentage("p0", st.integers(1, 900)))
"""Two without a cap, or one with."""


def left_fen(fen, code, offers):
    """What is left of so much: the best of those that do not stack, then the others."""
    mine = [offer for offer in offers if offer.is_for(code, "")]
    fen = min([fen, *(take(fen, offer.rate_bp) for offer in mine if not offer.is_stackable)])
    for offer in mine:
        fen = take(fen, offer.rate_bp) if offer.is_stackable else fen
    return fen


def cost_of(packing, goods, offers):
    """After stage 3, and after stage 4."""
    after_deals = (
        sum(fen * int(units) for (_, fen), units in priced(goods)) + place_of(packing, 0)[0]
    )
    used = Counter(code for _, mine, _ in packing for _, code, _ in mine)
    percent = 0
    for (code, fen), units in priced(goods):
        left = fen * (int(units) - used[code])
        percent += left - left_fen(left, code, offers)
    most_fen = min([each.cap_fen for each in offers if each.cap_fen is not None], default=percent)
    return after_deals, after_deals - min(percent, most_fen)


def priced(goods):
    return [((each.code, each.price_fen), units) for each, units in goods]


def some_of(offers):
    return chain.from_iterable(combinations(offers, count) for count in range(len(offers) + 1))


@LAW
@given(shelves(), SOME_DEALS, SOME_PERCENTAGES)
def test_no_choice_of_units_that_saves_as_much_leaves_a_lower_payable(goods, some_deals, offers):
    units = [
        (place, each.code, each.price_fen)
        for place, (each, count) in enumerate(goods)
        for _ in range(int(count))
    ]
    least = min(
        min(cost_of(packing, goods, rates) for packing in every_packing(on, units))[1]
        for on in some_of(some_deals)
        for rates in some_of(offers)
    )
    made = quote(basket(*goods), None, replace(PHARMACY, offers=(*some_deals, *offers)), NOW)
    assert made.is_proven
    assert made.payable_fen == least


def test_a_deal_with_a_cap_takes_the_units_that_lose_least_by_it() -> None:
    """Half price up to 20 yuan: two of 40 yuan save that as well, and lose less of 5%."""
    goods = [
        product("601", 10000),
        product("602", 10000),
        product("603", 4000),
        product("604", 4000),
    ]
    half = NthReduced(id="d", name="半价", units=2, rate_bp=5000, cap_fen=2000)
    rate = PercentageOffer(id="p", name="95折", rate_bp=9500)
    made = quote(basket(*goods), None, replace(PHARMACY, offers=(half, rate)), NOW)
    assert [line.payable_fen for line in made.lines] == [9500, 9500, 3000, 3000]


def test_of_very_many_units_the_dearest_are_taken() -> None:
    goods = [
        (product(code, 10000 - at * 6000), str(MOST_CHOSEN // 2))
        for at, code in enumerate(CODES[:2])
    ]
    half = NthReduced(id="d", name="半价", units=2, rate_bp=5000, cap_fen=2000)
    rate = PercentageOffer(id="p", name="95折", rate_bp=9500)
    book = replace(PHARMACY, offers=(half, rate))
    few, many = basket(*goods), basket(*goods, product("603", 1))
    assert [quote(each, None, book, NOW).lines[0].payable_fen for each in (few, many)] == [
        152000,
        152000 + 2 * 500 - 2000,
    ]
