"""合起来: what is cheapest in each part, chosen such that the whole sale earns most.

Parts share no offer, but points are floored once for the sale: which of several choices that cost
the same earns more may hang on the fractions that the other lines leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from core.pricing.rank import Earned, Rank
from core.pricing.stages.earning import points_of
from core.pricing.working import Working

MOST_TOGETHER = 128


class Alike(NamedTuple):
    """One of the choices of a part that cost the same: its place, its points, its offers."""

    rank: Rank
    earned: Earned
    ids: frozenset[str]


def best_together(
    working: Working, rest: Earned, parts: Sequence[Sequence[Alike]]
) -> Sequence[Alike]:
    """One choice of each part; `rest` is what the lines earn that no offer touches.

    Where there are more combinations than one wants to look at, each part earns the most it can.
    """
    if all(len(part) == 1 for part in parts):
        return [part[0] for part in parts]
    if prod([len(part) for part in parts]) > MOST_TOGETHER:
        return [min(part, key=lambda each: (-each.earned.term, each.rank)) for part in parts]

    def place(chosen: Sequence[Alike]) -> tuple[object, ...]:
        earned = [rest, *(each.earned for each in chosen)]
        points = points_of(working, sum([each.term for each in earned]))
        ranks = [each.rank for each in chosen]
        return (
            -points - sum([each.bonus for each in earned]),
            sum([rank.single_use for rank in ranks]),
            sum([rank.offers for rank in ranks]),
            sorted([priority for rank in ranks for priority in rank.priorities]),
            sorted([name for rank in ranks for name in rank.ids]),
        )

    return min(product(*parts), key=place)
