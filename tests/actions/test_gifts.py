"""赠品 · 加价购 at the counter: chosen, kept by the sale, and never charged silently."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.actions.counter import Counter, new_basket, remove_line, reprice, tendered
from core.actions.gifts import buy_gift, choices, choose_gift, not_had, prices_if_bought
from core.actions.hold import hold, keep_open, recall, resume
from core.actions.publish_rulebook import publish_rulebook
from core.actions.return_sale import preview_return
from core.actions.scan import scan
from core.actions.set_up import add_staff
from core.actions.settle import settle
from core.errors import GiftUnmet, NotAllowed, NotOffered
from core.ports import StoredSale
from core.pricing.record import basket_of, basket_record
from core.pricing.stages.gift import NeverHad
from core.pricing.tender import Tender, TenderKind
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import GiftOffer
from core.rulebook.points_policy import SpendPolicy
from core.rulebook.returns import ReturnPolicy
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Role, Staff
from tests.actions.test_return import file_of, returned
from tests.actions.test_settle import GOLD, scanned

CALCIUM, COLD, MASKS = "6901234567816", "6901234567823", "6901234567847"
CURE, GOJI = "6901234567830", "10086"
GIFT = GiftOffer(
    id="masks",
    name="满 130 送口罩",
    steps=(GiftStep(Giving((MASKS, COLD, CURE, GOJI, "unknown")), from_fen=13000),),
)
ADD_ON = GiftOffer(
    id="cold", name="加 5 元换购", steps=(GiftStep(Giving((COLD,), 1, 500), from_fen=6000),)
)


def publish(shop: Shop, staff: Staff, *more: GiftOffer) -> None:
    now = new_basket(shop).rulebook
    offers = (*now.offers, *more)
    publish_rulebook(shop, replace(now, version=now.version + 1, offers=offers), staff=staff)


@pytest.fixture
def counter(shop: Shop, staff: Staff) -> Counter:
    """Two boxes of calcium, 136.00: both offers are reached."""
    publish(shop, staff, GIFT, ADD_ON)
    standing = scan(shop, new_basket(shop).basket, CALCIUM, staff=staff)
    return scan(shop, standing.basket, CALCIUM, staff=staff)


def paid(shop: Shop, standing: Counter, fen: int) -> Counter:
    cash = (Tender(TenderKind.CASH, fen),)
    return tendered(shop, standing.basket.with_tenders(cash))


def _point_paying(shop: Shop, staff: Staff) -> None:
    now = new_basket(shop).rulebook
    spend = SpendPolicy(fen=100, per_points=100, most_bp=5000, least_points=100)
    rules = replace(now, version=now.version + 1, points=replace(now.points, spend=spend))
    publish_rulebook(shop, rules, staff=staff)


def test_what_buying_would_cost_is_told_before_points_pay_a_share_of_it(
    shop: Shop, staff: Staff
) -> None:
    publish(shop, staff, GIFT)
    _point_paying(shop, staff)
    standing = scanned(shop, GOLD, CALCIUM, CALCIUM, CALCIUM)
    chosen = choose_gift(shop, standing.basket, "masks", MASKS, staff=staff).basket
    alone = reprice(shop, chosen.with_quantity(1, 1000)).basket
    bought = buy_gift(shop, alone, 2, staff=staff).quote.lines[1].payable_fen
    spending = reprice(shop, alone.with_points(2000))
    assert spending.quote.points_fen > 0
    assert prices_if_bought(shop, spending.basket) == {2: bought}
    with pytest.raises(GiftUnmet) as refused:
        paid(shop, spending, 100)
    assert refused.value.price_fen == bought


def test_what_is_sold_here_and_may_be_given_can_be_chosen(shop: Shop, counter: Counter) -> None:
    found = [
        (each.offer, each.product.code, each.price_fen) for each in choices(shop, counter.basket)
    ]
    assert found == [("cold", COLD, 500), ("masks", MASKS, 0), ("masks", COLD, 0)]
    others = [(each.product.code, each.why) for each in not_had(shop, counter.basket)]
    assert others == [(CURE, NeverHad.OUTSIDE), (GOJI, NeverHad.WEIGHED)]


def test_a_chosen_gift_is_sold_for_nothing_and_its_goods_leave_the_shop(
    shop: Shop, counter: Counter, staff: Staff
) -> None:
    chosen = choose_gift(shop, counter.basket, "masks", MASKS, staff=staff)
    assert (chosen.changed_line, chosen.quote.payable_fen) == (2, 13600)
    assert [each.left for each in choices(shop, chosen.basket)] == [1, 0, 0]
    ready = paid(shop, chosen, 13600)
    settled = settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)
    assert settled.sale.payable_fen == 13600
    assert (
        sum(getattr(line, "name", "") == "医用外科口罩" for line in settled.sale.receipt.lines) == 1
    )


def test_only_what_is_reached_and_left_can_be_chosen(
    shop: Shop, counter: Counter, staff: Staff
) -> None:
    for offer, code in [("masks", CURE), ("masks", "unknown"), ("cold", MASKS), ("no", MASKS)]:
        with pytest.raises(NotOffered):
            choose_gift(shop, counter.basket, offer, code, staff=staff)
    chosen = choose_gift(shop, counter.basket, "masks", MASKS, staff=staff)
    with pytest.raises(NotOffered):
        choose_gift(shop, chosen.basket, "masks", COLD, staff=staff)


def test_nobody_pays_for_a_gift_that_is_not_reached_any_more_without_being_asked(
    shop: Shop, counter: Counter, staff: Staff
) -> None:
    chosen = choose_gift(shop, counter.basket, "masks", MASKS, staff=staff)
    fewer = reprice(shop, chosen.basket.with_quantity(1, 1000))
    assert (fewer.quote.payable_fen, fewer.quote.unmet) == (6800 + 2990, (2,))
    with pytest.raises(GiftUnmet) as refused:
        paid(shop, fewer, 9790)
    assert refused.value.price_fen == 2990
    cash = fewer.basket.with_tenders((Tender(TenderKind.CASH, 9790),))
    with pytest.raises(GiftUnmet):
        settle(shop, cash, shown=reprice(shop, cash).quote.hash, staff=staff)
    # Either it is taken out, or it is bought: then it is a line like any other.
    assert remove_line(shop, fewer.basket, 2).quote.payable_fen == 6800
    bought = paid(shop, buy_gift(shop, fewer.basket, 2, staff=staff), 9790)
    assert (
        settle(shop, bought.basket, shown=bought.quote.hash, staff=staff).sale.payable_fen == 9790
    )


def test_a_chosen_line_stays_one_through_a_hold_and_a_crash(
    shop: Shop, counter: Counter, staff: Staff
) -> None:
    chosen = choose_gift(shop, counter.basket, "cold", COLD, staff=staff)
    keep_open(shop, chosen.basket)
    assert resume(shop).counter.quote == chosen.quote
    hold(shop, chosen.basket, staff=staff)
    back = recall(shop, None, chosen.basket.sale_id, staff=staff)
    assert back.quote == chosen.quote
    assert basket_of(basket_record(back.basket)) == chosen.basket


SWAP = GiftOffer(
    id="swap", name="积分换购", steps=(GiftStep(Giving((MASKS,), 2, 990, 300), from_fen=6000),)
)


def test_points_of_an_add_on_leave_with_the_sale_and_come_back_with_the_goods(
    shop: Shop, staff: Staff
) -> None:
    publish(shop, staff, SWAP)
    before = balance(shop)
    standing = scan(shop, scanned(shop, GOLD).basket, CALCIUM, staff=staff)
    for _ in range(2):
        standing = choose_gift(shop, standing.basket, "swap", MASKS, staff=staff)
    ready = paid(shop, standing, standing.quote.payable_fen)
    sale = settle(shop, ready.basket, shown=ready.quote.hash, staff=staff).sale
    earned = sale.points_earned
    assert balance(shop) == sale.points_balance == before - 600 + earned
    # One box of masks brings back its 300 points, and all of it everything.
    returned(shop, sale, {2: 1000}, staff)
    assert before - 300 <= balance(shop) <= before - 300 + earned
    returned(shop, sale, {1: 1000, 2: 1000}, staff)
    assert balance(shop) == before


def test_nobody_without_the_points_can_choose_it(shop: Shop, staff: Staff) -> None:
    publish(shop, staff, SWAP)
    standing = scanned(shop, CALCIUM)
    with pytest.raises(NotOffered):
        choose_gift(shop, standing.basket, "swap", MASKS, staff=staff)


# What comes back


def sold_with_gift(shop: Shop, counter: Counter, staff: Staff) -> StoredSale:
    chosen = choose_gift(shop, counter.basket, "masks", MASKS, staff=staff)
    ready = paid(shop, chosen, 13600)
    return settle(shop, ready.basket, shown=ready.quote.hash, staff=staff).sale


def test_a_gift_comes_back_with_goods_without_which_it_is_not_reached(
    shop: Shop, counter: Counter, staff: Staff
) -> None:
    sale = sold_with_gift(shop, counter, staff)
    cashier = add_staff(shop, name="王芳", pin="135246", role=Role.CASHIER)
    shown = preview_return(shop, sale.no, {1: 1000}, staff=cashier)
    assert ([line.code for line in shown.gifts], shown.right) == (
        [MASKS],
        Right.RETURN_BEYOND_RULES,
    )
    with pytest.raises(NotAllowed):
        returned(shop, sale, {1: 1000}, cashier)
    together = preview_return(shop, sale.no, {1: 1000, 2: 1000}, staff=cashier)
    assert (together.gifts, together.right) == ((), Right.RETURN_WITHIN_RULES)
    assert returned(shop, sale, {1: 1000, 2: 1000}, cashier).back_fen == 6800
    # Nothing of the gift is left: the rest is a return like any other, and gives back the rest.
    assert returned(shop, sale, {1: 1000}, cashier).back_fen == 6800


def test_a_manager_may_let_it_stay_and_a_rulebook_may_not_care(
    shop: Shop, counter: Counter, staff: Staff
) -> None:
    sale = sold_with_gift(shop, counter, staff)
    assert returned(shop, sale, {1: 1000}, staff).back_fen == 6800
    now = new_basket(shop).rulebook
    lax = replace(now, version=now.version + 1, returns=ReturnPolicy(is_gift_needed=False))
    publish_rulebook(shop, lax, staff=staff)
    assert preview_return(shop, sale.no, {1: 1000}, staff=staff).gifts == ()


def balance(shop: Shop) -> int:
    return file_of(shop, GOLD).points
