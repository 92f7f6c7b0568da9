"""发布规则册: it prices from the next basket on, and every sale keeps its own."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.actions.counter import new_basket, reprice
from core.actions.publish_rulebook import publish_rulebook
from core.actions.scan import scan
from core.actions.settle import settle
from core.errors import OldRulebook, TierOutstanding
from core.pricing.adjustment import Lost, Stage
from core.pricing.tender import Tender, TenderKind
from core.rulebook.offers import CouponOffer, NthReduced, Step, Threshold
from core.shop import Shop
from core.trust.staff import Staff

VITAMIN = "6901234567809"

HALF = NthReduced(id="half", name="第二件半价", units=2, rate_bp=5000)
HUNDRED = Threshold(id="hundred", name="满 100 减 10", steps=(Step(from_fen=10000, off_fen=1000),))
SPRING = CouponOffer(id="spring", name="春季券", code="SPRING10", off_fen=1000)


@pytest.fixture
def published(shop: Shop, staff: Staff) -> Shop:
    """The till with a second half at its price, an amount off and a coupon."""
    now = new_basket(shop).rulebook
    offers = (*now.offers, HALF, HUNDRED, SPRING)
    publish_rulebook(shop, replace(now, version=now.version + 1, offers=offers), staff=staff)
    return shop


def test_a_version_that_is_not_newer_is_refused(shop: Shop, staff: Staff) -> None:
    now = new_basket(shop).rulebook
    with pytest.raises(OldRulebook):
        publish_rulebook(shop, now, staff=staff)
    assert new_basket(shop).rulebook == now


def test_a_version_without_a_tier_that_members_have_is_refused(shop: Shop, staff: Staff) -> None:
    """Nobody falls silently; whoever has the lowest tier has the lowest one, however called."""
    now = new_basket(shop).rulebook
    lowest, *higher = now.scheme.tiers
    fewer = replace(now.scheme, tiers=(replace(lowest, code="first"), *higher[1:]))
    with pytest.raises(TierOutstanding) as refused:
        publish_rulebook(shop, replace(now, version=now.version + 1, scheme=fewer), staff=staff)
    assert (refused.value.tier, refused.value.count) == (higher[0].name, 1)
    renamed = replace(now.scheme, tiers=(replace(lowest, code="first"), *higher))
    publish_rulebook(shop, replace(now, version=now.version + 1, scheme=renamed), staff=staff)
    assert new_basket(shop).rulebook.version == now.version + 1


def test_the_next_basket_is_priced_by_it_and_the_sale_prices_again(
    published: Shop, staff: Staff
) -> None:
    counter = new_basket(published)
    for _ in range(2):
        counter = scan(published, counter.basket, VITAMIN, staff=staff)
    unit = counter.quote.list_fen // 2
    assert counter.quote.payable_fen == unit + unit - (unit + 1) // 2
    assert [each.stage for each in counter.quote.adjustments] == [Stage.MULTI_BUY]
    paid = counter.basket.with_tenders((Tender(TenderKind.CASH, 100_000),))
    ready = reprice(published, paid)
    settled = settle(published, paid, shown=ready.quote.hash, staff=staff)
    assert settled.sale.payable_fen == counter.quote.payable_fen


def test_a_coupon_is_presented_by_its_code_and_taken_back_by_the_same_scan(
    published: Shop, staff: Staff
) -> None:
    counter = scan(published, new_basket(published).basket, VITAMIN, staff=staff)
    before = counter.quote.payable_fen
    counter = scan(published, counter.basket, "SPRING10", staff=staff)
    assert counter.quote.payable_fen == max(0, before - 1000)
    counter = scan(published, counter.basket, "SPRING10", staff=staff)
    assert counter.quote.payable_fen == before


def test_what_was_not_reached_is_said(published: Shop, staff: Staff) -> None:
    counter = scan(published, new_basket(published).basket, VITAMIN, staff=staff)
    lost = {each.offer: each.lost for each in counter.quote.rejected}
    assert counter.quote.payable_fen < 10000
    assert lost["hundred"] is Lost.NOT_REACHED
