"""达顶: a deal with a cap that takes units at a price for each: how cheaply it could reach its cap.

From each line on a deal may save much with dear units, or less with cheap ones. Of all ways those
stand side by side, by state, of which none saves more for less: its front. What a way is worth
hangs on what was saved before: beyond the cap it saves nothing. A fraction of a filling stands in
no front, so that a part of a filling never looks as good as a whole one.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from core.pricing.stages.capped import Capped
from core.pricing.stages.lone import Goods, Lone
from core.pricing.stages.taker import FILLING, FRACTION, NEVER, QUICK, Move, State

# Of one line so many points of fronts are kept, and of one state no fewer than so many.
MOST_POINTS = 1600
FEW_POINTS = 8
# So many points are made in the time of one step.
QUICK_POINTS = 2

Point = tuple[int, int]
"""What a way saves, in ten-thousandths of a fen, and what its fillings and units are worth."""
Front = list[Point]
"""From the way that saves least on: each saves more, and costs more, but less than that."""


class Reaching(Lone):
    """A deal with a cap by itself."""

    taker: Capped

    def __init__(self, *about: Any) -> None:
        super().__init__(*about)
        self._fronts: list[dict[State, Front]] = []

    def _most_of(self, index: int, state: State) -> int:
        """Worth above nothing saved, where `state` is of what is capped, and what it saved."""
        inner, before = state
        if not self._fronts:
            self._sweep()
        # What no way comes to from its start, not even eased, can be done in none.
        front, cap = self._fronts[index].get(inner, []), self.taker.cap
        at = bisect_left(front, (cap - before, NEVER))
        most = NEVER
        if at < len(front):
            most = cap * FRACTION + front[at][1]
        if at:
            saved, rest = front[at - 1]
            most = max(most, (before + saved) * FRACTION + rest)
        return most

    def _most_eased(self, index: int, state: State) -> int:
        """By what its eased state could still be worth, if it can be done at all."""
        if self.taker.is_hopeless(state, self._left[index]):
            return NEVER
        inner, saved, fills = self.taker.eased(state)
        most = self._most_of(index, (inner, state[1] + saved))
        now = min(self.taker.cap, int(state[1]))
        return most if most <= NEVER else most - now * FRACTION - fills * FILLING

    def _sweep(self) -> None:
        """The fronts of all states that it may come to, from the last line on."""
        size, layers = self._layers()
        self._effort.spend(size // QUICK)
        then: dict[State, Front] = {
            state: [(0, 0)] if self._relaxed.is_done(state) else [] for state in layers[-1]
        }
        self._fronts = [then]
        for goods, layer in zip(reversed(self._goods), reversed(layers[:-1]), strict=True):
            now: dict[State, Front] = {}
            for state, moves in layer.items():
                now[state] = self._joined(goods, then.get(state, []), moves, then, len(layer))
            then = now
            self._fronts.append(then)
        self._fronts.reverse()

    def _joined(
        self,
        goods: Goods,
        idle: Front,
        moves: list[Move],
        then: dict[State, Front],
        states: int,
    ) -> Front:
        """The front of what comes of a line, with none of its units or with some."""
        price = self._price[goods.place]
        points = list(idle)
        for units, after, worth in moves:
            saved = -(-worth // FRACTION)
            rest = worth - saved * FRACTION - units * price
            points += [(fen + saved, other + rest) for fen, other in then[after]]
        self._effort.spend(len(points) // QUICK_POINTS)
        return _few(_front_of(points, self.taker.cap), max(FEW_POINTS, MOST_POINTS // states))

    def wanted(self) -> dict[int, int]:
        """The units of each line with which it would be worth most."""
        state, before, taken = self._relaxed.start, 0, {}
        for index, goods in enumerate(self._goods):
            price = self._price[goods.place]
            best = self._most_of(index + 1, (state, before)), 0, state, before
            for units, after, worth in self._moves(self._relaxed, state, goods):
                saved = -(-worth // FRACTION)
                most = self._most_of(index + 1, (after, before + saved))
                most += worth - saved * FRACTION - units * price
                if most > best[0]:
                    best = most, units, after, before + saved
            _, units, state, before = best
            if units:
                taken[goods.place] = units
        return taken


def _front_of(points: list[Point], cap: int) -> Front:
    """Of ways those that another one does not better, whatever was saved before.

    One that saves more than another is worth less, but by less than what it saves more. Of those
    that reach the cap by themselves only the best is left.
    """
    points.sort(reverse=True)
    falling: Front = []
    most = NEVER
    for point in points:
        if point[1] > most:
            most = point[1]
            if point[0] >= cap:
                falling.clear()
            falling.append(point)
    front: Front = []
    most = NEVER
    for point in reversed(falling):
        if point[0] * FRACTION + point[1] > most:
            most = point[0] * FRACTION + point[1]
            front.append(point)
    return front


def _few(front: Front, most: int) -> Front:
    """No more points than so many: of neighbours what each of them has better."""
    if len(front) <= most:
        return front
    size = -(-len(front) // most)
    return [
        (front[min(at + size, len(front)) - 1][0], front[at][1])
        for at in range(0, len(front), size)
    ]
