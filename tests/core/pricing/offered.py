"""Offers of every stage as chance deals them, small and close together, so that they compete."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from core.pricing.basket import BasketLine, Presented
from core.rulebook.conditions import UNLIMITED, Conditions, Limits, Scope
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import (
    AnyFor,
    Bundle,
    CouponOffer,
    GiftOffer,
    NthReduced,
    PercentageOffer,
    PointsOffer,
    Step,
    Threshold,
)
from core.values.rate import FULL
from tests.core.pricing.chance import CATEGORIES, baskets, rulebooks

CODES = [f"69{number}" for number in range(4)]
ONCE = Limits(per_member=1)
AMOUNTS = st.integers(1, 60) | st.integers(1, 3000)
RATES = st.sampled_from([9500, 9000, 8000, 5000, 3333])


@st.composite
def shared(draw, name):
    scope = Scope(
        products=draw(st.just(frozenset()) | st.frozensets(st.sampled_from(CODES), max_size=2)),
        categories=draw(
            st.just(frozenset()) | st.frozensets(st.sampled_from(CATEGORIES), max_size=2)
        ),
        but_not=draw(st.just(frozenset()) | st.frozensets(st.sampled_from(CODES), max_size=1)),
    )
    return {
        "id": name,
        "name": f"优惠{name}",
        "priority": draw(st.integers(-1, 1)),
        "when": draw(st.sampled_from([Conditions(), Conditions(for_members=True)])),
        "limits": draw(st.sampled_from([UNLIMITED, UNLIMITED, ONCE, Limits(per_day=1)])),
        "scope": scope,
        "group": draw(st.sampled_from(["", "", "", "g", "h"])),
        "is_exclusive": draw(st.integers(0, 4)) == 0,
        "cap_fen": draw(st.none() | st.none() | AMOUNTS),
    }


@st.composite
def steps(draw):
    asks = draw(st.sampled_from(["fen", "milli", "both"]))
    step = Step(
        from_fen=0 if asks == "milli" else draw(AMOUNTS),
        from_milli=0 if asks == "fen" else draw(st.integers(1, 5)) * 1000,
    )
    if draw(st.booleans()):
        return replace(step, off_fen=draw(AMOUNTS))
    return replace(step, rate_bp=draw(RATES))


MINIMA = st.one_of(
    st.builds(dict, from_fen=AMOUNTS),
    st.builds(dict, from_milli=st.integers(1, 5).map(lambda units: units * 1000)),
)
GIVINGS = st.builds(
    Giving,
    st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True).map(tuple),
    st.integers(1, 3),
    st.just(0) | AMOUNTS,
    st.just(0) | st.integers(1, 9),
)


@st.composite
def gift_steps(draw):
    step = draw(steps())
    return GiftStep(draw(GIVINGS), step.from_fen, step.from_milli)


@st.composite
def coupons(draw, own, name):
    effect = draw(st.sampled_from(["off", "rate", "gives", "unit", "points"]))
    if effect in ("gives", "points"):
        own = own | {"cap_fen": None}
    return CouponOffer(
        **own,
        code=draw(st.sampled_from(["", name])),
        off_fen=draw(AMOUNTS) if effect == "off" else 0,
        rate_bp=draw(RATES) if effect == "rate" else FULL,
        from_fen=draw(st.just(0) | AMOUNTS),
        gives=draw(GIVINGS) if effect == "gives" else None,
        unit_fen=draw(st.just(0) | AMOUNTS) if effect == "unit" else None,
        multiplier_bp=draw(st.sampled_from([FULL, 20000])) if effect == "points" else FULL,
        bonus=draw(st.integers(1, 9)) if effect == "points" else 0,
    )


@st.composite
def offers(draw, name, kinds):
    kind = draw(st.sampled_from(kinds))
    own = draw(shared(name))
    if kind not in ("threshold", "coupon") and draw(st.integers(0, 2)) == 0:
        own["when"] = replace(own["when"], **draw(MINIMA))
    if kind == "nth":
        units = draw(st.integers(2, 4))
        return NthReduced(
            **own,
            units=units,
            reduced=draw(st.integers(1, units - 1)),
            rate_bp=draw(st.sampled_from([0, 5000])),
            is_same_product=draw(st.booleans()),
        )
    if kind == "any":
        return AnyFor(**own, units=draw(st.integers(1, 4)), price_fen=draw(AMOUNTS))
    if kind == "bundle":
        codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True))
        parts = tuple((code, draw(st.integers(1, 2))) for code in codes)
        return Bundle(**own, parts=parts, price_fen=draw(AMOUNTS))
    if kind == "percentage":
        return PercentageOffer(**own, rate_bp=draw(RATES), is_stackable=draw(st.booleans()))
    if kind == "threshold":
        return Threshold(
            **own,
            steps=tuple(draw(st.lists(steps(), min_size=1, max_size=3))),
            repeats=draw(st.booleans()),
            counts_special=draw(st.booleans()),
        )
    if kind == "gift":
        own["cap_fen"] = None
        return GiftOffer(
            **own,
            steps=tuple(draw(st.lists(gift_steps(), min_size=1, max_size=2))),
            repeats=draw(st.booleans()),
            counts_special=draw(st.booleans()),
            most_units=draw(st.sampled_from([0, 2])),
        )
    if kind == "points":
        return PointsOffer(
            **own,
            multiplier_bp=draw(st.sampled_from([FULL, 20000])),
            bonus=draw(st.integers(0, 5)),
        )
    return draw(coupons(own, name))


KINDS = ["nth", "any", "bundle", "percentage", "threshold", "gift", "points", "coupon"]


@st.composite
def chosen_lines(draw, basket, offer):
    """Perhaps one of the basket's products once more, chosen from an offer."""
    gives = [offer.gives] if isinstance(offer, CouponOffer) and offer.gives else []
    if isinstance(offer, GiftOffer):
        gives = [step.gives for step in offer.steps]
    pool = [line.product for line in basket.lines if line.label_fen is None]
    if not gives or not pool or draw(st.integers(0, 3)) == 0:
        return basket
    fresh = BasketLine(
        basket.next_line,
        draw(st.sampled_from(pool)),
        draw(st.integers(1, 3)) * 1000,
        offer=offer.id,
    )
    return replace(basket, lines=(*basket.lines, fresh), next_line=basket.next_line + 1)


@st.composite
def competing(draw, kinds=KINDS, most=5):
    """A rulebook with offers of these kinds, and a basket for which its coupons are presented."""
    book = draw(rulebooks())
    more = tuple(draw(offers(f"x{i}", kinds)) for i in range(draw(st.integers(1, most))))
    book = replace(book, offers=(*book.offers, *more))
    basket = draw(baskets(most=4, by_hand=draw(st.integers(0, 3)) == 0))
    for offer in more:
        basket = draw(chosen_lines(basket, offer))
    presented = tuple(Presented(o.id, o.id) for o in more if isinstance(o, CouponOffer))
    return replace(basket, coupons=presented), book
