"""A shop's offers as they stand side by side, in stated shares, and a basket that some are for.

Of 20 offers: 6 第二件半价 or 买二送一 of one to three products, 2 任选 of four, 1 组合价 of two, 4
percentages of products and 2 of a category, 1 满减 of a category, 2 coupons and 2 of points. Each
takes the next products in turn, so that few share one as long as there are enough of them. Beside
them stand, for everything, a special and a member price, the tier's percentage, 每满100减10,
满300减40, a coupon from 200 and double points; three coupons are presented. One offer in six more
is there that does not hold today.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.catalog.product import Product
from core.pricing.basket import Basket, Presented
from core.rulebook.conditions import Conditions, Scope
from core.rulebook.offers import (
    AnyFor,
    BasketOffer,
    Bundle,
    CouponOffer,
    NthReduced,
    Offer,
    PercentageOffer,
    PointsOffer,
    PriceOffer,
    Step,
    Threshold,
)

LINES = 20
CATEGORIES = 8
TODAY = date(2026, 11, 24)
MIX = (
    "nth nth nth nth nth nth any any bundle percent percent percent percent "
    "category_percent category_percent threshold coupon coupon points points"
).split()
SIZES = {"any": 4, "bundle": 2, "coupon": 4}
DEALS = ("nth", "any", "bundle")
ASLEEP = (
    Conditions(weekdays=frozenset({6, 7})),
    Conditions(starts_on=date(2026, 12, 1)),
    Conditions(from_minute=20 * 60, to_minute=22 * 60),
    Conditions(from_tier="diamond"),
)


class Goods(Struct, frozen=True):
    """Where an offer finds its goods: `codes` and `categories` of the basket, or others."""

    codes: tuple[str, ...]
    categories: tuple[str, ...]

    def pick(self, at: int, count: int) -> tuple[str, ...]:
        """So many codes, from some place on."""
        return tuple(self.codes[(at + step) % len(self.codes)] for step in range(count))

    def category(self, at: int) -> Scope:
        """One category."""
        return Scope(categories=frozenset({self.categories[at % len(self.categories)]}))


def code_of(number: int) -> str:
    """An article number."""
    return f"69012345{number:05d}"


CATEGORY_NAMES = tuple(f"分类{n}" for n in range(CATEGORIES))
HERE = Goods(tuple(code_of(n) for n in range(LINES)), CATEGORY_NAMES)
ELSEWHERE = Goods(
    tuple(code_of(n) for n in range(1000, 9000)), tuple(f"别类{n}" for n in range(100))
)


def basket_of(coupons: Iterable[str]) -> Basket:
    """Twenty products of eight categories, one to three of each, some with further prices."""
    basket = Basket(UUID(int=1), member_id=UUID(int=2))
    for n in range(LINES):
        product = Product(
            id=UUID(int=100 + n),
            code=code_of(n),
            name=f"商品{n}",
            price_fen=990 + 137 * n,
            category=f"分类{n % CATEGORIES}",
            member_price_fen=900 + 130 * n if n % 3 == 0 else None,
            special_price_fen=850 + 120 * n if n % 7 == 0 else None,
            is_prescription=n == 7,
        )
        basket = basket.add(product, 1000 * (1 + n % 3))
    return replace(basket, coupons=tuple(Presented(each, each) for each in coupons))


def offers_of(count: int, here: int) -> tuple[Offer, ...]:
    """So many offers that hold today, `here` of them for goods of the basket, and some asleep."""
    common = everywhere()
    near = _in_turn(here - len(common), HERE, "h")
    far = _in_turn(count - here, ELSEWHERE, "e")
    asleep = _in_turn(count // 12, HERE, "s") + _in_turn(count // 12, ELSEWHERE, "t")
    late = [replace(o, when=ASLEEP[at % len(ASLEEP)]) for at, o in enumerate(asleep)]
    return (*common, *near, *far, *late)


def everywhere() -> tuple[Offer, ...]:
    """What holds for the whole shop."""
    each_100 = (Step(from_fen=100_00, off_fen=10_00),)
    return (
        PriceOffer(id="member", kind="member_price", name="会员价"),
        PriceOffer(id="special", kind="special_price", name="特价"),
        Threshold(id="t100", name="每满100减10", steps=each_100, repeats=True, cap_fen=50_00),
        Threshold(id="t300", name="满300减40", steps=(Step(from_fen=300_00, off_fen=40_00),)),
        CouponOffer(id="c200", name="满200减15", code="c200", off_fen=15_00, from_fen=200_00),
        PointsOffer(id="p2", name="双倍积分", multiplier_bp=20000),
    )


def coupons_for(offers: tuple[Offer, ...]) -> list[str]:
    """Three coupons that hold today, and are for goods of the basket."""
    codes = set(HERE.codes)
    return [
        offer.id
        for offer in offers
        if isinstance(offer, CouponOffer)
        and (offer.scope.is_everything or offer.scope.products & codes)
        and offer.when == Conditions()
    ][:3]


def _in_turn(count: int, goods: Goods, mark: str) -> list[BasketOffer]:
    """So many offers of the mix, each for the goods that come next."""
    found, at = [], 0
    for n in range(count):
        kind = MIX[n * 7 % len(MIX)]
        size = SIZES.get(kind, 1 + n % 3)
        found.append(_offer(kind, n, f"{mark}{n}", goods, goods.pick(at, size)))
        at += size if kind in DEALS else 1
    return found


def _offer(kind: str, n: int, name: str, goods: Goods, codes: tuple[str, ...]) -> BasketOffer:
    scope = Scope(products=frozenset(codes))
    match kind:
        case "nth" if n % 2:
            return NthReduced(id=name, name=name, scope=scope, units=2, rate_bp=5000)
        case "nth":
            return NthReduced(id=name, name=name, scope=scope, units=3)
        case "any":
            return AnyFor(id=name, name=name, scope=scope, units=3, price_fen=3000 + n % 5 * 500)
        case "bundle":
            parts = tuple((code, 1) for code in codes)
            return Bundle(id=name, name=name, parts=parts, price_fen=3500)
        case "percent":
            return PercentageOffer(id=name, name=name, scope=scope, rate_bp=9200 - n % 4 * 400)
        case "category_percent":
            return PercentageOffer(id=name, name=name, scope=goods.category(n), rate_bp=9300)
        case "threshold":
            step = Step(from_fen=60_00, off_fen=5_00)
            return Threshold(id=name, name=name, scope=goods.category(n), steps=(step,))
        case "coupon":
            return CouponOffer(
                id=name, name=name, scope=scope, code=name, off_fen=3_00, from_fen=20_00
            )
    return PointsOffer(id=name, name=name, scope=scope, multiplier_bp=15000, bonus=n % 2)


def twelve() -> tuple[Offer, ...]:
    """Twelve that are for most of the basket and stand in each other's way."""
    first, second = (
        Scope(categories=frozenset(CATEGORY_NAMES[:4])),
        Scope(categories=frozenset(CATEGORY_NAMES[3:])),
    )
    steps = (Step(from_fen=200_00, off_fen=25_00), Step(from_fen=400_00, off_fen=60_00))
    return (
        PercentageOffer(id="a1", name="九折", scope=first, rate_bp=9000),
        PercentageOffer(id="a2", name="八五折", scope=second, rate_bp=8500),
        PercentageOffer(id="a3", name="折上折", scope=second, rate_bp=9700, is_stackable=True),
        PercentageOffer(
            id="a4", name="独享八折", scope=HERE.category(2), rate_bp=8000, is_exclusive=True
        ),
        NthReduced(
            id="d1", name="第二件半价", scope=first, units=2, rate_bp=5000, is_same_product=True
        ),
        NthReduced(id="d2", name="买二送一", scope=HERE.category(5), units=3),
        Threshold(id="t1", name="满减", scope=first, steps=steps, group="g"),
        Threshold(
            id="t2",
            name="每满减",
            steps=(Step(from_fen=100_00, off_fen=11_00),),
            repeats=True,
            group="g",
        ),
        Threshold(id="t3", name="满折", scope=second, steps=(Step(from_fen=300_00, rate_bp=9000),)),
        CouponOffer(id="c1", name="券一", code="c1", off_fen=20_00, from_fen=500_00),
        CouponOffer(id="c2", name="券二", code="c2", scope=second, off_fen=30_00, from_fen=260_00),
        CouponOffer(id="c3", name="券三", code="c3", rate_bp=9500, cap_fen=18_00),
    )
