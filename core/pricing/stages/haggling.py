"""议价: a price for each unit at which deals want about what there is.

At any prices what each deal could save alone, and the prices of all units, come to more than any
packing saves: that is the bound. So the prices are changed, step by step, by what is wanted too
much of, and the lowest bound is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.pricing.effort import Effort
from core.pricing.stages.capped import Capped
from core.pricing.stages.lone import Goods, Lone
from core.pricing.stages.reaching import Reaching
from core.pricing.stages.taker import Taker

# So often the prices are changed, and so often where a neighbour's are known to begin with.
ROUNDS = 40
FEW_ROUNDS = 10
# After so many steps that did not lead on they are half as long; as many more, and none follow.
PATIENCE = 4
# Of the way to what is known a step goes half; of the step before so much is kept, of `SCALE`.
PACE = 64
SCALE, KEPT = 1 << 10, 700


class Market:
    """Deals, each by itself at some prices; no packing is worth more than `root`."""

    def __init__(
        self,
        takers: Sequence[Taker],
        goods: Sequence[Goods],
        shifts: Sequence[dict[int, int]],
        effort: Effort,
        price: dict[int, int],
    ) -> None:
        self._takers, self._goods, self._shifts, self._effort = takers, goods, shifts, effort
        self.slack = sum([each.slack for each in goods])
        self.price = price
        self.lone = self._alone(price)
        self.root = self._root(price, self.lone)

    def haggle(self, known: int, rounds: int) -> None:
        """Look for better prices, as long as more could be saved than is known.

        What was wanted before counts, too: so prices do not swing to and fro.
        """
        price, lone, root = self.price, self.lone, self.root
        push = dict.fromkeys(price, 0)
        pace, idle = PACE // 2, 0
        for _ in range(rounds):
            over = self._excess(lone, price)
            if not any(over.values()) or self.root <= known or self._effort.is_spent:
                break
            push = {at: units * SCALE + push[at] * KEPT // SCALE for at, units in over.items()}
            norm = PACE * sum([units * units for units in push.values()])
            step = (root - known) * SCALE * pace
            price = {at: max(0, fen + step * push[at] // norm) for at, fen in price.items()}
            lone = self._alone(price)
            root = self._root(price, lone)
            if root < self.root:
                self.price, self.lone, self.root, idle = price, lone, root, 0
                continue
            idle += 1
            if idle == 2 * PATIENCE:
                break
            if idle == PATIENCE:
                pace //= 2
                price, lone, root = self.price, self.lone, self.root
                push = dict.fromkeys(price, 0)

    def _alone(self, price: dict[int, int]) -> list[Lone]:
        lost = {each.place: price[each.place] + each.each_lost for each in self._goods}
        return [
            (Reaching if isinstance(each, Capped) else Lone)(
                each, self._goods, lost, shift, self._effort
            )
            for each, shift in zip(self._takers, self._shifts, strict=True)
        ]

    def _root(self, price: dict[int, int], lone: list[Lone]) -> int:
        every = sum([each.units * price[each.place] for each in self._goods])
        return self.slack + every + sum([each.most(0, each.taker.start) for each in lone])

    def _excess(self, lone: list[Lone], price: dict[int, int]) -> dict[int, int]:
        """Units of each line that are wanted too many, or that nobody wants at their price."""
        over = {each.place: -each.units for each in self._goods}
        for each in lone:
            for place, units in each.wanted().items():
                over[place] += units
        return {at: units if units > 0 or price[at] else 0 for at, units in over.items()}
