"""What the search does where there are more offers than it can look at all choices of.

Then it prices simple choices: nothing, each offer alone, one after the other as long as each costs
less, and the best one with one offer less or more, until none of these does (`search`). Here that
is asked of small baskets, all of whose choices are priced by other means, by leaving no steps.
"""

from __future__ import annotations

from functools import cache

import pytest
from msgspec.structs import replace

from core.pricing import search
from core.pricing.best import find_touching, start
from core.pricing.search import Search
from core.rulebook.conditions import Scope
from core.rulebook.offers import PercentageOffer
from tests.core.pricing.dealt import dealt
from tests.core.pricing.examples import PHARMACY, basket, product
from tests.core.pricing.test_best_offer import live_for
from tests.core.pricing.test_bound import every_rank
from tests.core.pricing.test_near import WHO

SEEDS = [seed for seed in range(60) if not dealt(seed)[0].discount]


@pytest.fixture(autouse=True)
def no_steps(monkeypatch):
    """Every offer is one too many, and all steps are gone after the first choice."""
    monkeypatch.setattr(search, "MOST_PROVEN", 0)
    monkeypatch.setattr(search, "FEW_STEPS", 1)
    monkeypatch.setattr(search, "LAST_STEPS", 10**6)


@cache
def prices(seed):
    """What each choice of offers costs."""
    goods, book = dealt(seed)
    return {names: rank[0] for names, rank in every_rank(goods, WHO, book)}


class Looked(Search):
    """A search that notes the choices that are priced, those after the last steps apart."""

    def __init__(self, *args):
        self.first, self.last = [], []
        self.is_last = self.was_near = False
        super().__init__(*args)

    def _price(self, mask):
        (self.last if self.is_last else self.first).append(mask)
        return super()._price(mask)

    def _stop(self, bound):
        fen = self._best[0].payable_fen
        self.is_last, self.was_near = True, (fen - bound) * 100 <= fen
        super()._stop(bound)


def searched(goods, who, book):
    working, live = live_for(goods, who, book)
    start(working, live)
    find_touching(working.lines, live)
    found = Looked(working.part(working.lines, live), working.discount)
    found.run()
    return found


def of(seed):
    return searched(dealt(seed)[0], WHO, dealt(seed)[1])


def names(found, mask):
    return frozenset(found._names(mask))


def with_one(found, mask, bit):
    """With an offer more, instead of those of its group."""
    return mask & ~found._mates(bit) | bit


def changed(found, bit):
    """The best choice with an offer less or more."""
    best = found._best[1]
    return best & ~bit if best & bit else with_one(found, best, bit)


def bits(found):
    return [bit for bit in found._bits.values() if not bit & found._uncounted]


@pytest.mark.parametrize("seed", SEEDS)
def test_it_costs_no_more_than_any_simple_choice(seed):
    found, fen = of(seed), prices(seed)
    rank, best = found._best
    assert fen[names(found, best)] == rank.payable_fen
    if not found.is_last or found._is_near(rank.payable_fen - found.gap_fen):
        return
    added = none = found._candidate(0, sum(bits(found)))
    assert rank.payable_fen <= fen[names(found, added)]
    for bit in bits(found):
        alone = with_one(found, none, bit)
        assert rank.payable_fen <= fen[names(found, alone)], "alone"
        more = with_one(found, added, bit)
        assert more in found._fen, "one after the other"
        if fen[names(found, more)] < fen[names(found, added)]:
            added = more
    assert rank.payable_fen <= fen[names(found, added)], "one after the other"
    for bit in bits(found):
        assert rank.payable_fen <= fen[names(found, changed(found, bit))], "one less or more"


def test_the_best_is_changed_until_no_change_costs_less(monkeypatch):
    """From the first choice on, since the others seldom leave anything to be changed."""
    monkeypatch.setattr(Search, "_price_simple", lambda self: None)
    for seed in SEEDS:
        found = of(seed)
        if found.last:
            tried = [found._fen.get(changed(found, bit)) for bit in bits(found)]
            assert None not in tried, "one that nobody looked at"
            assert min(tried) >= found._best[0].payable_fen


@pytest.mark.parametrize("seed", SEEDS)
def test_it_says_by_how_much_it_may_be_short(seed):
    found, least = of(seed), min(prices(seed).values())
    assert found._best[0].payable_fen - found.gap_fen <= least
    assert found.is_proven is (found.gap_fen == 0)


def test_of_a_group_no_two_are_ever_priced_together():
    for seed in SEEDS:
        found = of(seed)
        for mask in found.first + found.last:
            assert all((mask & group).bit_count() < 2 for group in found._groups), seed


def test_some_are_not_near_enough_and_become_cheaper_by_it():
    """Otherwise the two above would say little."""
    made = [of(seed) for seed in SEEDS]
    assert sum(each.is_last and bool(each.last) for each in made) > len(SEEDS) // 4


def test_what_lies_within_a_percent_of_the_bound_is_enough():
    stopped = [found for found in map(of, SEEDS) if found.is_last]
    assert {found.was_near for found in stopped} == {True, False}
    assert all(found.was_near is not bool(found.last) for found in stopped)


def test_no_choice_is_priced_twice_after_the_last_steps():
    for seed in SEEDS:
        last = of(seed).last
        assert len(set(last)) == len(last)


def test_what_its_lines_cost_less_without_is_left_off_at_once(monkeypatch):
    """Of each line an offer of a little, which stands first and keeps half the price out."""
    monkeypatch.setattr(Search, "_stop", lambda self, bound: None)
    goods = [product(f"6{n:02}", 1000) for n in range(6)]
    offers = []
    for n, each in enumerate(goods):
        own = {"name": "独享", "scope": Scope(frozenset({each.code})), "is_exclusive": True}
        offers.append(PercentageOffer(id=f"a{n}", **own, rate_bp=9900, priority=1))
        offers.append(PercentageOffer(id=f"b{n}", **own, rate_bp=5000))
    found = searched(basket(*goods), None, replace(PHARMACY, offers=tuple(offers)))
    assert found._best[0].payable_fen == 6 * 500
    assert [names(found, mask) for mask in found.first] == [
        {offer.id for offer in offers},
        {f"b{n}" for n in range(6)},
    ]


def test_with_few_last_steps_the_best_is_changed_once_all_round(monkeypatch):
    """However many: what is begun is ended, and what is cheaper then is kept."""
    monkeypatch.setattr(search, "LAST_STEPS", 1)
    for seed in SEEDS:
        found = of(seed)
        if found.last:
            assert len(found.last) <= 3 * len(bits(found)) + 1
            assert found._best[0].payable_fen == min(found._fen.values())
