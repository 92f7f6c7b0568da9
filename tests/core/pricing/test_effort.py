"""How much work a quote takes at most: counted, so that the same basket costs the same anywhere."""

from __future__ import annotations

from random import Random

import pytest
from msgspec.structs import replace

from core.pricing.effort import MOST_STEPS, OVERDRAFT, Effort
from core.pricing.quote import quote
from core.pricing.stages.filling import fill_rounded, places_for
from core.pricing.stages.lone import Goods
from core.pricing.stages.packing import Packings, best_packing
from core.pricing.stages.sharing import share_out
from core.pricing.stages.taker import WORTH
from core.pricing.stages.takers import taker_of
from core.rulebook.conditions import Scope
from core.rulebook.offers import AnyFor, Bundle, NthReduced, PercentageOffer, Step, Threshold
from tests.core.pricing.examples import NOW, PHARMACY, basket, product
from tests.core.pricing.test_packing import shelf_for
from tests.proving.sets import Contest, dozen, six_wide

CODES = [f"6{n:02}" for n in range(16)]
MANY_UNITS = [(3394, "37"), (500, "31"), (1000, "10"), (1924, "41"), (766, "10"), (2419, "11")]


def goods_of(*numbers: int) -> Scope:
    return Scope(products=frozenset(CODES[n] for n in numbers))


def many_offers():
    """Deals that want the same goods and reach their caps, and many offers beside."""
    deals = [
        NthReduced(id=f"d{n}", name="半价", units=2 + n % 2, rate_bp=5000, cap_fen=900 + 700 * n)
        for n in range(4)
    ]
    any_for = AnyFor(id="a", name="任选", scope=goods_of(1, 3, 5, 7, 9), units=3, price_fen=4000)
    percentages = [
        PercentageOffer(id=f"p{n}", name="折", scope=goods_of(*range(n, 16, 2)), rate_bp=9400 - n)
        for n in range(6)
    ]
    thresholds = [
        Threshold(
            id=f"t{n}",
            name="满减",
            group="g" if n % 2 else "",
            steps=(Step(from_fen=5000 + 3000 * n, off_fen=300 + 170 * n),),
        )
        for n in range(8)
    ]
    return (*deals, any_for, *percentages, *thresholds)


def capped(seed):
    """Three deals whose caps bind at once, beside one for the whole shop."""
    dice = Random(seed)
    half = NthReduced(id="w", name="半价", units=2 + seed % 2, rate_bp=5000)
    few = [
        AnyFor(
            id=f"d{n}",
            name="任选",
            scope=goods_of(*dice.sample(range(16), 6)),
            units=3,
            price_fen=dice.randint(2000, 4500),
            cap_fen=dice.randint(500, 4000),
        )
        for n in range(3)
    ]
    return (half, *few)


def quoted(offers):
    some = basket(*[(product(code, 990 + 137 * n), "2") for n, code in enumerate(CODES)])
    return quote(some, None, replace(PHARMACY, offers=offers), NOW)


def test_what_takes_too_many_steps_says_how_far_it_may_be_from_the_least() -> None:
    made = quoted(many_offers())
    assert not made.is_proven
    assert made.gap_fen > 0
    assert made.canonical == quoted(many_offers()).canonical


@pytest.mark.parametrize("seed", [1, 4, 10])
def test_deals_whose_caps_bind_at_once_are_proven(seed: int) -> None:
    assert quoted(capped(seed)).is_proven


@pytest.mark.parametrize(
    ("contest", "payable_fen"),
    [(six_wide(19), 24544), (six_wide(4), 44220), (six_wide(10), 33205), (dozen(10), 33668)],
)
def test_twelve_offers_of_which_six_are_deals_for_most_of_the_shop_are_proven(
    contest: Contest, payable_fen: int
) -> None:
    goods, book = contest
    made = quote(goods, None, book, NOW)
    assert (made.is_proven, made.payable_fen) == (True, payable_fen)


class Counted(Effort):
    """Effort that counts all that is spent."""

    taken = 0

    def spend(self, steps: int) -> None:
        self.taken += steps
        super().spend(steps)


