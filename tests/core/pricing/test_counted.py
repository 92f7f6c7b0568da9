"""How much must be paid more until something is reached: the sums that a bound asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.pricing.counted import MOST_STEPS, Counted, Reach, reach_of, saved_by
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import CouponOffer, GiftOffer, Step, Threshold
from core.rulebook.rulebook import Outside
from core.values.rate import FULL

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


def off(from_fen: int, off_fen: int = 10, *, repeats: bool = False, group: str = "") -> Counted:
    steps = (Step(from_fen, 0, off_fen),)
    return counted(Threshold(id="t", name="满减", steps=steps, repeats=repeats, group=group))


def test_each_step_above_one_sum_and_up_to_another() -> None:
    assert [off(10).steps(*each) for each in ((0, 9), (0, 10), (9, 30), (10, 30))] == [
        [],
        [10],
        [10],
        [],
    ]
    every = off(3, repeats=True)
    assert [every.steps(0, 9), every.steps(9, 18), every.steps(10, 17)] == [
        [3, 6, 9],
        [12, 15, 18],
        [12, 15],
    ]


class Special:
    """A line that costs so much at a special price, and so much without."""

    price_mask = 2

    def __init__(self, special_fen: int, list_fen: int) -> None:
        self._fens = special_fen, list_fen

    def least(self, off: int) -> int:
        return self._fens[bool(off & self.price_mask)]


@pytest.mark.parametrize(
    ("lines", "reach"),
    [
        ([], Reach(100, 500, 0, (0, 1))),
        # For 20 more 70 count that did not; of several lines what counts most for each fen.
        ([(70, 90)], Reach(100, 500, 70, (70, 20))),
        ([(70, 71)], Reach(100, 500, 70, (70, 1))),
        ([(70, 90), (90, 120)], Reach(100, 500, 160, (70, 20))),
        ([(70, 90), (90, 110)], Reach(100, 500, 160, (90, 20))),
        # What its price does not make cheaper counts as it is.
        ([(70, 70), (90, 110)], Reach(170, 500, 90, (90, 20))),
    ],
)
def test_lines_whose_special_price_keeps_them_from_counting_may_be_paid_dearer(lines, reach):
    late = off(300)
    late.priced = [(at, Special(*fens)) for at, fens in enumerate(lines)]
    assert reach_of(late, [special for special, _ in lines], 100, 500, 0, 0, []) == reach


def test_of_a_group_what_takes_most_counts_and_others_add_up() -> None:
    some = [off(10, 1, group="g"), off(10, 3, group="g"), off(10, 2, group="g"), off(10, 1)]
    assert saved_by([(each, 10) for each in some]) == 3 + 1
    assert saved_by([(each, 9) for each in some]) == 0


def test_how_fast_it_grows_from_a_sum_on() -> None:
    assert [off(100, 100).slope(fen) for fen in (0, 99, 100)] == [0, 0, 0]
    # More off than what must be reached: of a small sum each fen goes.
    assert [off(100, 150).slope(fen) for fen in (100, 149, 150)] == [FULL, FULL, 0]
    coupon = counted(CouponOffer(id="c", name="券", off_fen=5, from_fen=20))
    assert (coupon.slope(0), coupon.is_dense(10**9)) == (0, False)
    tenth = CouponOffer(id="c", name="九折券", rate_bp=9000)
    assert counted(tenth).slope(50, (3, 2)) == 1000 * 5 // 2


def test_of_several_steps_that_repeat_the_smallest_says_how_many_there_are() -> None:
    steps = (Step(100, 0, 1), Step(1000, 0, 20))
    every = counted(Threshold(id="t", name="每满", steps=steps, repeats=True))
    assert every.is_dense(MOST_STEPS * 100 + 1)
