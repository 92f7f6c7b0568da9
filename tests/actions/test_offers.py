"""关优惠: a basket does without an offer, the sale says why, and it can be switched on again."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.actions.counter import new_basket
from core.actions.offers import switch_off, switch_on
from core.actions.publish_rulebook import publish_rulebook
from core.actions.set_up import add_staff
from core.actions.settle import settle
from core.errors import NoSuchOffer, NoSuchReason, NotAllowed
from core.pricing.adjustment import Lost
from core.pricing.basket import SwitchedOff
from core.pricing.record import basket_of, basket_record, price_again
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Role, Staff
from tests.actions.test_by_hand import audited, last_event
from tests.actions.test_settle import CALCIUM, GOLD, VITAMIN, paid, scanned

PRICE, TIER = "member-price", "tier:gold"


def lost(quote) -> list[tuple[str, Lost]]:
    return [(each.offer, each.lost) for each in quote.rejected if each.lost is Lost.SWITCHED_OFF]


def test_what_is_off_takes_nothing_and_what_is_left_is_the_best(shop: Shop, staff: Staff) -> None:
    # 39.00: 会员价 37.00, or 95折 at 37.05; without the first the second, without both the list.
    counter = scanned(shop, GOLD, VITAMIN)
    assert counter.quote.payable_fen == 37_00
    fewer = switch_off(shop, counter.basket, PRICE, "价签错误", staff=staff)
    assert (fewer.quote.payable_fen, lost(fewer.quote)) == (37_05, [(PRICE, Lost.SWITCHED_OFF)])
    none = switch_off(shop, fewer.basket, TIER, "老顾客", staff=staff)
    assert none.quote.payable_fen == 39_00
    again = switch_on(
        shop, switch_on(shop, none.basket, PRICE, staff=staff).basket, TIER, staff=staff
    )
    assert again.quote == counter.quote


def test_it_wants_a_reason_of_the_rulebook_and_an_offer_of_this_basket(
    shop: Shop, staff: Staff
) -> None:
    counter = scanned(shop, VITAMIN)
    for reason in ("", "心情好"):
        with pytest.raises(NoSuchReason):
            switch_off(shop, counter.basket, PRICE, reason, staff=staff)
    for offer in (TIER, "nothing"):
        with pytest.raises(NoSuchOffer):
            switch_off(shop, counter.basket, offer, "临期", staff=staff)
    with pytest.raises(NoSuchOffer):
        switch_on(shop, counter.basket, PRICE, staff=staff)


def test_a_later_reason_takes_the_place_of_an_earlier_one(shop: Shop, staff: Staff) -> None:
    basket = switch_off(shop, scanned(shop, GOLD, CALCIUM).basket, TIER, "临期", staff=staff).basket
    basket = switch_off(shop, basket, TIER, "破损", staff=staff).basket
    assert basket.off == (SwitchedOff(TIER, "破损", staff.no, staff.no),)
    assert basket_of(basket_record(basket)) == basket


def test_the_sale_keeps_it_and_the_audit_says_who(shop: Shop, staff: Staff) -> None:
    off = switch_off(shop, scanned(shop, GOLD, CALCIUM).basket, TIER, "老顾客", staff=staff)
    ready = paid(shop, off)
    sale = settle(shop, ready.basket, shown=ready.quote.hash, staff=staff).sale
    assert sale.payable_fen == 68_00
    assert audited(shop, "offer_off") == [(staff.no, sale.no, f"{TIER} 老顾客")]
    assert price_again(last_event(shop)).hash == ready.quote.hash


def test_a_rulebook_may_want_an_approval_for_it(shop: Shop, staff: Staff) -> None:
    now = new_basket(shop).rulebook
    strict = replace(now.by_hand, is_switching_free=False)
    publish_rulebook(shop, replace(now, version=now.version + 1, by_hand=strict), staff=staff)
    cashier = add_staff(shop, name="王芳", pin="135246", role=Role.CASHIER)
    basket = scanned(shop, GOLD, CALCIUM).basket
    with pytest.raises(NotAllowed):
        switch_off(shop, basket, TIER, "老顾客", staff=cashier)
    allowed = Approval(Right.DISCOUNT_BEYOND_LIMIT, staff.no, shop.clock.now_us())
    off = switch_off(shop, basket, TIER, "老顾客", staff=cashier, approval=allowed).basket.off
    assert off == (SwitchedOff(TIER, "老顾客", cashier.no, staff.no),)
