"""Which units fill which deal, held against every way there is (domain.md 2, stage 3)."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from core.pricing.stages.packing import best_packing, competing
from core.pricing.stages.shelf import Shelf
from core.pricing.working import Working
from core.rulebook.conditions import Scope
from core.rulebook.offers import AnyFor, Bundle, NthReduced
from tests.core.law import LAW
from tests.core.pricing.examples import NOW, PHARMACY, basket, product

CODES = ["601", "602", "603", "604"]
# Equal prices, prices a fen apart, and others.
PRICES = st.sampled_from([1000, 1000, 999, 1001, 1005, 1004, 500, 333]) | st.integers(1, 1200)
SCOPES = st.just(frozenset()) | st.frozensets(st.sampled_from(CODES), min_size=1, max_size=3)
CAPS = st.none() | st.none() | st.integers(1, 900)
MOST_UNITS = 7


@st.composite
def shelves(draw):
    """Up to four lines with few units in all."""
    goods, left = [], MOST_UNITS
    for code in CODES[: draw(st.integers(1, 4))]:
        units = draw(st.integers(0, min(left, 4)))
        if units:
            goods.append((product(code, draw(PRICES)), str(units)))
            left -= units
    return goods or [(product("601", 1000), "2")]


@st.composite
def deals(draw, name):
    """A deal of any kind for some of the goods, perhaps with a cap."""
    own = {"id": name, "name": name, "cap_fen": draw(CAPS)}
    kind = draw(st.sampled_from(["nth", "nth", "any", "bundle"]))
    if kind == "bundle":
        codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True))
        parts = tuple((code, draw(st.integers(1, 2))) for code in codes)
        return Bundle(**own, parts=parts, price_fen=draw(st.integers(1, 3000)))
    own["scope"] = Scope(products=draw(SCOPES))
    if kind == "any":
        units = draw(st.integers(1, 4))
        return AnyFor(**own, units=units, price_fen=draw(st.integers(1, 1000)) * units)
    units = draw(st.integers(2, 4))
    return NthReduced(
        **own,
        units=units,
        reduced=draw(st.integers(1, units - 1)),
        rate_bp=draw(st.sampled_from([0, 5000, 3000, 8500, 3333])),
        is_same_product=draw(st.integers(0, 3)) == 0,
    )


SOME_DEALS = st.integers(1, 3).flatmap(
    lambda count: st.tuples(*[deals(f"d{at}") for at in range(count)])
)


def off_of(deal, goods):
    """Fen that a deal takes off units (place, code, fen); None where they do not fit."""
    fens = sorted(fen for _, _, fen in goods)
    codes = Counter(code for _, code, _ in goods)
    if not all(deal.is_for(code, "") for code in codes):
        return None
    if isinstance(deal, Bundle):
        return sum(fens) - deal.price_fen if codes == Counter(dict(deal.parts)) else None
    if len(goods) != deal.units:
        return None
    if isinstance(deal, AnyFor):
        return sum(fens) - deal.price_fen
    if deal.is_same_product and len(codes) > 1:
        return None
    share = Fraction(10000 - deal.rate_bp, 10000)
    return floor(sum(fens[: deal.reduced]) * share + Fraction(1, 2))


def size_of(deal):
    return sum(units for _, units in deal.parts) if isinstance(deal, Bundle) else deal.units


def every_packing(deals, units):
    """Every way to fill deals with these units: lists of (deal, units, fen off)."""
    if not units:
        yield []
        return
    first, rest = units[0], units[1:]
    yield from every_packing(deals, rest)
    for deal in deals:
        seen = set()
        for others in combinations(range(len(rest)), size_of(deal) - 1):
            mine = (first, *(rest[at] for at in others))
            off = off_of(deal, mine)
            if off is None or off <= 0 or mine in seen:
                continue
            seen.add(mine)
            left = [unit for at, unit in enumerate(rest) if at not in others]
            for more in every_packing(deals, left):
                yield [(deal, mine, off), *more]


def place_of(packing, lines):
    """Saved, the fewest fillings and units, then units of earlier lines: the least is the best.

    A deal with a cap takes its dearest units, so that not the lines decide what saves the same.
    """
    saved = Counter()
    for deal, _, off in packing:
        saved[deal.id] += off
    caps = {deal.id: deal.cap_fen for deal, _, _ in packing if deal.cap_fen is not None}
    fen = sum(min(off, caps.get(name, off)) for name, off in saved.items())
    units = Counter(place for _, mine, _ in packing for place, _, _ in mine)
    return -fen, len(packing), units.total(), [-units[place] for place in range(lines)]


def shelf_for(goods, deals):
    """The lines of a basket at list price, open to these deals."""
    working = Working.of(basket(*goods), None, PHARMACY, NOW)
    for line in working.lines:
        line.offers = frozenset(deal.id for deal in deals if deal.is_for(line.code, ""))
        line.net_fen = line.product.price_fen * line.quantity_milli // 1000
    return Shelf.of(working.lines)


def packed(shelf, deals):
    """How the engine fills them: the same rows as `every_packing` gives."""
    found = []
    for group in competing(shelf.lines, deals):
        made = best_packing(shelf, group)
        assert made.is_best
        for filled in made.filled:
            mine = tuple(
                (place, shelf.lines[place].code, shelf.unit_fen[place])
                for place, units in filled.units
                for _ in range(units)
            )
            found += [(filled.deal, mine, filled.off_fen)] * filled.times
    return found


@LAW
@given(shelves(), SOME_DEALS)
def test_no_way_to_fill_the_deals_saves_more_and_none_as_good_comes_first(goods, deals):
    shelf = shelf_for(goods, deals)
    units = [
        (place, line.code, shelf.unit_fen[place])
        for place, line in enumerate(shelf.lines)
        for _ in range(line.quantity_milli // 1000)
    ]
    made = packed(shelf, deals)
    for deal, mine, off in made:
        assert off == off_of(deal, mine) > 0
    used = Counter(place for _, mine, _ in made for place, _, _ in mine)
    assert all(used[place] <= count for place, count in Counter(u[0] for u in units).items())
    count = len(shelf.lines)
    best = min(place_of(each, count) for each in every_packing(deals, units))
    compared = 3 if any(deal.cap_fen is not None for deal in deals) else 4
    assert place_of(made, count)[:compared] == best[:compared]


def test_a_deal_is_filled_for_a_fen_that_its_cap_leaves_beside_another() -> None:
    goods = [(product("601", 1000), "1"), (product("602", 1000), "1"), (product("603", 1000), "2")]
    same = NthReduced(id="d0", name="同款第二件免费", units=2, is_same_product=True)
    capped = NthReduced(id="d1", name="第二件免费", units=2, cap_fen=1)
    made = packed(shelf_for(goods, (same, capped)), (same, capped))
    assert sorted(deal.id for deal, _, _ in made) == ["d0", "d1"]