def test_many_deals_with_caps_that_want_the_same_few_units_are_proven() -> None:
    """Most of them take nothing, and without those the others are filled the same."""
    rows = [(2, 1, 3333, 111), (2, 1, 3333, 3580), (2, 1, 0, 405), (2, 1, 0, 759)]
    rows += [(5, 3, 8500, 3279), (4, 2, 0, 1176)]
    deals = [
        NthReduced(id=f"d{n}", name="折", units=units, reduced=less, rate_bp=rate, cap_fen=cap)
        for n, (units, less, rate, cap) in enumerate(rows)
    ]
    any_for = AnyFor(id="a", name="任选", units=2, price_fen=2652, cap_fen=4915)
    capped = PercentageOffer(id="p0", name="折", rate_bp=9000, cap_fen=6, priority=2)
    percentages = [
        replace(capped, id="p1", rate_bp=8000, cap_fen=None, priority=1, scope=goods_of(0)),
        replace(capped, id="p2", rate_bp=8000, cap_fen=None, priority=0, scope=goods_of(0, 1, 2)),
    ]
    lines = [(2, "1"), (2006, "1"), (1211, "2"), (999, "2")]
    goods = [(product(CODES[n], fen), units) for n, (fen, units) in enumerate(lines)]
    offers = (*deals, any_for, capped, *percentages)
    assert quote(basket(*goods), None, replace(PHARMACY, offers=offers), NOW).is_proven


def test_fillings_that_round_in_very_many_ways_are_put_together_soon() -> None:
    deal = NthReduced(id="r", name="第三四件六六折", units=4, reduced=2, rate_bp=6667)
    made = quoted((deal,))
    fens = sorted([990 + 137 * n for n in range(16)] * 2, reverse=True)
    rows = [fens[at] + fens[at + 1] for at in range(2, 32, 4)]
    least = sum(fen * 3333 for fen in rows) // 10_000
    assert least <= made.list_fen - made.payable_fen <= least + len(rows)


def put_together(effort):
    """What units save whose sums round, put together with such an effort."""
    deal = NthReduced(id="r", name="第三四件六六折", units=4, reduced=2, rate_bp=6667)
    shelf = shelf_for([(product(code, 990 + 137 * n), "2") for n, code in enumerate(CODES)], [deal])
    filled = fill_rounded(shelf, deal, places_for(shelf, deal), shelf.stock(), effort)
    assert sum(units for each in filled for _, units in each.units) == 32
    return sum(each.off_fen for each in filled)


def test_what_rounds_is_put_together_in_fewer_ways_where_little_effort_is_left() -> None:
    enough, little = Counted(), Counted(0)
    assert put_together(enough) >= put_together(little) > 0
    assert little.taken * 4 < enough.taken


@pytest.mark.parametrize(("steps", "is_best"), [(16_000, True), (4_000, False)])
def test_what_was_put_together_in_few_ways_is_not_called_the_best(steps, is_best) -> None:
    deal = NthReduced(id="r", name="第三四件六六折", units=4, reduced=2, rate_bp=6667)
    shelf = shelf_for([(product(CODES[n], 990 + 137 * n), "2") for n in range(8)], [deal])
    packings = Packings()
    packings.effort.begin(steps)
    assert best_packing(shelf, (deal,), packings).is_best is is_best


def test_more_units_than_the_effort_is_enough_for_fill_one_deal_after_the_other() -> None:
    half = NthReduced(id="a", name="半价", units=2, rate_bp=5000)
    three = AnyFor(id="b", name="任选", units=3, price_fen=2300)
    shelf = shelf_for([(product("601", 1000), "30"), (product("602", 900), "11")], (half, three))
    packings = Packings()
    packings.effort.begin(2 * 41 * 41 - 1)
    made = best_packing(shelf, (half, three), packings)
    assert (made.is_best, {each.deal.id for each in made.filled}) == (False, {"a"})
    packings.effort.begin(2 * 41 * 41)
    assert {each.deal.id for each in best_packing(shelf, (half, three), packings).filled} == {
        "a",
        "b",
    }


def test_however_many_units_round_a_quote_takes_only_so_many_steps(monkeypatch) -> None:
    taken: list[int] = []
    spend = Effort.spend
    monkeypatch.setattr(
        Effort, "spend", lambda self, steps: taken.append(steps) or spend(self, steps)
    )
    goods = [(product(CODES[n], fen), units) for n, (fen, units) in enumerate(MANY_UNITS)]
    deal = NthReduced(id="r", name="折", units=7, reduced=5, rate_bp=5000)
    made = quote(basket(*goods), None, replace(PHARMACY, offers=(deal,)), NOW)
    assert not made.is_proven
    assert made.gap_fen > 0
    assert MOST_STEPS // 2 < sum(taken) < MOST_STEPS + 4 * OVERDRAFT


def rounding(lines, deals):
    """Deals whose reduced units add up to fractions of a fen: (rate, units, cap) of each."""
    goods = [Goods(at, fen, f"{at:02}", units) for at, (fen, units) in enumerate(lines)]
    priced = [each.priced for each in goods]
    takers = [
        taker_of(
            NthReduced(
                id=f"r{at}", name="折", units=units, reduced=units - 1, rate_bp=rate, cap_fen=cap
            ),
            list(range(len(goods))),
            priced,
        )
        for at, (rate, units, cap) in enumerate(deals)
    ]
    return takers, goods


