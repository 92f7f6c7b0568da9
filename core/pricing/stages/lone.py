"""单独取货: one deal that takes units at a price for each, and what it could save so at most.

How much less each of its moves leaves to be saved is the regret of it (`sharing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from msgspec import Struct

from core.pricing.effort import OF_A_STATE, Effort
from core.pricing.stages.taker import LOSS, NEVER, QUICK, WORTH, Move, State, Taker

# Of so many ways to choose its units, each is looked at where a cap is to be exact.
MOST_WAYS = 6000

Option = tuple[int, int, State, int]
"""Regret, units, state, and the digits of the order among equals."""


class Goods(Struct, frozen=True):
    """Units of one line: its place, what one costs, its code and how many there are.

    `lost_fen` is what a unit would save elsewhere, and does not in a deal; `forgone` what so many
    of them do, where that only decides among ways that save the same.
    """

    place: int
    unit_fen: int
    code: str
    units: int
    lost_fen: int = 0
    forgone: tuple[int, ...] = ()

    @property
    def each_lost(self) -> int:
        """What is lost with each unit: in all about what is forgone."""
        fen = self.forgone[-1] * LOSS // self.units if self.forgone else 0
        return self.lost_fen * WORTH + fen

    @property
    def slack(self) -> int:
        """The most that this is too much by for any number of units."""
        each = self.each_lost
        return max([each * units - fen * LOSS for units, fen in enumerate(self.forgone)], default=0)

    @property
    def priced(self) -> tuple[int, str]:
        """What a unit costs, and its code."""
        return self.unit_fen, self.code


class Lone:
    """A taker by itself: what it could still save, and the regret of each of its moves."""

    def __init__(
        self,
        taker: Taker,
        goods: Sequence[Goods],
        price: dict[int, int],
        shifts: dict[int, int],
        effort: Effort,
        *,
        is_exact: bool,
    ) -> None:
        self.taker = taker
        mine = set(taker.places)
        self._goods = [each for each in goods if each.place in mine]
        ways = prod([each.units + 1 for each in self._goods])
        self._relaxed = taker.exact() if is_exact and ways <= MOST_WAYS else taker.relaxed()
        self._at = {each.place: index for index, each in enumerate(self._goods)}
        self._left: list[dict[str, int]] = [{"": 0}]
        for each in reversed(self._goods):
            left = self._left[-1]
            more = {"": left[""] + each.units, each.code: left.get(each.code, 0) + each.units}
            self._left.append(left | more)
        self._left.reverse()
        self._price, self._shifts, self._effort = price, shifts, effort
        self._most: dict[tuple[int, State], int] = {}
        self._options: dict[tuple[int, State], list[Option]] = {}
        self._eased: dict[tuple[int, State], int] = {}

    def most(self, index: int, state: State) -> int:
        """The most that it could be worth from one of its lines on, beyond the units' prices."""
        if self._relaxed is self.taker:
            return self._most_of(index, state)
        if index == len(self._goods):
            return 0 if self.taker.is_done(state) else NEVER
        key = index, state
        found = self._eased.get(key)
        if found is None:
            self._eased[key] = found = self._most_eased(index, state)
            self._effort.spend(OF_A_STATE)
        return found

    def _most_eased(self, index: int, state: State) -> int:
        """By what its eased state could still be worth, if it can be done at all."""
        if self.taker.is_hopeless(state, self._left[index]):
            return NEVER
        eased = self.taker.eased(state)
        most = self._most_of(index, eased[0])
        return NEVER if most <= NEVER else self.taker.at_most(state, eased, most)

    def _moves(self, taker: Taker, state: State, goods: Goods) -> list[Move]:
        """What it may do with units of a line; the states that are made for it count."""
        made = taker.made
        moves = taker.moves(state, goods.unit_fen, goods.code, goods.units)
        self._effort.spend(1 + (taker.made - made) * OF_A_STATE + len(moves) // QUICK)
        return moves

    def _most_of(self, index: int, state: State) -> int:
        key = index, state
        found = self._most.get(key)
        if found is not None:
            return found
        if index == len(self._goods):
            found = 0 if self._relaxed.is_done(state) else NEVER
        elif self._relaxed.is_hopeless(state, self._left[index]):
            found = NEVER
        else:
            goods = self._goods[index]
            price = self._price[goods.place]
            found = self._most_of(index + 1, state)
            moves = self._moves(self._relaxed, state, goods)
            known = self._most
            for units, after, worth in moves:
                most = known.get((index + 1, after))
                if most is None:
                    most = self._most_of(index + 1, after)
                worth += most - units * price
                if worth > found:
                    found = worth
            found = max(found, NEVER)
        self._most[key] = found
        return found

    def wanted(self) -> Iterator[tuple[int, int]]:
        """The units of each line with which it would be worth most."""
        state = self.taker.start
        for each in self._goods:
            _, units, state, _ = self.options(each.place, state)[0]
            yield each.place, units

    def idle(self, place: int, state: State) -> list[Option]:
        """What it may do at a line without units, if it can be done then."""
        index = self._at[place]
        without = self.most(index + 1, state)
        return [(self.most(index, state) - without, 0, state, 0)] if without > NEVER else []

    def options(self, place: int, state: State) -> list[Option]:
        """What it may do at a line, the least regret first."""
        key = place, state
        if key not in self._options:
            index = self._at[place]
            goods, price = self._goods[index], self._price[place]
            now, shift = self.most(index, state), self._shifts[place]
            found = self.idle(place, state)
            for units, after, worth in self._moves(self.taker, state, goods):
                most = self.most(index + 1, after)
                if most > NEVER:
                    regret = now - (worth - units * price + most)
                    found.append((regret, units, after, units * shift))
            found.sort(key=lambda option: option[:2])
            self._options[key] = found
        return self._options[key]
