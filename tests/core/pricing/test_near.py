"""How near the bound comes, and how few choices are priced, on the same baskets each time.

A bound that lies too high hides the best choice; one that lies lower than it need is no error that
a customer sees, but the search looks at more choices for it, and calls fewer of them proven. So
what was reached is written down here: a change that makes it worse needs a reason, one that makes
it better writes the better figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from msgspec.structs import replace

from core.pricing.quote import quote
from core.pricing.search import Search
from core.rulebook.offers import BasketOffer, PriceOffer
from tests.core.pricing.dealt import dealt
from tests.core.pricing.examples import NOW, a_member
from tests.core.pricing.test_best_offer import live_for
from tests.core.pricing.test_bound import bounded, every_rank, is_first

WHO = replace(a_member("gold"), points=1000)
EACH = 25
# Batch → fen by which the bounds of its baskets lie below what the best choice costs, in all.
SLACK = dict(
    enumerate((33505, 69945, 62325, 36774, 30057, 33136, 12164, 22663, 26761, 53553, 26165, 17457))
)
# Batch → choices that the search priced, in all.
PRICED = dict(enumerate((64, 62, 56, 56, 47, 36, 52, 73, 59, 45, 64, 43)))
# With many offers: batch → payable, gap and choices priced, in all.
MANY = dict(
    enumerate(
        (
            (13253, 3018, 165),
            (12482, 2317, 244),
            (7019, 1360, 71),
            (16046, 3340, 465),
            (13745, 0, 116),
            (23366, 2871, 103),
        )
    )
)


def seeds(batch: int) -> range:
    return range(batch * EACH, (batch + 1) * EACH)


def decisions(dice: Random, everything: int) -> Iterator[tuple[int, int]]:
    """What is on and what is off: nothing, all, and some with the rest open."""
    yield 0, 0
    yield 0, everything
    for _ in range(6):
        off = dice.randrange(everything + 1)
        on = everything & ~off
        yield on, off
        yield on & dice.randrange(everything + 1), off & dice.randrange(everything + 1)


def slack_of(seed: int) -> int:
    """Fen by which the bounds lie below the best choice that agrees with what is decided."""
    basket, book = dealt(seed)
    bounds, bits = bounded(basket, WHO, book)
    priced = [
        (sum(bits[name] for name in chosen), rank[0])
        for chosen, rank in every_rank(basket, WHO, book)
    ]
    slack = 0
    for on, off in decisions(Random(seed), sum(bits.values())):
        agreeing = [fen for mask, fen in priced if on & ~mask == 0 and not mask & off]
        if agreeing:
            bound = bounds.least(bounds.floor(off), bounds.tops(on, off), on, off)
            assert bound <= min(agreeing), (seed, on, off)
            slack += min(agreeing) - bound
    return slack


@pytest.mark.parametrize("batch", SLACK)
def test_a_bound_is_never_too_high_and_as_near_as_it_was(batch):
    assert sum(map(slack_of, seeds(batch))) <= SLACK[batch]


@pytest.fixture
def priced(monkeypatch):
    """The choices that were priced."""
    found: list[int] = []
    price = Search._price
    monkeypatch.setattr(
        Search, "_price", lambda self, mask: found.append(mask) or price(self, mask)
    )
    return found


@pytest.mark.parametrize("batch", PRICED)
def test_the_best_choice_is_found_among_few(batch, priced):
    for seed in seeds(batch):
        basket, book = dealt(seed)
        assert is_first(basket, WHO, book), seed
    assert len(priced) <= PRICED[batch]


@pytest.mark.parametrize("batch", MANY)
def test_with_many_offers_it_comes_as_near_as_it_did(batch, priced):
    made = []
    for seed in seeds(batch)[:8]:
        basket, book = dealt(1000 + seed, most=22)
        made.append(quote(basket, WHO, book, NOW))
        assert not (made[-1].is_proven and made[-1].gap_fen)
    payable_fen, gap_fen, count = MANY[batch]
    assert sum(each.payable_fen for each in made) <= payable_fen
    assert sum(each.gap_fen for each in made) <= gap_fen
    assert len(priced) <= count


def test_the_baskets_compete_in_every_way():
    """Otherwise the figures above would say little."""
    kinds = set()
    for seed in range(4 * EACH):
        basket, book = dealt(seed)
        _, live = live_for(basket, WHO, book)
        kinds |= {type(offer).__name__ for offer in live.all}
    assert kinds == {each.__name__ for each in (*BasketOffer.__subclasses__(), PriceOffer)}
