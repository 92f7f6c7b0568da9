"""取货的方式: which way of taking units a deal has (`taker`)."""

from __future__ import annotations

from collections.abc import Sequence

from core.pricing.stages.capped import Capped
from core.pricing.stages.taker import (
    Anys,
    Parts,
    Products,
    RoundedRows,
    Rows,
    Taker,
)
from core.rulebook.offers import AnyFor, Bundle, Deal, NthReduced
from core.values.money import round_half_up
from core.values.rate import FULL


def taker_of(deal: Deal, places: Sequence[int], units: list[tuple[int, str]]) -> Taker:
    """How a deal takes such units (fen of each, and code)."""
    made: Taker
    if isinstance(deal, Bundle):
        made = Parts(deal, places)
    elif isinstance(deal, AnyFor):
        made = Anys(deal, places)
    elif deal.is_same_product:
        codes = dict.fromkeys([code for _, code in units])
        mine = {code: [each for each in units if each[1] == code] for code in codes}
        made = Products({code: _rows(deal, places, mine[code]) for code in codes}, places)
    else:
        made = _rows(deal, places, units)
    return made if deal.cap_fen is None else Capped(made, deal.cap_fen)


def _rows(deal: NthReduced, places: Sequence[int], units: list[tuple[int, str]]) -> Taker:
    if is_rounded(deal, units):
        return RoundedRows(deal, places)
    return Rows(deal, places, _gain(deal, units))


def is_rounded(deal: Deal, units: list[tuple[int, str]]) -> bool:
    """Whether it matters which reduced units stand in one filling: their sum is rounded once."""
    if not isinstance(deal, NthReduced) or deal.reduced == 1:
        return False
    if all(fen * (FULL - deal.rate_bp) % FULL == 0 for fen, _ in units):
        return False
    kinds = {(fen, code if deal.is_same_product else "") for fen, code in units}
    return len(kinds) > len({code for _, code in kinds})


def _gain(deal: NthReduced, units: list[tuple[int, str]]) -> int | None:
    if deal.reduced == 1 or not units:
        return None
    saved = deal.reduced * units[0][0] * (FULL - deal.rate_bp)
    return round_half_up(saved, FULL) * FULL - saved
