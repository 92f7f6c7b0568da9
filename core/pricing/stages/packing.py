"""装配: which units fill which deal, so that the deals together take off most (domain.md 2).

Of one deal the dearest units fill the first ones (`core.pricing.stages.filling`), unless others, of
earlier lines, save as much. Where several deals want the same units, these are shared out
(`core.pricing.stages.sharing`): whichever way saves most; among equals what leaves most to
percentages (`core.pricing.stages.forgone`), the fewest fillings, then units of earlier lines first.
There is one order for all ways, so that a deal that takes nothing changes nothing. Where there are
too many ways, the packing says that it is not exact.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from core.pricing.effort import Effort
from core.pricing.live import in_order
from core.pricing.stages.filling import fill, fill_rounded, places_for
from core.pricing.stages.lone import Goods
from core.pricing.stages.sharing import Shared, are_too_many, share_out
from core.pricing.stages.shelf import (
    MOST_ORDERED,
    Filled,
    Packing,
    Shelf,
    Stock,
    all_units,
    can_fill,
    units_of,
)
from core.pricing.stages.taker import Taker
from core.pricing.stages.takers import is_rounded, taker_of
from core.pricing.working import WorkingLine
from core.rulebook.offers import AnyFor, Deal, NthReduced
from core.values.money import MAX_FEN, round_half_up
from core.values.rate import FULL


def competing(lines: Sequence[WorkingLine], deals: Iterable[Deal]) -> list[tuple[Deal, ...]]:
    """The deals in groups that share no line with one another.

    Without those that another deal of their group does better whatever the units.
    """
    groups: list[tuple[set[int], list[tuple[Deal, set[int]]]]] = []
    for deal in deals:
        mine = {place for place, line in enumerate(lines) if can_fill(line, deal)}
        if not mine:
            continue
        places, joined = mine, [(deal, mine)]
        for group in [group for group in groups if not group[0].isdisjoint(mine)]:
            groups.remove(group)
            places, joined = places | group[0], [*group[1], *joined]
        groups.append((places, joined))
    return [_undominated(joined) for _, joined in groups]


def _undominated(deals: list[tuple[Deal, set[int]]]) -> tuple[Deal, ...]:
    if len(deals) == 1:
        return (deals[0][0],)
    return tuple(
        [
            deal
            for deal, mine in deals
            if not any(
                dominates(other, deal)
                and mine <= wide
                and not (_comes_first(deal, other) and dominates(deal, other) and wide <= mine)
                for other, wide in deals
                if other is not deal
            )
        ]
    )


def _comes_first(deal: Deal, other: Deal) -> bool:
    """In canonical order."""
    return (-deal.priority, deal.id) < (-other.priority, other.id)


def dominates(deal: Deal, other: Deal) -> bool:
    """Whether wherever the other is filled, this one saves as much, if it may have the units."""
    if type(deal) is not type(other) or deal.cap_fen is not None or other.is_exclusive:
        return False
    if isinstance(deal, NthReduced) and isinstance(other, NthReduced):
        is_wide = other.is_same_product or not deal.is_same_product
        is_often = deal.units <= other.units and deal.reduced >= other.reduced
        return is_wide and is_often and deal.rate_bp <= other.rate_bp
    if isinstance(deal, AnyFor) and isinstance(other, AnyFor):
        return deal.units == other.units and deal.price_fen <= other.price_fen
    return False


def best_packing(
    shelf: Shelf, deals: tuple[Deal, ...], packings: Packings | None = None
) -> Packing:
    """How a group of competing deals is filled; one after the other where no effort is left."""
    packings = packings or Packings(units=all_units(shelf.lines))
    if len(deals) == 1:
        return _alone(shelf, deals[0], packings)
    saving = [deal for deal in deals if _alone_off(shelf, deal)]
    if len(saving) == len(deals):
        return _together(shelf, deals, packings)
    found = [
        _together(shelf, group, packings) if len(group) > 1 else _alone(shelf, group[0], packings)
        for group in competing(shelf.lines, saving)
    ]
    every = tuple([each for packing in found for each in packing.filled])
    is_best, is_first = all(each.is_best for each in found), all(each.is_first for each in found)
    return Packing(every, is_best, is_first, any(each.is_weighed for each in found))


def _alone(shelf: Shelf, deal: Deal, packings: Packings) -> Packing:
    """How a deal is filled that may have all units; what saves nothing so never does."""
    places = places_for(shelf, deal)
    filled = list(fill(shelf, deal, places, shelf.stock()))
    is_cheapest = not _may_lose_less(shelf, deal, places, filled)
    if not filled or (is_cheapest and is_sure(shelf, deal, places, filled)):
        return Packing(tuple(filled), is_weighed=False)
    return _together(shelf, (deal,), packings)


def _may_lose_less(shelf: Shelf, deal: Deal, places: list[int], filled: Sequence[Filled]) -> bool:
    """Whether other units could save as much, and leave more to percentages."""
    if not filled or (len(places) == 1 and deal.cap_fen is None):
        return False
    if not shelf.has_forgone(places):
        return False
    if _worth(deal, filled)[0] == deal.cap_fen:
        return True
    stock = _left(shelf, filled)
    used = {place for each in filled for place, _ in each.units}
    worth = {place: shelf.unit_fen[place] for place in places}
    if isinstance(deal, NthReduced):
        worth = {place: _reduced_by(shelf, deal, place) for place in places}
    least = min([worth[place] for place in used])
    return any(stock[place] and worth[place] >= least for place in places)


def _left(shelf: Shelf, filled: Iterable[Filled]) -> Stock:
    """The units that fill nothing."""
    stock = shelf.stock()
    for each in filled:
        for place, units in each.units:
            stock[place] -= units * each.times
    return stock


def _alone_off(shelf: Shelf, deal: Deal) -> bool:
    """Whether a deal that may have all units saves anything."""
    return any(fill(shelf, deal, places_for(shelf, deal), shelf.stock()))


def is_sure(shelf: Shelf, deal: Deal, places: list[int], filled: list[Filled]) -> bool:
    """Whether nothing but the dearest units, the earlier first, could fill a deal so well.

    Where units are left over that would be reduced by as much, others might; so might any where
    what several units are reduced by is rounded together. With a cap it takes the dearest.
    """
    if len(places) == 1:
        return True
    if not isinstance(deal, NthReduced):
        return True
    if is_rounded(deal, shelf.priced(places)):
        return False
    if deal.cap_fen is not None:
        return True
    codes = dict.fromkeys([shelf.lines[place].code for place in places])
    for code in codes if deal.is_same_product else [""]:
        same = [place for place in places if code in ("", shelf.lines[place].code)]
        rows = [
            [place for place, units in each.units for _ in range(units)]
            for each in filled
            if each.units[0][0] in same
            for _ in range(each.times)
        ]
        if len(same) > 1 and rows and not _are_first(shelf, deal, same, rows):
            return False
    return True


def _are_first(shelf: Shelf, deal: NthReduced, places: list[int], rows: list[list[int]]) -> bool:
    """Whether no unit that is left over could take the place of one of a later line."""
    used = [place for row in rows for place in row]
    left = [at for at in places if used.count(at) < units_of(shelf.lines[at])]
    reduced = _reduced_by(shelf, deal, used[-1])
    first = min([at for at in left if _reduced_by(shelf, deal, at) >= reduced], default=None)
    if first is None:
        return True
    for at in range(len(rows) - 1, -1, -1):
        if max(rows[at]) > first:
            return False
        # A unit of an earlier row may only go where the next row's first is reduced by as much.
        before = rows[at - 1][-1]
        if _reduced_by(shelf, deal, before) > _reduced_by(shelf, deal, rows[at][0]):
            return True
    return True


def _reduced_by(shelf: Shelf, deal: NthReduced, place: int) -> int:
    return round_half_up(shelf.unit_fen[place] * (FULL - deal.rate_bp), FULL)


def _together(shelf: Shelf, deals: tuple[Deal, ...], packings: Packings) -> Packing:
    """Units shared out among deals, and each deal filled with what it has of them."""
    lines = shelf.lines
    ordered = sorted(deals, key=in_order)
    most_fen = MAX_FEN
    is_few = packings.units <= MOST_ORDERED
    if not packings.effort.is_spent and not is_few:
        beside, most_fen = _beside_caps(shelf, ordered, packings)
        if beside is not None:
            return beside
    places = [places_for(shelf, deal) for deal in ordered]
    wanted = sorted(set().union(*places), key=lambda place: (-shelf.unit_fen[place], place))
    goods = [
        Goods(
            place,
            shelf.unit_fen[place],
            lines[place].code,
            units_of(lines[place]),
            forgone=shelf.forgone(place),
        )
        for place in wanted
    ]
    takers = [
        packings.taker(deal, mine, shelf.priced(mine))
        for deal, mine in zip(ordered, places, strict=True)
    ]
    if are_too_many(takers, goods, packings.effort):
        return Packing(tuple(_in_turn(shelf, ordered)), is_best=False, is_first=False)
    shared = share_out(
        takers, goods, packings.effort, most_fen, is_few=is_few, prices=packings.prices
    )
    filled, is_kept = _filled(shelf, list(zip(ordered, places, strict=True)), shared, packings)
    # Of more units, which of many ways that reach a cap is found hangs on the deals beside.
    is_capped = any(deal.cap_fen is not None for deal in ordered)
    is_first = len(ordered) == 1 or (shared.is_first and (is_few or not is_capped))
    return Packing(tuple(filled), shared.is_best and is_kept, is_first)


def _filled(
    shelf: Shelf, deals: Sequence[tuple[Deal, list[int]]], shared: Shared, packings: Packings
) -> tuple[list[Filled], bool]:
    """Deals filled with their units; whether they save all that was promised, however one looks.

    With little effort left another one of those that save the same could be found, and units whose
    sums round may be put together less well.
    """
    is_whole, saved = shared.is_first, 0
    filled: list[Filled] = []
    for (deal, places), units in zip(deals, shared.units, strict=True):
        some = shelf.priced([at for at in places if units[at]])
        if isinstance(deal, NthReduced) and is_rounded(deal, some):
            mine = fill_rounded(shelf, deal, places, units, packings.effort)
            is_whole = False
        else:
            mine = list(fill(shelf, deal, places, units))
        filled += mine
        saved += _worth(deal, mine)[0]
    is_whole = is_whole or not packings.effort.is_low
    return filled, is_whole and saved >= shared.saved_fen


def _beside_caps(
    shelf: Shelf, deals: Sequence[Deal], packings: Packings
) -> tuple[Packing | None, int]:
    """A deal with a cap filled with what all others leave, where it saves so as much as alone.

    And what all of them save at most, where that is known: what the others do, and it alone.
    """
    capped = [deal for deal in deals if deal.cap_fen is not None]
    if len(capped) != 1:
        return None, MAX_FEN
    wide = max(capped, key=lambda deal: len(places_for(shelf, deal)))
    others = [deal for deal in deals if deal is not wide]
    found = [packings.look_up(shelf, group) for group in competing(shelf.lines, others)]
    places = places_for(shelf, wide)
    if not all(each.is_best for each in found) or is_rounded(wide, shelf.priced(places)):
        return None, MAX_FEN
    filled = [each for packing in found for each in packing.filled]
    mine = list(fill(shelf, wide, places, _left(shelf, filled)))
    alone = list(fill(shelf, wide, places, shelf.stock()))
    if shelf.has_forgone(places) or _worth(wide, mine) < _worth(wide, alone):
        theirs = [[each for each in filled if each.deal is deal] for deal in others]
        saved = [_worth(deal, some)[0] for deal, some in zip(others, theirs, strict=True)]
        return None, sum(saved) + _worth(wide, alone)[0]
    return Packing((*filled, *mine), is_first=False), MAX_FEN


def _worth(deal: Deal, filled: Iterable[Filled]) -> tuple[int, int]:
    """What the fillings of a deal save, and how few they are."""
    saved = sum([each.off_fen * each.times for each in filled])
    return min(saved, deal.cap_fen or saved), -sum([each.times for each in filled])


def _in_turn(shelf: Shelf, deals: Sequence[Deal]) -> Iterator[Filled]:
    """One deal after the other, where there are more units than one wants to share out."""
    stock = shelf.stock()
    for deal in deals:
        yield from fill(shelf, deal, places_for(shelf, deal), stock)


Stood = tuple[int | str | bool | frozenset[str], ...]
"""What a unit costs, whose line it is, and the percentages that it may take."""


class _Known(Struct, frozen=True):
    """A packing of some deals, those of them that take something, and the lines as they stood.

    `numbers` are those of the lines, by place.
    """

    on: frozenset[str]
    taking: frozenset[str]
    stood: dict[int, Stood]
    numbers: tuple[int, ...]
    packing: Packing

    def holds_for(self, ids: frozenset[str], stood: dict[int, Stood]) -> bool:
        """Whether such deals are filled the same way from such lines."""
        is_same = self.on == ids or (self.packing.is_first and self.taking <= ids <= self.on)
        return is_same and stood.items() <= self.stood.items()


class Packings:
    """How deals were filled before, here or `beside`: a quote asks for the same again and again.

    `units`: how many the basket has. What is looked for hangs on them alone, and on no offer: so
    one offer more never makes it dearer.
    What was found holds too where of the deals that were on some are off that took nothing.
    """

    __slots__ = ("effort", "found", "is_best", "is_first", "prices", "takers", "units")

    def __init__(self, beside: Packings | None = None, *, units: int = 0) -> None:
        self.units: int = beside.units if beside is not None else units
        self.found: list[_Known] = beside.found if beside is not None else []
        self.takers: dict[Hashable, Taker] = beside.takers if beside is not None else {}
        self.effort: Effort = beside.effort if beside is not None else Effort()
        self.prices: dict[int, int] = {}
        self.is_best = self.is_first = True

    def taker(self, deal: Deal, places: list[int], units: list[tuple[int, str]]) -> Taker:
        """How it takes such units; what it may do with them was mostly asked for before."""
        key = deal.id, tuple(places), tuple(units)
        if key not in self.takers:
            self.takers[key] = taker_of(deal, places, units)
        return self.takers[key]

    def find(self, shelf: Shelf, deals: tuple[Deal, ...]) -> Packing:
        """How they are filled."""
        packing = self.look_up(shelf, deals)
        self.is_best = self.is_best and packing.is_best
        self.is_first = self.is_first and packing.is_first
        return packing

    def look_up(self, shelf: Shelf, deals: tuple[Deal, ...]) -> Packing:
        """The same, without saying whether all that was found is exact."""
        ids = frozenset([deal.id for deal in deals])
        stood: dict[int, Stood] = {
            line.no: (fen, line.owner)
            for line, fen in zip(shelf.lines, shelf.unit_fen, strict=True)
            if not line.touching.isdisjoint(ids)
        }
        taken = frozenset([each.id for each in shelf.percentages])
        for line in shelf.lines if taken else ():
            if line.no in stood:
                stood[line.no] += (line.takes_percentage, line.offers & taken)
        packing = next(
            (_placed(known, shelf) for known in self.found if known.holds_for(ids, stood)), None
        )
        if packing is None:
            packing = best_packing(shelf, deals, self)
            numbers = tuple([line.no for line in shelf.lines])
            taking = frozenset([each.deal.id for each in packing.filled])
            self.found.append(_Known(ids, taking, stood, numbers, packing))
        return packing


def _placed(known: _Known, shelf: Shelf) -> Packing:
    """The packing at the places that its lines have here."""
    numbers = tuple([line.no for line in shelf.lines])
    if numbers == known.numbers:
        return known.packing
    place = {no: at for at, no in enumerate(numbers)}
    filled = [
        replace(each, units=tuple([(place[known.numbers[at]], n) for at, n in each.units]))
        for each in known.packing.filled
    ]
    return replace(known.packing, filled=tuple(filled))
