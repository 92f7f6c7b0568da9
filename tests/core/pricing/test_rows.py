"""Rows of paid and reduced units, made at once: what they are unit by unit (domain.md 2)."""

from __future__ import annotations

from random import Random

import pytest

from core.pricing.stages.taker import Rows, Taker, WaitingRows
from core.rulebook.offers import NthReduced


def dealt_deal(dice: Random) -> NthReduced:
    units = dice.randrange(2, 8)
    rate = dice.choice((0, 5000, 3333, 8500))
    return NthReduced(
        id="d", name="折", units=units, reduced=dice.randrange(1, units), rate_bp=rate
    )


def a_line(dice: Random) -> tuple[int, str, int]:
    return dice.randrange(1, 4000), "601", dice.randrange(1, 12)


@pytest.mark.parametrize("seed", range(40))
def test_units_of_a_line_fill_one_row_after_the_other(seed: int) -> None:
    dice = Random(seed)
    deal = dealt_deal(dice)
    rows = Rows(deal, [0], None if deal.reduced == 1 else dice.choice((None, 0, 3334, -200)))
    state, line = (dice.randrange(deal.units), 0), a_line(dice)
    assert list(rows._after(state, *line)) == list(Taker._after(rows, state, *line))


@pytest.mark.parametrize("seed", range(40))
def test_units_of_a_line_are_paid_first_then_reduced_whatever_waits_before_them(seed: int) -> None:
    dice = Random(seed)
    deal = dealt_deal(dice)
    rows = WaitingRows(deal, [0], dice.choice((0, 3334, -200)))
    state, line = (dice.randrange(9), dice.randrange(deal.reduced)), a_line(dice)
    assert list(rows._after(state, *line)) == list(Taker._after(rows, state, *line))
