"""How much must be paid more until something is reached: the sums that a bound asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.pricing.counted import MOST_STEPS, Counted, Reach
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import CouponOffer, GiftOffer, Step, Threshold
from core.rulebook.rulebook import Outside

FENS = st.integers(0, 60)


def counted(offer) -> Counted:
    return Counted(offer, 1, [], Outside())


@pytest.mark.parametrize("base", [0, 7])
@pytest.mark.parametrize("free", [0, 1, 5, 40])
@pytest.mark.parametrize("ratio", [(0, 1), (1, 1), (1, 3), (7, 2)])
def test_the_least_is_paid_more_that_reaches_it(base, free, ratio):
    reach = Reach(base, base + 30, free, ratio)
    for fen in range(base + 31):
        enough = (extra for extra in range(31) if reach.at(extra) >= fen)
        assert reach.extra(fen) == next(enough)


def test_of_what_is_paid_more_besides_so_much_counts_at_once_and_no_more_than_there_is():
    reach = Reach(base=100, top=190, free_fen=30, ratio=(3, 2))
    assert [reach.at(extra) for extra in (0, 1, 2, 20, 21, 60, 61)] == [
        100,
        100 + 1 + 1,
        100 + 2 + 3,
        100 + 20 + 30,
        100 + 21 + 30,
        190,
        190,
    ]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=3), FENS, FENS, st.booleans())
def test_it_takes_more_from_each_step_on_and_again_where_it_repeats(froms, least, more, repeats):
    steps = tuple(Step(from_fen, 1000 if not from_fen else 0, 1) for from_fen in froms)
    off = Threshold(id="t", name="满减", steps=steps, repeats=repeats)
    gifts = tuple(GiftStep(Giving(("901",)), each.from_fen, each.from_milli) for each in steps)
    gift = GiftOffer(id="g", name="满赠", steps=gifts, repeats=repeats)
    wanted = {
        fen
        for fen in range(least + 1, least + more + 1)
        if any(each and (fen % each == 0 if repeats else fen == each) for each in froms)
    }
    assert set(counted(off).steps(least, least + more)) == wanted
    assert set(counted(gift).steps(least, least + more)) == wanted


def test_a_coupon_has_one_step():
    coupon = counted(CouponOffer(id="c", name="券", off_fen=5, from_fen=20))
    assert [coupon.steps(*each) for each in ((0, 19), (0, 20), (19, 30), (20, 30))] == [
        [],
        [20],
        [20],
        [],
    ]


def test_more_steps_than_so_many_are_not_looked_at():
    every = Step(100, 0, 10)
    off = counted(Threshold(id="t", name="每满", steps=(every,), repeats=True))
    assert [off.is_dense(top) for top in (MOST_STEPS * 100, MOST_STEPS * 100 + 1)] == [False, True]
    assert not counted(Threshold(id="t", name="满", steps=(every,))).is_dense(10**9)
