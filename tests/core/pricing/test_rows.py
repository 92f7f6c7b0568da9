"""Rows of paid and reduced units, made at once: what they are unit by unit (domain.md 2)."""

from __future__ import annotations

from random import Random

import pytest

from core.pricing.stages.taker import FRACTION, Rows, Taker
from core.rulebook.offers import NthReduced


def dealt_rows(dice: Random) -> Rows:
    units = dice.randrange(2, 8)
    reduced = dice.randrange(1, units)
    rate = dice.choice((0, 5000, 3333, 8500))
    deal = NthReduced(id="d", name="折", units=units, reduced=reduced, rate_bp=rate)
    made = Rows(deal, [0], None if reduced == 1 else dice.choice((None, 0, 3334, -200)))
    made.fraction = dice.choice((FRACTION, FRACTION // 3))
    return made


@pytest.mark.parametrize("seed", range(40))
def test_units_of_a_line_are_paid_first_then_reduced_whatever_waits_before_them(seed: int) -> None:
    dice = Random(seed)
    rows = dealt_rows(dice)
    state = dice.randrange(9), dice.randrange(rows.deal.reduced)
    line = dice.randrange(1, 4000), "601", dice.randrange(1, 12)
    assert list(rows._after(state, *line)) == list(Taker._after(rows, state, *line))
