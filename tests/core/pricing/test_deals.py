"""How deals that want the same units are filled, on the same baskets each time (domain.md 2, 3).

`test_packing` holds it against every way there is, where there are few units. Here there are more:
what is proven stays so to the fen, and goes to the same lines, unless the rule changes which of the
units that save the same go first (the last time so that they leave more to percentages); where not
every way is tried, it comes no dearer than it did.
"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.pricing.quote import Quote, quote
from tests.core.pricing.dealt import dealt
from tests.core.pricing.examples import NOW, a_member

WHO = replace(a_member("gold"), points=1000)
KINDS = ("nth", "any", "bundle", "nth", "any", "bundle", "rate")
EACH = 25
# Batch → payable, and each line's times its place, in all.
FEW = dict(
    enumerate(
        (
            (71221, 117906),
            (100996, 191773),
            (86234, 143781),
            (61021, 90552),
            (92676, 164141),
            (95937, 156128),
            (71643, 117299),
            (83052, 114725),
            (73721, 107136),
            (87140, 164021),
            (75500, 152280),
            (72086, 119520),
        )
    )
)
MORE = dict(
    enumerate(
        (
            (178783, 259189),
            (210552, 360024),
            (188739, 258190),
            (177064, 318944),
            (288723, 556769),
            (175701, 295385),
            (220460, 373002),
            (324118, 541472),
        )
    )
)
# Batch → payable, gap, and quotes that are proven, in all.
MANY = dict(
    enumerate(
        ((43561, 0, 8), (126244, 0, 8), (93864, 0, 8), (60348, 0, 8), (55715, 0, 8), (153890, 0, 8))
    )
)


def quoted(seed: int, times: int, most: int) -> Quote:
    """A basket with so many times the units, and up to so many deals."""
    basket, book = dealt(seed, most, KINDS)
    lines = tuple(
        line
        if line.product.is_weighed
        else replace(line, quantity_milli=line.quantity_milli * times)
        for line in basket.lines
    )
    return quote(replace(basket, lines=lines), WHO, book, NOW)


def figures(made: list[Quote]) -> tuple[int, int]:
    """What they cost, and by which lines."""
    return (
        sum(each.payable_fen for each in made),
        sum(line.no * line.payable_fen for each in made for line in each.lines),
    )


def few(batch: int) -> list[Quote]:
    return [quoted(2000 + batch * EACH + at, 2, 5) for at in range(EACH)]


def more(batch: int) -> list[Quote]:
    found = [quoted(3000 + batch * EACH + at, 5, 4) for at in range(EACH)]
    return [each for each in found if each.is_proven]


def many(batch: int) -> list[Quote]:
    return [quoted(4000 + batch * EACH + at, 7, 9) for at in range(8)]


def reached(made: list[Quote]) -> tuple[int, int, int]:
    return (
        sum(each.payable_fen for each in made),
        sum(each.gap_fen for each in made),
        sum(each.is_proven for each in made),
    )


@pytest.mark.parametrize("batch", FEW)
def test_a_few_units_cost_the_least_there_is(batch):
    made = few(batch)
    assert all(each.is_proven for each in made)
    assert figures(made) == FEW[batch]


@pytest.mark.parametrize("batch", MORE)
def test_more_units_do_where_it_is_proven(batch):
    assert figures(more(batch)) == MORE[batch]


@pytest.mark.parametrize("batch", MANY)
def test_many_units_and_deals_come_no_dearer_than_they_did(batch):
    payable_fen, gap_fen, proven = reached(many(batch))
    assert payable_fen <= MANY[batch][0]
    assert gap_fen <= MANY[batch][1]
    assert proven >= MANY[batch][2]
