"""Baskets, rulebooks and tenders as chance deals them, small enough to collide often."""

from __future__ import annotations

from uuid import UUID

from hypothesis import strategies as st
from msgspec.structs import replace

from core.catalog.product import Product
from core.pricing.basket import Basket, BasketLine
from core.pricing.by_hand import Approved, DiscountByHand, PriceByHand
from core.pricing.tender import Tender, TenderKind
from core.rulebook.offers import PriceOffer
from core.rulebook.points_policy import PointsPolicy
from core.rulebook.rulebook import Outside, Rulebook, TenderRule
from core.rulebook.schemes import Tier, TierScheme

CATEGORIES = ["药", "食", "烟"]
PRICES = st.integers(0, 40) | st.integers(0, 5000)
MAYBE_PRICES = st.none() | PRICES
REASONS = st.sampled_from(["临期", "破损"])
APPROVED = st.none() | st.builds(Approved, st.just(1), PRICES, st.integers(0, 10_000))
PRICES_BY_HAND = st.builds(PriceByHand, PRICES, REASONS, st.integers(1, 2), APPROVED)
DISCOUNTS = st.builds(
    DiscountByHand, REASONS, st.integers(1, 2), amount_fen=PRICES, approved=APPROVED
) | st.builds(
    DiscountByHand,
    REASONS,
    st.integers(1, 2),
    rate_bp=st.sampled_from([9500, 9000, 5000, 3333, 1]),
    approved=APPROVED,
)
NOTHING_MOSTLY = st.integers(0, 2).map(lambda _: None)


@st.composite
def products(draw, number=0):
    """Prices lie close together, so that ties between offers are frequent."""
    return Product(
        id=UUID(int=number),
        code=f"69{number}",
        name=f"商品{number}",
        price_fen=draw(PRICES),
        category=draw(st.sampled_from(CATEGORIES)),
        member_price_fen=draw(MAYBE_PRICES),
        special_price_fen=draw(MAYBE_PRICES),
        is_prescription=draw(st.integers(0, 4)) == 0,
        is_weighed=draw(st.booleans()),
    )


@st.composite
def basket_lines(draw, no, pool, by_hand):
    goods = draw(st.sampled_from(pool))
    whole = st.integers(1, 4).map(lambda units: units * 1000)
    quantity = draw(st.integers(1, 3000) if goods.is_weighed else whole)
    label = draw(st.none() | st.integers(0, 5000)) if goods.is_weighed else None
    return BasketLine(no, goods, quantity, label, draw(by_hand))


@st.composite
def baskets(draw, most=6, by_hand=True):
    """Lines from a small pool; one product may stand there at two prices, `by_hand` at a third."""
    pool = [draw(products(number)) for number in range(draw(st.integers(1, 4)))]
    if draw(st.booleans()):
        pool.append(replace(pool[0], price_fen=draw(PRICES), special_price_fen=draw(MAYBE_PRICES)))
    size = draw(st.integers(1, most))
    given = NOTHING_MOSTLY | PRICES_BY_HAND | DISCOUNTS if by_hand else st.none()
    lines = tuple(draw(basket_lines(no, pool, given)) for no in range(1, size + 1))
    discount = draw(NOTHING_MOSTLY | DISCOUNTS) if by_hand else None
    return Basket(UUID(int=99), lines, next_line=size + 1, discount=discount)


@st.composite
def rulebooks(draw):
    """Four tiers whose percentages never rise; offers with and without percentage besides."""
    rates = sorted(
        draw(st.lists(st.sampled_from([10000, 9800, 9500, 9000, 3333]), min_size=4, max_size=4)),
        reverse=True,
    )
    multipliers = draw(
        st.lists(st.sampled_from([10000, 12000, 15000, 20000]), min_size=4, max_size=4)
    )
    tiers = tuple(Tier(f"t{i}", f"等级{i}", i * 1000, rates[i], multipliers[i]) for i in range(4))
    offers = tuple(
        PriceOffer(
            id=f"o{i}",
            kind=draw(st.sampled_from(["member_price", "special_price"])),
            priority=draw(st.integers(-1, 1)),
            takes_percentage=draw(st.booleans()),
        )
        for i in range(draw(st.integers(0, 3)))
    )
    tenders = tuple(
        TenderRule(
            kind.value,
            draw(st.booleans()),
            "all" if kind is TenderKind.CASH else draw(st.sampled_from(["all", "prescription"])),
        )
        for kind in TenderKind
    )
    return Rulebook(
        name="chance",
        version=1,
        currency="CNY",
        points=PointsPolicy(draw(st.integers(0, 3)), draw(st.sampled_from([1, 7, 100]))),
        scheme=TierScheme(tiers),
        tenders=tenders,
        outside=Outside(draw(st.booleans()), draw(st.frozensets(st.sampled_from(["烟"])))),
        offers=offers,
        cash_rounding_fen=draw(st.sampled_from([0, 1, 10, 100])),
    )


def tenders():
    """Up to three, also more than is to pay: pricing refuses nothing."""
    one = st.builds(Tender, st.sampled_from(TenderKind), st.integers(1, 8000))
    return st.lists(one, max_size=3).map(tuple)
