"""议价: a price for each unit and a part of each cap, at which deals want about what there is.

At any such terms what each deal could save alone, and the prices of all units, come to more than
any packing saves: that is the bound. Where a deal is looked at with a part of what it saves, the
rest of the bound is that part of its cap. So the terms are changed, step by step, by what is wanted
too much of, and the lowest bound is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.pricing.effort import Effort
from core.pricing.stages.capped import Capped
from core.pricing.stages.lone import Goods, Lone
from core.pricing.stages.taker import MEANS, WORTH, Taker

# So often the terms are changed, and so often where a neighbour's are known to begin with.
ROUNDS = 40
FEW_ROUNDS = 10
# After so many steps that did not lead on, they are half as long.
PATIENCE = 4
PACE = 64
# A unit too many weighs as much as so many fen beyond a cap.
FEN_OF_A_UNIT = 2000


class Market:
    """Deals, each by itself at some terms; no packing is worth more than `root`."""

    def __init__(
        self,
        takers: Sequence[Taker],
        goods: Sequence[Goods],
        shifts: Sequence[dict[int, int]],
        effort: Effort,
        price: dict[int, int],
    ) -> None:
        self._takers, self._goods, self._shifts, self._effort = takers, goods, shifts, effort
        self._capped = [at for at, each in enumerate(takers) if isinstance(each, Capped)]
        self.slack = sum([each.slack for each in goods])
        self.price = price
        self.lone = self._alone(price, is_exact=False)
        self.root = self._root(price, self.lone)

    def haggle(self, known: int, rounds: int) -> None:
        """Look for better terms, as long as more could be saved than is known."""
        price = self.price
        self.lone = lone = self._alone(price, is_exact=True)
        self.root = root = self._root(price, lone)
        weights = best = self._weights()
        pace, idle = PACE, 0
        for _ in range(rounds):
            over, beyond, norm = self._excess(lone, price)
            if not norm or self.root <= known or self._effort.is_low:
                break
            step = (root - known) * pace // PACE
            units = step * FEN_OF_A_UNIT**2
            price = {at: max(0, fen + units * over[at] // norm) for at, fen in price.items()}
            self._set(
                {
                    at: min(MEANS, max(0, part - step * beyond[at] * MEANS // (norm * WORTH)))
                    for at, part in weights.items()
                }
            )
            lone = self._alone(price, is_exact=True)
            root, weights = self._root(price, lone), self._weights()
            if root < self.root:
                self.price, self.lone, self.root, best, idle = price, lone, root, weights, 0
                continue
            idle += 1
            if idle == PATIENCE:
                pace, idle = pace // 2, 0
                price, lone, root, weights = self.price, self.lone, self.root, best
        self._set(best)
        for each in self.lone:
            each.tighten()
        self.root = self._root(self.price, self.lone)

    def _alone(self, price: dict[int, int], *, is_exact: bool) -> list[Lone]:
        lost = {each.place: price[each.place] + each.each_lost for each in self._goods}
        return [
            Lone(each, self._goods, lost, shift, self._effort, is_exact=is_exact)
            for each, shift in zip(self._takers, self._shifts, strict=True)
        ]

    def _root(self, price: dict[int, int], lone: list[Lone]) -> int:
        every = sum([each.units * price[each.place] for each in self._goods])
        return self.slack + every + sum([each.most(0, each.taker.start) for each in lone])

    def _weights(self) -> dict[int, int]:
        return {at: self._takers[at].weight for at in self._capped}

    def _set(self, weights: dict[int, int]) -> None:
        for at, part in weights.items():
            self._takers[at].weight = part

    def _excess(
        self, lone: list[Lone], price: dict[int, int]
    ) -> tuple[dict[int, int], dict[int, int], int]:
        """Units of each line that are wanted too many, fen saved beyond caps, and their square."""
        over = {each.place: -each.units for each in self._goods}
        beyond = {}
        for at, each in enumerate(lone):
            taken = each.wanted()
            for place, units in taken.items():
                over[place] += units
            beyond[at] = each.beyond(taken)
        over = {at: units if units > 0 or price[at] else 0 for at, units in over.items()}
        norm = sum([units * units for units in over.values()]) * FEN_OF_A_UNIT**2
        return over, beyond, norm + sum([fen * fen for fen in beyond.values()])
