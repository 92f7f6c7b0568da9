"""少折: what percentages take less of a line where some of its units fill deals (domain.md 2).

Only left-over units take percentages. Of two ways to fill deals that save the same, the one that
leaves more to them is cheaper for the customer. What one with a cap takes of a line hangs on the
other lines: in `forgone` it counts as if there were none, in `percentages_fen` it is what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.pricing.stages.percentage import caps_of, percentages_off
from core.pricing.working import WorkingLine
from core.rulebook.offers import PercentageOffer


def taking(line: WorkingLine, offers: Sequence[PercentageOffer]) -> list[PercentageOffer]:
    """Those that take something of the units of a line that are left over."""
    if line.is_outside:
        return []
    if line.owner:
        return [offer for offer in offers if offer.id == line.owner]
    if not line.takes_percentage:
        return []
    return [offer for offer in offers if offer.id in line.offers]


def forgone(unit_fen: int, units: int, offers: Sequence[PercentageOffer]) -> tuple[int, ...]:
    """Fen that they take less, for each number of units that fill deals; () where they take none.

    Rounded as the line will be: once for all units that are left.
    """
    if not offers:
        return ()
    taken = [_off(unit_fen * left, offers) for left in range(units, -1, -1)]
    return tuple([taken[0] - off for off in taken])


def percentages_fen(
    left: Iterable[tuple[WorkingLine, int]], offers: Sequence[PercentageOffer]
) -> int:
    """Fen that they take of lines of which so much is left, under their caps in order."""
    caps = caps_of(offers)
    fen = 0
    for line, left_fen in left:
        for offer, off in percentages_off(left_fen, taking(line, offers), caps):
            fen += off
            if offer.id in caps:
                caps[offer.id] -= off
    return fen


def percentages_alone_fen(
    left: Iterable[tuple[WorkingLine, int]], offers: Sequence[PercentageOffer]
) -> int:
    """The same if each line had the whole of their caps: the most that they could take."""
    return sum([_off(left_fen, taking(line, offers)) for line, left_fen in left])


def _off(fen: int, offers: Sequence[PercentageOffer]) -> int:
    return sum([off for _, off in percentages_off(fen, offers, caps_of(offers))])
