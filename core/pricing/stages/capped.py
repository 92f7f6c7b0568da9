"""封顶: a deal that takes off no more than so much in a basket (`taker`)."""

from __future__ import annotations

from collections.abc import Iterator

from core.pricing.stages.taker import State, Step, Taker
from core.rulebook.offers import Bundle, NthReduced
from core.values.rate import FULL

# A bundle may have units of so many bundles waiting for their other parts.
MOST_BEGUN = 64


class Capped(Taker):
    """封顶: what was saved so far is part of the state, and worth no more than the `cap`.

    That is in ten-thousandths of a fen, as what is saved.
    """

    def __init__(self, inner: Taker, cap_fen: int) -> None:
        super().__init__(inner.deal, inner.places)
        self.most_made = inner.most_made
        self.inner, self.cap_fen = inner, cap_fen
        self.cap = self._enough = cap_fen * FULL
        if not isinstance(self.deal, NthReduced):
            # A filling that is begun has yet to be paid for.
            begun = MOST_BEGUN if isinstance(self.deal, Bundle) else 1
            self._enough += self.deal.price_fen * FULL * begun
        self.start = (inner.start, 0)

    def is_done(self, state: State) -> bool:
        """Whether nothing is left half filled."""
        return self.inner.is_done(state[0])

    def is_hopeless(self, state: State, left: dict[str, int]) -> bool:
        """Whether what it caps could not be done."""
        return self.inner.is_hopeless(state[0], left)

    def one(self, state: State, unit_fen: int, code: str) -> Iterator[Step]:
        """The same, with what is saved beyond the cap counting for nothing."""
        inner, before = state
        for after, saved, fills in self.inner.one(inner, unit_fen, code):
            now = min(before + saved, self.cap if self.inner.is_done(after) else self._enough)
            yield (after, now), min(self.cap, now) - min(self.cap, before), fills

    def relaxed(self) -> Taker:
        """Without the cap: what it saves up to that is counted apart."""
        return self.inner.relaxed()

    def eased(self, state: State) -> Step:
        """What it caps eased."""
        return self.inner.eased(state[0])
