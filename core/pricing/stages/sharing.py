"""分货: units shared out among deals that want the same ones, so that all save most together.

Line after line, from the dearest unit down, each deal takes some units or none
(`core.pricing.stages.taker`). What a deal could still save alone, if each unit that others want too
had a price, and the prices of all units, is more than any packing saves. So each step away from
what that would choose has a regret, and where the regrets come to more than a packing that is known
leaves room for, nothing need be tried: mostly a handful of packings is left.

Among those that save the same, what percentages lose least by; then the fewest fillings, units of
earlier lines first, then those of earlier deals. That is one order for all packings, whichever
deals are on: so a deal that takes nothing changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from msgspec import Struct

from core.pricing.effort import Effort
from core.pricing.stages.capped import Capped
from core.pricing.stages.haggling import FEW_ROUNDS, ROUNDS, Market
from core.pricing.stages.lone import Goods
from core.pricing.stages.taker import LOSS, WORTH, State, Taker
from core.rulebook.offers import AnyFor, Bundle, NthReduced
from core.values.money import MAX_FEN
from core.values.rate import FULL

# So many packings are followed at a time; with a better one known, fewer are worth to be followed.
TRIES = (3, 16, 100, 500, 4000, 16_000)
# No more than these with little effort left; before more are, better prices are looked for.
NARROW = TRIES[1]
# Beyond so many units they are not shared out at all.
MOST_UNITS = 150


class Shared(Struct, frozen=True):
    """Units by place for each deal; whether no way saves more, and none that does stands before.

    `worth` is of the units without what percentages lose, and more than `saved_fen`: the order.
    """

    units: list[dict[int, int]]
    worth: int
    saved_fen: int
    is_best: bool
    is_first: bool


Key = tuple[State, ...]
"""Units of a line that are left, and the state of each taker."""


def share_out(
    takers: Sequence[Taker],
    goods: Sequence[Goods],
    effort: Effort,
    most_fen: int = MAX_FEN,
    *,
    prices: dict[int, int] | None = None,
    is_few: bool = False,
) -> Shared:
    """The first packing in the order; takers in canonical order, goods the dearest unit first.

    `most_fen`: none saves more, as is known from elsewhere. `is_few`: there are so few units that
    of those that save the same the first is looked for, also where caps make them many.
    """
    table = _Table(takers, goods, effort, prices or {})
    known, left, most = table.best(TRIES, most_fen, is_few=is_few)
    is_best = left < known or table.saved(min(left, most)) <= table.saved(known)
    if prices is not None:
        prices |= table.prices
    return Shared(table.units(), known, table.saved(known), is_best, left < known)


def are_too_many(takers: Sequence[Taker], goods: Sequence[Goods], effort: Effort) -> bool:
    """Whether to share out so many units is not worth the effort that is left.

    Each unit that a deal may take is looked at with about all that stand before it.
    """
    units = {each.place: each.units for each in goods}
    steps = sum([sum([units[place] for place in each.places]) ** 2 for each in takers])
    return sum(units.values()) > MOST_UNITS or not effort.is_enough_for(steps)


def most_saved(takers: Sequence[Taker], goods: Sequence[Goods], effort: Effort) -> int:
    """Fen that no packing saves more than, beyond what its units lose.

    Of too many units each counts with the deal in which it seems to save most.
    """
    if are_too_many(takers, goods, effort):
        shares = [max(each) for each in zip(*_shares(takers, goods), strict=True)]
        saved = [share * each.units for share, each in zip(shares, goods, strict=True)]
        units = sum([each.units for each in goods])
        return int(-(-sum(saved) // FULL)) + units
    table = _Table(takers, goods, effort, {}, is_ordered=False)
    known, left, most = table.best(TRIES[:2])
    return table.saved(min(most, max(known, left)))


def asked_at(
    takers: Sequence[Taker], goods: Sequence[Goods], effort: Effort, prices: dict[int, int]
) -> tuple[int, int, list[int]]:
    """Fen that no packing saves more than; that of units alone, and of each deal at their prices.

    The last are in `WORTH`. `prices` are those of a packing like it, and of this one then.
    """
    table = _Table(takers, goods, effort, prices, is_ordered=False)
    known, left, most = table.best(TRIES[:1])
    if left >= known:
        left = table.haggle(known)
    prices |= table.prices
    return table.saved(min(most, max(known, left))), *table.asked()


class _Digits:
    """The order among packings that save the same, as digits of one number.

    First what the units of deals with a cap cost, then the units of each line, the earliest first,
    then those that each deal has of them. Without goods there is no order.
    """

    def __init__(self, takers: Sequence[Taker], goods: Sequence[Goods]) -> None:
        self._takers = takers
        places = sorted([each.place for each in goods])
        self._bits = max([each.units for each in goods], default=0).bit_length() + 1
        keys = [(-1, place) for place in places]
        if goods:
            keys += [(at, place) for at, each in enumerate(takers) for place in sorted(each.places)]
        self._lines = self._bits * len(keys)
        self._shift = {key: self._lines - self._bits * at for at, key in enumerate(keys, 1)}
        self._fen = {each.place: each.unit_fen for each in goods}
        every = sum([each.unit_fen * each.units for each in goods])
        self.width = self._lines + every.bit_length()

    def shifts(self, at: int) -> dict[int, int]:
        """What one unit of each line is for a taker."""
        shift, taker = self._shift, self._takers[at]
        if not self._fen:
            return dict.fromkeys(taker.places, 0)
        is_capped = taker.deal.cap_fen is not None
        return {
            place: (1 << shift[-1, place])
            + (1 << shift[at, place])
            + (self._fen[place] * is_capped << self._lines)
            for place in taker.places
        }

    def units(self, number: int) -> list[dict[int, int]]:
        """What each taker has of each line."""
        mask = (1 << self._bits) - 1
        return [
            {place: number >> self._shift[at, place] & mask for place in each.places}
            for at, each in enumerate(self._takers)
        ]


class _Table:
    """All packings of which something is still to be expected, line after line."""

    def __init__(
        self,
        takers: Sequence[Taker],
        goods: Sequence[Goods],
        effort: Effort,
        prices: dict[int, int],
        *,
        is_ordered: bool = True,
    ) -> None:
        self._takers, self._goods, self._effort = takers, goods, effort
        self._digits = _Digits(takers, goods if is_ordered else ())
        self._width = self._digits.width
        shifts = [self._digits.shifts(at) for at in range(len(takers))]
        is_near = all(each.place in prices for each in goods)
        self._rounds = FEW_ROUNDS if is_near else ROUNDS
        found = prices if is_near else _prices(takers, goods)
        price = {each.place: found[each.place] for each in goods}
        self._market = Market(takers, goods, shifts, effort, price)
        self._lost = LOSS * (1 + sum([each.forgone[-1] for each in goods if each.forgone]))
        self._wants = {
            each.place: [at for at, one in enumerate(takers) if each.place in one.places]
            for each in goods
        }
        self._known = 0

    def best(
        self, tries: Sequence[int], most_fen: int = MAX_FEN, *, is_few: bool = False
    ) -> tuple[int, int, int]:
        """What the best packing that is found is worth, what others could be, and what all could.

        More are followed as long as another one could save more, or stand first.
        """
        capped = [each for each in self._takers if isinstance(each, Capped)]
        if len(capped) == len(self._takers):
            most_fen = min(most_fen, sum([each.cap_fen for each in capped]))
        most = min(self._market.root, most_fen * WORTH)
        known = left = 0
        has_lost = any(each.forgone for each in self._goods)
        enough = TRIES[3] if is_few else TRIES[0] if capped and not has_lost else TRIES[2]
        for number in tries:
            if number > NARROW:
                most = min(most, self.haggle(known))
            self._known, left = self._run(number, self._known)
            if number > NARROW and left > self._known:
                self._improve(number)
            known, left = self._known >> self._width, left >> self._width
            is_most = self.saved(min(left, most)) <= self.saved(known)
            # Where caps are reached, too many ways save the same for finding the first of them.
            if left < known or (is_most and number >= enough) or self._is_out(number):
                break
        return known, left, most

    def haggle(self, known: int) -> int:
        """Look for better prices; what no packing is worth more than at these."""
        self._market.haggle(known, self._rounds)
        self._rounds = FEW_ROUNDS
        return self._market.root

    def asked(self) -> tuple[int, list[int]]:
        """What all units cost, and what each deal could save at that."""
        each = [lone.most(0, lone.taker.start) for lone in self._market.lone]
        return self._market.root - sum(each), each

    @property
    def prices(self) -> dict[int, int]:
        """Those of the units at last."""
        return self._market.price

    def saved(self, worth: int) -> int:
        """Fen that a packing saves at most that is worth so much at most."""
        return (worth + self._lost) // WORTH

    def _is_out(self, tried: int) -> bool:
        """Whether there is no effort left for more than were tried."""
        return self._effort.is_spent or (self._effort.is_low and tried >= NARROW)

    def units(self) -> list[dict[int, int]]:
        """What each deal has of each line in it."""
        return self._digits.units(self._known)

    def _improve(self, most: int) -> None:
        """Let three deals share anew what they have and what is left, as long as that is better."""
        every = list(combinations(range(len(self._takers)), 3))
        idle = at = 0
        while idle < len(every) and not self._effort.is_low:
            free = every[at % len(every)]
            kept = {n: each for n, each in enumerate(self.units()) if n not in free}
            known, self._known = self._known, self._run(most, self._known, kept)[0]
            idle = 0 if self._known > known else idle + 1
            at += 1

    def _run(
        self, most: int, known: int, kept: dict[int, dict[int, int]] | None = None
    ) -> tuple[int, int]:
        """The best packing, no worse than the one that is known; the best that was not looked at.

        Both with what they are worth above their digits. `kept`: deals whose units stay theirs.
        """
        first = self._market.root
        start = tuple([each.taker.start for each in self._market.lone])
        now: dict[Key, int] = {start: first << self._width}
        least, left = known >> self._width, -1
        for goods, after in zip(self._goods, self._digits_after(), strict=True):
            steps = {(goods.units, *states): number for states, number in now.items()}
            for at in self._wants[goods.place]:
                own = None if kept is None or at not in kept else kept[at].get(goods.place, 0)
                steps, cut = self._step(steps, at, goods.place, least, own)
                steps, lost = self._first(steps, self._width_of(most))
                left = max(left, cut, lost)
            spent = self._spent(goods)
            now = {}
            fewest = known - after - 1
            for (units, *states), number in steps.items():
                number -= spent[units]
                key = tuple(states)
                if number > now.get(key, fewest):
                    now[key] = number
        if any(each.is_cut for each in self._takers):
            left = max(left, first << self._width)
        return max([known, *now.values()]), left

    def _digits_after(self) -> list[int]:
        """The most that what decides among equals may still grow by after each line."""
        after = [0]
        for goods in reversed(self._goods):
            shifts = [self._digits.shifts(at)[goods.place] for at in self._wants[goods.place]]
            after.append(after[-1] + goods.units * max(shifts, default=0))
        return after[-2::-1]

    def _first(self, states: dict[Key, int], most: int) -> tuple[dict[Key, int], int]:
        """So many of the best, and the best of the others.

        And the best in which nothing is half filled: one that might not be filled any more may seem
        better, but this one can stay as it is.
        """
        if len(states) <= most:
            return states, -1
        ordered = sorted(states.items(), key=lambda each: -each[1])
        first = dict(ordered[:most])
        first.update(next(([each] for each in ordered if self._is_done(each[0])), []))
        return first, ordered[most][1]

    def _is_done(self, key: Key) -> bool:
        """Whether no deal has units for a filling that is not full."""
        return all(map(_is_done, self._takers, key[1:]))

    def _width_of(self, most: int) -> int:
        """How many of so many packings are followed with the effort that is left."""
        return min(most, NARROW) if self._effort.is_low else most

    def _spent(self, goods: Goods) -> list[int]:
        """For each number of units that are left: their price, and what was estimated too low."""
        price = self._market.price[goods.place]
        spent = [left * price << self._width for left in range(goods.units + 1)]
        if not goods.forgone:
            return spent
        each, slack = goods.each_lost, goods.slack
        lost = [fen * LOSS - each * used + slack for used, fen in enumerate(goods.forgone)]
        return [
            fen + (more << self._width) for fen, more in zip(spent, reversed(lost), strict=True)
        ]

    def _step(
        self, now: dict[Key, int], at: int, place: int, least: int, own: int | None
    ) -> tuple[dict[Key, int], int]:
        """What one deal may do at one line; the best that there was no effort left to follow."""
        then: dict[Key, int] = {}
        effort = self._effort
        lone, width, slot, lost = self._market.lone[at], self._width, at + 1, -1
        for tried, (key, number) in enumerate(_in_order(now, NARROW)):
            if tried >= NARROW and effort.is_low:
                return then, max(lost, number)
            options = lone.options
            if effort.is_overdrawn:
                lost, options = max(lost, number), lone.idle
            room = (number >> width) - least
            looked = 1
            for regret, units, state, digits in options(place, key[slot]):
                if regret > room:
                    break
                looked += 1
                left = key[0] - units
                if left < 0 or (own is not None and units != own):
                    continue
                after = (left, *key[1:slot], state, *key[slot + 1 :])
                worth = number - (regret << width) + digits
                if worth > then.get(after, -1):
                    then[after] = worth
            effort.spend(looked)
        return then, lost


def _is_done(taker: Taker, state: State) -> bool:
    return taker.is_done(state)


def _in_order(states: dict[Key, int], few: int) -> Iterable[tuple[Key, int]]:
    """The best first where there are more than few."""
    if len(states) <= few:
        return states.items()
    return sorted(states.items(), key=lambda each: -each[1])


def _prices(takers: Sequence[Taker], goods: Sequence[Goods]) -> dict[int, int]:
    """What a unit of each line is worth to the deal that wants it second most, in fractions."""
    every = _shares(takers, goods)
    for taker, shares in zip(takers, every, strict=True):
        if isinstance(taker, Capped):
            most = sum([share * each.units for share, each in zip(shares, goods, strict=True)])
            if most > taker.cap:
                shares[:] = [share * taker.cap // most for share in shares]
    return {
        each.place: sorted([0, 0, *(shares[at] for shares in every)])[-2] * WORTH // FULL
        for at, each in enumerate(goods)
    }


def _shares(takers: Sequence[Taker], goods: Sequence[Goods]) -> list[list[int]]:
    """What a unit of each line seems to save in each deal: no filled one saves more than all."""
    fen = {each.code: each.unit_fen for each in reversed(goods)}
    return [[_share(taker, each, fen) for each in goods] for taker in takers]


def _share(taker: Taker, goods: Goods, fen: dict[str, int]) -> int:
    """What a unit seems to save in a deal, in ten-thousandths of a fen."""
    deal = taker.deal
    if goods.place not in taker.places:
        return 0
    if isinstance(deal, NthReduced):
        return goods.unit_fen * deal.reduced * (FULL - deal.rate_bp) // deal.units
    if isinstance(deal, AnyFor):
        return max(0, goods.unit_fen * FULL - deal.price_fen * FULL // deal.units)
    assert isinstance(deal, Bundle)
    whole = sum([units * fen.get(code, 0) for code, units in deal.parts])
    saved = max(0, whole - deal.price_fen)
    return goods.unit_fen * saved * FULL // max(1, whole)