def test_what_a_way_costs_that_is_not_kept_is_counted_too() -> None:
    effort = Counted(20_000)
    lines = [(2533, 9), (1997, 9), (1501, 9), (999, 9)]
    shared = share_out(*rounding(lines, [(3333, 4, 9000), (8511, 5, None)]), effort)
    assert effort.is_spent
    assert not shared.is_best
    assert effort.taken < 20_000 + 2 * OVERDRAFT


def test_what_could_not_be_filled_to_the_end_does_not_take_the_place_of_what_could() -> None:
    """A bundle and a reduced row whose caps are both reached: hardly anything need be tried."""
    fens = [691, 2490, 500, 999, 1000, 469, 2, 1000]
    counts = [4, 5, 1, 4, 4, 3, 4, 3]
    goods = [(product(CODES[n], fen), str(counts[n])) for n, fen in enumerate(fens)]
    deals = (
        Bundle(
            id="b",
            name="组合",
            parts=((CODES[0], 2), (CODES[5], 1), (CODES[6], 2)),
            price_fen=394,
            cap_fen=2163,
        ),
        NthReduced(id="r", name="折", units=4, reduced=3, rate_bp=3333, cap_fen=380),
    )
    made = quote(basket(*goods), None, replace(PHARMACY, offers=deals), NOW)
    assert made.is_proven
    assert made.list_fen - made.payable_fen == 2163 + 380


def test_it_costs_no_more_than_any_offer_alone_or_one_after_the_other() -> None:
    offers = many_offers()
    made = quoted(offers)
    assert made.payable_fen < made.list_fen
    assert all(made.payable_fen <= quoted((offer,)).payable_fen for offer in offers)


def left_of(effort: Effort) -> int:
    """The steps that are left, found as the engine asks for them."""
    return max([steps for steps in range(400) if effort.is_enough_for(steps)], default=-1)


def test_effort_is_low_with_a_fifth_left_and_spent_with_nothing() -> None:
    effort = Effort(100)
    effort.spend(79)
    assert (left_of(effort), effort.is_low) == (21, False)
    effort.spend(1)
    assert (left_of(effort), effort.is_low, effort.is_spent) == (20, True, False)
    effort.spend(19)
    assert not effort.is_spent
    effort.spend(1)
    assert (effort.is_spent, effort.is_overdrawn) == (True, False)


def test_what_is_begun_goes_on_narrowly_until_the_overdraft_is_used_up() -> None:
    effort = Effort(0)
    effort.spend(OVERDRAFT - 1)
    assert not effort.is_overdrawn
    effort.spend(1)
    assert effort.is_overdrawn


def test_effort_that_is_granted_counts_what_was_spent_before() -> None:
    effort = Effort(100)
    effort.spend(85)
    effort.spend(35)
    assert effort.is_spent
    effort.grant(100)
    assert effort.is_spent
    effort.grant(300)
    assert left_of(effort) == 180
    effort.spend(119)
    assert not effort.is_low
    effort.spend(1)
    assert effort.is_low


def test_effort_that_is_refilled_is_low_from_the_first_step_on() -> None:
    effort = Effort(100)
    effort.spend(500)
    effort.refill(50)
    assert (left_of(effort), effort.is_low, effort.is_spent) == (50, True, False)


def test_a_bound_that_was_tightened_hides_no_better_way_to_share_out() -> None:
    fens = [3593, 3456, 3319, 3182, 3045, 2908, 2771, 2634, 2497, 2360, 2223, 2086, 1812, 1675]
    fens += [1538, 1401, 1264, 1127, 990]
    counts = [2, 1, 3, 2, 1, 3, 2, 1, 3, 2, 1, 3, 1, 3, 2, 1, 3, 2, 1]
    goods = [
        Goods(at, fen, f"{at:02}", units)
        for at, (fen, units) in enumerate(zip(fens, counts, strict=True))
    ]
    any_for = AnyFor(id="d0", name="任选", units=3, price_fen=3162, cap_fen=1464)
    half = NthReduced(id="w", name="半价", units=3, rate_bp=5000, cap_fen=4497)
    mine, every = [1, 4, 9, 16, 17, 18], list(range(19))
    takers = [
        taker_of(any_for, mine, [goods[at].priced for at in mine]),
        taker_of(half, every, [each.priced for each in goods]),
    ]
    assert share_out(takers, goods, Effort()).worth > (1464 + 4496) * WORTH
