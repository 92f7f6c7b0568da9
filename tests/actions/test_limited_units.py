"""限购: units that a member took are counted over sales, and given back with a whole sale."""

from __future__ import annotations

from msgspec.structs import replace

from core.actions.return_sale import return_sale
from core.actions.settle import Settled, settle
from core.actions.void import void_sale
from core.pricing.adjustment import Lost
from core.rulebook.conditions import Limits
from core.rulebook.offers import MEMBER_PRICE, BasketOffer, PercentageOffer, PriceOffer
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_deeds import with_rules
from tests.actions.test_offer_uses import MISTAKE
from tests.actions.test_return import TOO_MANY
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, VITAMIN, paid, scanned
from tests.builders import later

DAY_S = 86_400
# VITAMIN is 39.00, 37.00 for members.
PRICE = PriceOffer(id="member-price", kind=MEMBER_PRICE, name="会员价")
HALF = PercentageOffer(id="half", name="半价", rate_bp=5000)


def limited(shop: Shop, staff: Staff, offer: PriceOffer | BasketOffer, **limits: int) -> None:
    with_rules(shop, staff, offers=(replace(offer, limits=Limits(**limits)),))


def sold(shop: Shop, staff: Staff, *codes: str) -> Settled:
    ready = paid(shop, scanned(shop, *codes))
    return settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)


def payable(shop: Shop, *codes: str) -> int:
    return scanned(shop, *codes).quote.payable_fen


def test_two_of_a_member_price_for_each_member(shop: Shop, staff: Staff) -> None:
    limited(shop, staff, PRICE, units_per_member=2)
    three = scanned(shop, NORMAL, VITAMIN, VITAMIN, VITAMIN)
    assert three.quote.payable_fen == 2 * 37_00 + 39_00
    assert [each.lost for each in three.quote.rejected] == [Lost.UNITS_USED_UP]
    sale = sold(shop, staff, NORMAL, VITAMIN).sale
    assert payable(shop, NORMAL, VITAMIN, VITAMIN) == 37_00 + 39_00
    sold(shop, staff, NORMAL, VITAMIN, VITAMIN)
    assert payable(shop, NORMAL, VITAMIN) == 39_00
    assert payable(shop, GOLD, VITAMIN) == 37_00
    # The sale that comes back whole gives its unit back.
    return_sale(
        shop,
        sale.sale_id,
        {1: 1000},
        return_id=shop.new_id(),
        explanation=TOO_MANY,
        staff=staff,
    )
    assert payable(shop, NORMAL, VITAMIN, VITAMIN) == 37_00 + 39_00


def test_a_day_has_its_own_units_for_everybody(shop: Shop, staff: Staff) -> None:
    limited(shop, staff, HALF, units_per_day=2)
    today, tomorrow = later(shop, 0), later(shop, DAY_S)
    sale = sold(today, staff, VITAMIN).sale
    assert payable(today, VITAMIN, VITAMIN) == 19_50 + 39_00
    assert payable(tomorrow, VITAMIN, VITAMIN) == 39_00
    void_sale(today, sale.sale_id, explanation=MISTAKE, staff=staff)
    assert payable(today, VITAMIN, VITAMIN) == 39_00


def test_the_units_go_to_the_goods_that_save_most(shop: Shop, staff: Staff) -> None:
    limited(shop, staff, HALF, units_in_all=1)
    both = scanned(shop, CALCIUM, VITAMIN)
    best = max(both.basket.lines, key=lambda line: line.product.price_fen)
    assert {made.line for made in both.quote.adjustments} == {best.no}
    sold(shop, staff, CALCIUM, VITAMIN)
    assert not scanned(shop, CALCIUM, VITAMIN).quote.adjustments
