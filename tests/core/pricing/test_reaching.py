"""What a deal with a cap could save at prices of units, held against every way to fill it."""

from __future__ import annotations

from random import Random

import pytest
from msgspec.structs import replace

from core.pricing.effort import Effort
from core.pricing.stages import reaching
from core.pricing.stages.capped import Capped
from core.pricing.stages.lone import Goods
from core.pricing.stages.reaching import Reaching
from core.pricing.stages.taker import FILLING, NEVER, WORTH
from core.pricing.stages.takers import is_rounded, taker_of
from tests.core.pricing.test_packing import every_packing
from tests.core.pricing.test_sharing import dealt_deal

SEEDS = range(150)


def dealt_reaching(seed: int) -> Reaching:
    """A deal with a cap, a few units that it may take, and a price of each."""
    dice = Random(seed)
    fens = sorted([dice.choice((1000, 999, dice.randrange(1, 3600))) for _ in range(4)])[::-1]
    goods = [
        Goods(at, fen, f"60{at if dice.randrange(4) else 0}", dice.randrange(1, 3))
        for at, fen in enumerate(fens)
    ]
    deal, mine = dealt_deal(dice, "d", goods)
    deal = replace(deal, cap_fen=dice.choice((1, dice.randrange(1, 900), dice.randrange(1, 4000))))
    taker = taker_of(deal, mine, [goods[at].priced for at in mine])
    price = {each.place: dice.randrange(1 + each.unit_fen) * WORTH // 3 for each in goods}
    return Reaching(taker, goods, price, dict.fromkeys(mine, 0), Effort())


def units_of(lone: Reaching) -> list[tuple[int, str, int]]:
    return [
        (each.place, each.code, each.unit_fen) for each in lone._goods for _ in range(each.units)
    ]


def worth_of(lone: Reaching, packing) -> int:
    """Fen up to the cap, less the prices of its units; then the fewest fillings and units."""
    places = [place for _, mine, _ in packing for place, _, _ in mine]
    fen = min(lone.taker.cap_fen, sum(off for _, _, off in packing))
    spent = sum(lone._price[place] for place in places)
    return fen * WORTH - spent - len(packing) * FILLING - len(places)


def best_by_hand(lone: Reaching) -> int:
    deals = (replace(lone.taker.deal, cap_fen=None),)
    return max(worth_of(lone, each) for each in every_packing(deals, units_of(lone)))


def is_rough(lone: Reaching) -> bool:
    """Whether several units are rounded together: then what it could save is only bounded."""
    return is_rounded(lone.taker.deal, [each.priced for each in lone._goods])


@pytest.mark.parametrize("seed", SEEDS)
def test_no_way_to_fill_it_is_worth_more_and_one_is_worth_as_much(seed: int) -> None:
    lone = dealt_reaching(seed)
    by_hand = best_by_hand(lone)
    found = lone.most(0, lone.taker.start)
    assert found >= by_hand
    assert found == by_hand or is_rough(lone)


@pytest.mark.parametrize("seed", SEEDS)
def test_of_few_points_nothing_better_is_hidden(seed: int, monkeypatch) -> None:
    monkeypatch.setattr(reaching, "MOST_POINTS", 2)
    monkeypatch.setattr(reaching, "FEW_POINTS", 2)
    lone = dealt_reaching(seed)
    assert lone.most(0, lone.taker.start) >= best_by_hand(lone)


def step_by_step(lone: Reaching, index: int, state) -> int:
    """The same from a state on, by each of its moves."""
    if index == len(lone._goods):
        return 0 if lone.taker.is_done(state) else NEVER
    goods = lone._goods[index]
    most = step_by_step(lone, index + 1, state)
    for units, after, worth in lone.taker.moves(state, goods.unit_fen, goods.code, goods.units):
        more = step_by_step(lone, index + 1, after)
        if more > NEVER:
            most = max(most, worth - units * lone._price[goods.place] + more)
    return most


def states_of(lone: Reaching) -> set:
    """The states that it may come to before each line."""
    found = {(0, lone.taker.start)}
    for index, goods in enumerate(lone._goods):
        for at, state in [each for each in found if each[0] == index]:
            moves = lone.taker.moves(state, goods.unit_fen, goods.code, goods.units)
            found |= {(at + 1, after) for _, after, _ in moves} | {(at + 1, state)}
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_was_saved_before_no_way_is_worth_more(seed: int) -> None:
    lone = dealt_reaching(seed)
    for index, state in states_of(lone):
        assert lone.most(index, state) >= step_by_step(lone, index, state)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_it_wants_is_worth_as_much_as_can_be(seed: int) -> None:
    lone = dealt_reaching(seed)
    wanted = lone.wanted()
    goods = [
        replace(each, units=wanted[each.place]) for each in lone._goods if each.place in wanted
    ]
    mine = Reaching(lone.taker, goods, lone._price, lone._shifts, Effort())
    assert mine.most(0, lone.taker.start) == lone.most(0, lone.taker.start)


def test_the_deals_have_caps_that_bind_and_others() -> None:
    """Otherwise the above would say little."""
    some = [dealt_reaching(seed) for seed in SEEDS]
    assert all(isinstance(each.taker, Capped) for each in some)
    assert sum(map(is_rough, some)) >= 10
    saved = [min(each.taker.cap_fen, 1 + each.most(0, each.taker.start) // WORTH) for each in some]
    assert sum(fen > 1 for fen in saved) >= 50


@pytest.mark.parametrize("most", [1, 3, 4, 10, 11])
def test_few_points_stand_for_many_as_near_to_them_as_so_few_can(most: int) -> None:
    front = [(at * at, -at) for at in range(11)]
    few = reaching._few(front, most)
    size = -(-len(front) // most)
    assert len(few) == -(-len(front) // size) <= most
    for at, (saved, worth) in enumerate(front):
        assert few[at // size][0] >= saved
        assert few[at // size][1] >= worth
    assert few[0][0] == (size - 1) ** 2
