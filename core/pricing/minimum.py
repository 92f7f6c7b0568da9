"""最低要求: what an offer's lines have to come to at list price, before anything is on.

It is asked of the list, so that no other offer, however good, takes a basket below it; lines with
a price by hand and lines outside of everything do not count, nor do the lines of an exclusive
offer that is on. So which offers reach theirs hangs on which of the exclusive ones are on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from core.pricing.live import On, in_order
from core.pricing.working import WorkingLine
from core.rulebook.offers import BasketOffer

Eligible = tuple[int, WorkingLine]


def is_below_minimum(offer: BasketOffer, lines: Sequence[WorkingLine]) -> bool:
    """Whether these lines, at list price, are less than an offer asks for."""
    if not offer.when.has_minimum:
        return False
    return _is_less(offer, [line for line in lines if line.is_open_to(offer)])


class Minima:
    """Which offers fall below their minimum for the lines that exclusive ones have.

    `in_doubt` are the ids of those that could, whatever of the others is on.
    """

    __slots__ = ("_asking", "_exclusive", "in_doubt")

    def __init__(self, live: On, lines: Sequence[WorkingLine]) -> None:
        offers = live.basket_offers
        asking = [offer for offer in offers if offer.when.has_minimum]
        exclusive = [offer for offer in offers if offer.is_exclusive] if asking else []
        self._exclusive = [(o, _eligible(o, lines)) for o in sorted(exclusive, key=in_order)]
        self._asking = [(o, _eligible(o, lines)) for o in asking if not o.is_exclusive]
        wanted = [at for _, mine in self._exclusive for at, _ in mine]
        contested = {at for at in wanted if wanted.count(at) > 1}
        self.in_doubt = frozenset(
            [o.id for o, mine in self._asking if any(at in wanted for at, _ in mine)]
            + [
                o.id
                for o, mine in self._exclusive
                if o.when.has_minimum and any(at in contested for at, _ in mine)
            ]
        )

    def below(self, on: Collection[str]) -> set[str]:
        """Those of the offers that are on that are not reached, for exclusive ones are on too.

        Of two exclusive offers that want a line the earlier has it, if it reaches its own minimum.
        """
        found, taken = set[str](), set[int]()
        for offer, mine in self._exclusive:
            if offer.id in on:
                left = [(at, line) for at, line in mine if at not in taken]
                if _is_less(offer, [line for _, line in left]):
                    found.add(offer.id)
                else:
                    taken.update(at for at, _ in left)
        for offer, mine in self._asking:
            if offer.id in on and _is_less(offer, [line for at, line in mine if at not in taken]):
                found.add(offer.id)
        return found


def _eligible(offer: BasketOffer, lines: Sequence[WorkingLine]) -> list[Eligible]:
    """The lines that an offer may touch where no exclusive one has them."""
    return [
        (at, line)
        for at, line in enumerate(lines)
        if offer.id in line.offers and not (line.is_outside or line.is_by_hand or line.chosen)
    ]


def _is_less(offer: BasketOffer, mine: Sequence[WorkingLine]) -> bool:
    when = offer.when
    fen, milli = sum(line.list_fen for line in mine), sum(line.quantity_milli for line in mine)
    return fen < when.from_fen or milli < when.from_milli
