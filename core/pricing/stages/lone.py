"""单独取货: one deal that takes units at a price for each, and what it could save so at most.

How much less each of its moves leaves to be saved is the regret of it (`sharing`).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from core.pricing.effort import OF_A_STATE, Effort
from core.pricing.stages.taker import (
    FILLING,
    FRACTION,
    LOSS,
    NEVER,
    QUICK,
    WORTH,
    Layer,
    Move,
    State,
    Taker,
)

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
    ) -> None:
        self.taker = taker
        mine = set(taker.places)
        self._goods = [each for each in goods if each.place in mine]
        self._relaxed = taker.relaxed()
        self._at = {each.place: index for index, each in enumerate(self._goods)}
        self._left: list[dict[str, int]] = [{"": 0}]
        for each in reversed(self._goods):
            left = self._left[-1]
            more = {"": left[""] + each.units, each.code: left.get(each.code, 0) + each.units}
            self._left.append(left | more)
        self._left.reverse()
        self._price, self._shifts, self._effort = price, shifts, effort
        self._most: list[dict[State, int]] = []
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
        eased, saved, fills = self.taker.eased(state)
        most = self._most_of(index, eased)
        return most if most <= NEVER else saved * FRACTION - fills * FILLING + most

    def _moves(self, taker: Taker, state: State, goods: Goods) -> list[Move]:
        """What it may do with units of a line; the states that are made for it count."""
        made = taker.made
        moves = taker.moves(state, goods.unit_fen, goods.code, goods.units)
        self._effort.spend(1 + (taker.made - made) * OF_A_STATE + len(moves) // QUICK)
        return moves

    def _most_of(self, index: int, state: State) -> int:
        """The same of what is relaxed; a state that nothing comes to, not even eased, is never."""
        if not self._most:
            self._sweep()
        return self._most[index].get(state, NEVER)

    def _sweep(self) -> None:
        """What all states that it may come to are worth, from the last line on."""
        size, layers = self._layers()
        self._effort.spend(size // QUICK)
        then = {state: 0 if self._relaxed.is_done(state) else NEVER for state in layers[-1]}
        self._most = [then]
        for goods, layer in zip(reversed(self._goods), reversed(layers[:-1]), strict=True):
            price = self._price[goods.place]
            prices = [price * units for units in range(goods.units + 1)]
            now: dict[State, int] = {}
            for state, moves in layer.items():
                most = then.get(state, NEVER)
                for units, after, worth in moves:
                    found = then[after] + worth - prices[units]
                    if found > most:
                        most = found
                now[state] = most
            then = now
            self._most.append(then)
        self._most.reverse()

    def _layers(self) -> tuple[int, list[Layer]]:
        """The states that it may come to before each line, with what it may do there.

        And how many there are: prices and parts leave them as they are.
        """
        taker, left = self._relaxed, self._left
        key = tuple([(each.place, each.unit_fen, each.units) for each in self._goods])
        if key not in taker.layers:
            layers: list[Layer] = []
            now: dict[State, None] = {taker.start: None}
            for index, goods in enumerate(self._goods, 1):
                layer = {state: self._moves(taker, state, goods) for state in now}
                every = [move[1] for moves in layer.values() for move in moves]
                now = {
                    state: None
                    for state in dict.fromkeys([*layer, *every])
                    if not taker.is_hopeless(state, left[index])
                }
                for state, moves in layer.items():
                    if not all(move[1] in now for move in moves):
                        layer[state] = [move for move in moves if move[1] in now]
                layers.append(layer)
            layers.append({state: [] for state in now})
            size = sum([len(layer) + sum(map(len, layer.values())) for layer in layers])
            taker.layers[key] = size, layers
        return taker.layers[key]

    def wanted(self) -> dict[int, int]:
        """The units of each line with which it would be worth most."""
        state, taken = self._relaxed.start, {}
        for index, goods in enumerate(self._goods):
            most, price = self._most_of(index, state), self._price[goods.place]
            if most == self._most_of(index + 1, state):
                continue
            for units, after, worth in self._moves(self._relaxed, state, goods):
                if self._most_of(index + 1, after) + worth - units * price == most:
                    taken[goods.place], state = units, after
                    break
        return taken

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
