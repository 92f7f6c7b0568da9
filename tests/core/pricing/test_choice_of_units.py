"""Which units fill deals decides what is left to percentages: held against every way there is.

Of all ways that save most in stage 3 the one counts that costs least after stage 4; of all choices
of offers the cheapest (domain.md 2). Here nothing stands above percentages, so the payable is that.
Where several with a cap stand beside each other another choice of units may be cheaper: then it is
not called proven, and the gap reaches so far.
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
SEVERAL_CAPS = st.tuples(*[percentage(f"p{at}", st.integers(1, 900)) for at in range(2)])


def taken_of(fen, code, offers, caps):
    """What is taken of so much: by the best of those that do not stack, then by the others."""

    def off(offer):
        return min(fen - take(fen, offer.rate_bp), caps.get(offer.id, fen))

    mine = [offer for offer in offers if offer.is_for(code, "")]
    lone = [(off(offer), -at, offer.id) for at, offer in enumerate(mine) if not offer.is_stackable]
    taken = [(name, most) for most, _, name in [max(lone)] if most] if lone else []
    fen -= sum(most for _, most in taken)
    for offer in mine:
        if offer.is_stackable:
            taken.append((offer.id, off(offer)))
            fen -= taken[-1][1]
    return taken


def cost_of(packing, goods, offers):
    """After stage 3, and after stage 4."""
    after_deals = (
        sum(fen * int(units) for (_, fen), units in priced(goods)) + place_of(packing, 0)[0]
    )
    used = Counter(code for _, mine, _ in packing for _, code, _ in mine)
    caps = {each.id: each.cap_fen for each in offers if each.cap_fen is not None}
    percent = 0
    for (code, fen), units in sorted(priced(goods)):
        taken = taken_of(fen * (int(units) - used[code]), code, offers, caps)
        for name, off in taken:
            percent += off
            if name in caps:
                caps[name] -= off
    return after_deals, after_deals - percent


def priced(goods):
    return [((each.code, each.price_fen), units) for each, units in goods]


def some_of(offers):
    return chain.from_iterable(combinations(offers, count) for count in range(len(offers) + 1))


def least_of(goods, some_deals, offers):
    """The least that any choice of offers and units costs."""
    units = [
        (place, each.code, each.price_fen)
        for place, (each, count) in enumerate(goods)
        for _ in range(int(count))
    ]
    return min(
        min(cost_of(packing, goods, rates) for packing in every_packing(on, units))[1]
        for on in some_of(some_deals)
        for rates in some_of(offers)
    )


@LAW
@given(shelves(), SOME_DEALS, SOME_PERCENTAGES)
def test_no_choice_of_units_that_saves_as_much_leaves_a_lower_payable(goods, some_deals, offers):
    made = quote(basket(*goods), None, replace(PHARMACY, offers=(*some_deals, *offers)), NOW)
    assert made.is_proven
    assert made.payable_fen == least_of(goods, some_deals, offers)


@LAW
@given(shelves(), SOME_DEALS, SEVERAL_CAPS)
def test_beside_several_caps_it_is_the_least_where_it_is_proven_and_else_says_how_far_it_may_be(
    goods, some_deals, offers
):
    made = quote(basket(*goods), None, replace(PHARMACY, offers=(*some_deals, *offers)), NOW)
    least = least_of(goods, some_deals, offers)
    assert made.payable_fen - made.gap_fen <= least <= made.payable_fen
    assert made.is_proven is (made.gap_fen == 0)


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
