"""取货: a deal that takes units, line after line from the dearest unit down.

Between two lines all that matters of a deal is its state: what it has taken for fillings that are
not full. So all the ways in which it may be filled are as few as its states. What it saves is
counted in `WORTH` for each fen, less something for each filling and each unit: of what saves the
same, the fewest.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator, Sequence
from math import gcd
from typing import Any

from core.rulebook.offers import AnyFor, Bundle, Deal, NthReduced
from core.values.money import MAX_FEN, round_half_up
from core.values.rate import FULL

# Fen come first, then those that percentages lose, the fewest fillings, the fewest units.
FILLING = 1 << 12
LOSS = FILLING << 12
FRACTION = LOSS << MAX_FEN.bit_length()
WORTH = FULL * FRACTION
# Of fillings that round, so many states are made of one line; then only so many go on.
MOST_MADE = 20_000
FEW_MADE = 16
# So many moves that are there already, or are made all at once, are looked at in a step.
QUICK = 8
NEVER = -(1 << 160)

State = Any
# The state after a unit, what it saves in ten-thousandths of a fen, how many fillings it ends.
Step = tuple[State, int, int]
# Units, the state after them, what they are worth.
Move = tuple[int, State, int]
# What may be done in each state that there may be before a line.
Layer = dict[State, list[Move]]


class Taker(ABC):
    """A deal, the places of the units that it may take, dearest first, and how it takes them."""

    def __init__(self, deal: Deal, places: Sequence[int]) -> None:
        self.deal = deal
        self.places = places
        self.start: State = (0, 0)
        self.made = 0
        self.most_made, self.is_cut = MAX_FEN, False
        self._moves: dict[Hashable, list[Move]] = {}
        self.layers: dict[Hashable, tuple[int, list[Layer]]] = {}

    def is_done(self, state: State) -> bool:
        """Whether nothing is left half filled."""
        return bool(state == self.start)

    @abstractmethod
    def one(self, state: State, unit_fen: int, code: str) -> Iterator[Step]:
        """What becomes of it with one unit more."""

    def moves(self, state: State, unit_fen: int, code: str, most: int) -> list[Move]:
        """What may become of it with up to so many units of a line."""
        key = state, unit_fen, code, most
        if key not in self._moves:
            self._moves[key] = found = list(self._after(state, unit_fen, code, most))
            self.made += len(found) // QUICK
        return self._moves[key]

    def _after(self, state: State, unit_fen: int, code: str, most: int) -> Iterator[Move]:
        now = {state: 0}
        enough = self.made + self.most_made
        for units in range(1, most + 1):
            if self.made > enough and len(now) > FEW_MADE:
                self.is_cut = True
                now = dict(sorted(now.items(), key=lambda each: -each[1])[:FEW_MADE])
            then: dict[State, int] = {}
            for each, worth in now.items():
                for after, saved, fills in self.one(each, unit_fen, code):
                    self.made += 1
                    more = worth + saved * FRACTION - fills * FILLING - 1
                    if more > then.get(after, NEVER):
                        then[after] = more
            now = then
            for after, worth in now.items():
                yield units, after, worth

    def relaxed(self) -> Taker:
        """One with fewer states that never saves less."""
        return self

    def eased(self, state: State) -> Step:
        """Such a state there, and what it has saved and filled beyond this one."""
        return state, 0, 0

    def needs(self, state: State) -> int:
        """So many units at least before it is done."""
        return 0

    def is_hopeless(self, state: State, left: dict[str, int]) -> bool:
        """Whether so many units of each code, and "" in all, are too few for it to be done."""
        return self.needs(state) > left[""]


class Rows(Taker):
    """第二件半价: how many units wait for a filling.

    Of units from the dearest down each row takes the next ones, and the last of it are reduced:
    no other rows of the same units save more. Each reduced unit saves a share of its own, rounded
    where it is the only one of a filling; what rounding the sum of several changes is the `gain`
    of each filling, where all cost the same.
    """

    deal: NthReduced

    def __init__(self, deal: NthReduced, places: Sequence[int], gain: int | None = None) -> None:
        super().__init__(deal, places)
        self._paid = deal.units - deal.reduced
        self._is_single, self._more = gain is None, gain or 0

    def one(self, state: State, unit_fen: int, code: str) -> Iterator[Step]:
        """Paid, and reduced where enough paid ones stand before it in the row."""
        count = state[0] + 1
        saved = self._saved(unit_fen) if count > self._paid else 0
        if count < self.deal.units:
            yield (count, 0), saved, 0
        else:
            yield (0, 0), saved + self._more, 1

    def _after(self, state: State, unit_fen: int, code: str, most: int) -> Iterator[Move]:
        """At once."""
        count, each = state[0], self._saved(unit_fen)
        before = max(0, count - self._paid)
        for units in range(1, most + 1):
            fills, rest = divmod(count + units, self.deal.units)
            reduced = fills * self.deal.reduced + max(0, rest - self._paid) - before
            saved = each * reduced + self._more * fills
            yield units, (rest, 0), saved * FRACTION - FILLING * fills - units

    def _saved(self, unit_fen: int) -> int:
        saved = unit_fen * (FULL - self.deal.rate_bp)
        return round_half_up(saved, FULL) * FULL if self._is_single else saved

    def needs(self, state: State) -> int:
        """The rest of a filling."""
        missing: int = -state[0] % self.deal.units
        return missing


class WaitingRows(Taker):
    """第二件半价, relaxed: paid units that wait, and how many of a filling are reduced.

    Each reduced unit saves a share of its own; the `gain` of each filling is the most that rounding
    its sum can be.
    """

    deal: NthReduced

    def __init__(self, deal: NthReduced, places: Sequence[int], gain: int) -> None:
        super().__init__(deal, places)
        self._paid = deal.units - deal.reduced
        self._gain = gain

    def one(self, state: State, unit_fen: int, code: str) -> Iterator[Step]:
        """Paid, or reduced where enough paid ones stand before it."""
        waiting, reduced = state
        yield (waiting + 1, reduced), 0, 0
        if not reduced:
            waiting -= self._paid
            if waiting < 0:
                return
        saved = unit_fen * (FULL - self.deal.rate_bp)
        reduced += 1
        if reduced < self.deal.reduced:
            yield (waiting, reduced), saved, 0
        else:
            yield (waiting, 0), saved + self._gain, 1

    def _after(self, state: State, unit_fen: int, code: str, most: int) -> Iterator[Move]:
        """At once: of units that cost the same the paid ones come first."""
        waiting = state[0]
        ways = self._ways(state[1], unit_fen, most)
        for units in range(1, most + 1):
            there = waiting + units
            for wanted, reduced, worth in ways[: units + 1]:
                if wanted > there:
                    break
                yield units, (there - wanted, reduced), worth - units

    def _ways(self, begun: int, unit_fen: int, most: int) -> list[tuple[int, int, int]]:
        """For each number of reduced units: paid and reduced ones that stand in rows then.

        And how many are reduced in the last row, and what all that is worth.
        """
        saved, found = unit_fen * (FULL - self.deal.rate_bp), []
        for reduced in range(most + 1):
            fills, rest = divmod(begun + reduced, self.deal.reduced)
            rows = fills + bool(rest) - bool(begun)
            worth = (saved * reduced + self._gain * fills) * FRACTION - FILLING * fills
            found.append((reduced + rows * self._paid, rest, worth))
        return found

    def needs(self, state: State) -> int:
        """Reduced units for all paid ones that wait."""
        waiting, reduced = int(state[0]), int(state[1])
        begun = self.deal.reduced - reduced if reduced else 0
        return begun + -(-waiting // max(1, self._paid)) * self.deal.reduced


class RoundedRows(Taker):
    """The same where fractions of the reduced units add up: each filling's sum is rounded once.

    Its state is of paid units that wait, and of each filling that is begun the reduced units and
    the fraction so far.
    """

    deal: NthReduced

    def __init__(self, deal: NthReduced, places: Sequence[int]) -> None:
        super().__init__(deal, places)
        self.start = (0, ())
        self.most_made = MOST_MADE
        self._paid = deal.units - deal.reduced
        half = FULL // 2
        fraction = gcd(FULL - deal.rate_bp, FULL)
        self._gain = FULL - -(-half // fraction) * fraction
        self._rows = WaitingRows(deal, places, self._gain)

    def one(self, state: State, unit_fen: int, code: str) -> Iterator[Step]:
        """Paid, or reduced in one of the fillings that are begun, or in a new one."""
        waiting, begun = state
        yield (waiting + 1, begun), 0, 0
        for each in dict.fromkeys(begun):
            rest = list(begun)
            rest.remove(each)
            yield self._reduce(waiting, rest, each, unit_fen)
        if waiting >= self._paid:
            yield self._reduce(waiting - self._paid, list(begun), (0, 0), unit_fen)

    def _reduce(
        self, waiting: int, rest: list[tuple[int, int]], mine: tuple[int, int], unit_fen: int
    ) -> Step:
        fen, fraction = divmod(mine[1] + unit_fen * (FULL - self.deal.rate_bp), FULL)
        if mine[0] + 1 == self.deal.reduced:
            fen += fraction * 2 >= FULL
            return (waiting, tuple(rest)), fen * FULL, 1
        return (waiting, tuple(sorted([*rest, (mine[0] + 1, fraction)]))), fen * FULL, 0

    def needs(self, state: State) -> int:
        """The rest of each filling that is begun, and reduced units for all paid ones that wait."""
        waiting, begun = state
        rest: int = sum([self.deal.reduced - count for count, _ in begun])
        return rest + -(-int(waiting) // max(1, self._paid)) * self.deal.reduced

    def relaxed(self) -> Taker:
        """One that gains as much as may be by rounding each filling."""
        return self._rows

    def eased(self, state: State) -> Step:
        """There its reduced units stand in as few fillings as they can."""
        waiting, begun = state
        units = sum([count for count, _ in begun])
        full, reduced = divmod(units, self.deal.reduced)
        waiting += self._paid * (len(begun) - full - bool(reduced))
        fractions = sum([fraction for _, fraction in begun])
        return (waiting, reduced), fractions + full * self._gain, full


class Anys(Taker):
    """任选 N 件 X 元: how many units wait for a filling."""

    deal: AnyFor

    def one(self, state: State, unit_fen: int, code: str) -> Iterator[Step]:
        """One unit more of the filling."""
        count = state[0] + 1
        if count < self.deal.units:
            yield (count, 0), unit_fen * FULL, 0
        else:
            yield (0, 0), (unit_fen - self.deal.price_fen) * FULL, 1

    def _after(self, state: State, unit_fen: int, code: str, most: int) -> Iterator[Move]:
        """At once."""
        for units in range(1, most + 1):
            fills, count = divmod(state[0] + units, self.deal.units)
            saved = unit_fen * units - self.deal.price_fen * fills
            yield units, (count, 0), saved * FULL * FRACTION - fills * FILLING - units

    def needs(self, state: State) -> int:
        """The rest of a filling."""
        missing: int = -state[0] % self.deal.units
        return missing


class Parts(Taker):
    """组合价: how many units of each part wait for a bundle."""

    deal: Bundle

    def __init__(self, deal: Bundle, places: Sequence[int]) -> None:
        super().__init__(deal, places)
        self._wanted: dict[str, int] = {}
        for code, units in deal.parts:
            self._wanted[code] = self._wanted.get(code, 0) + units
        self._codes = list(self._wanted)
        self.start = (0,) * len(self._codes)

    def one(self, state: State, unit_fen: int, code: str) -> Iterator[Step]:
        """One unit more of a part."""
        counts = list(state)
        counts[self._codes.index(code)] += 1
        wanted = self._wanted.values()
        if any(count < units for count, units in zip(counts, wanted, strict=True)):
            yield tuple(counts), unit_fen * FULL, 0
        else:
            rest = [count - units for count, units in zip(counts, wanted, strict=True)]
            yield tuple(rest), (unit_fen - self.deal.price_fen) * FULL, 1


class Products(Taker):
    """The same product only: rows of its own for each code."""

    def __init__(self, rows: dict[str, Taker], places: Sequence[int]) -> None:
        super().__init__(next(iter(rows.values())).deal, places)
        self.most_made = min([each.most_made for each in rows.values()])
        self._rows = rows
        self._codes = list(rows)
        self._eased: Products | None = None
        self.start = tuple([each.start for each in rows.values()])

    def one(self, state: State, unit_fen: int, code: str) -> Iterator[Step]:
        """One unit more in the rows of its code."""
        at = self._codes.index(code)
        for after, saved, fills in self._rows[code].one(state[at], unit_fen, code):
            yield (*state[:at], after, *state[at + 1 :]), saved, fills

    def is_hopeless(self, state: State, left: dict[str, int]) -> bool:
        """Whether any row is."""
        return any(
            self._rows[code].needs(each) > left.get(code, 0)
            for code, each in zip(self._codes, state, strict=True)
        )

    def relaxed(self) -> Taker:
        """All rows relaxed."""
        if self._eased is None:
            rows = {code: each.relaxed() for code, each in self._rows.items()}
            is_same = all(rows[code] is each for code, each in self._rows.items())
            self._eased = self if is_same else Products(rows, self.places)
        return self._eased

    def eased(self, state: State) -> Step:
        """All rows eased."""
        rows = self._rows.values()
        found = [row.eased(each) for row, each in zip(rows, state, strict=True)]
        saved, fills = sum([each[1] for each in found]), sum([each[2] for each in found])
        return tuple([each for each, _, _ in found]), saved, fills
