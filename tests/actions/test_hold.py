"""挂单 · 取单: a basket waits under its sale id, is sold once, and outlives a crash."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from msgspec.structs import replace

from core.actions import counter as counters
from core.actions.counter import remove_line
from core.actions.day import close_day
from core.actions.hold import discard_held, held_baskets, hold, keep_open, recall, resume
from core.actions.publish_rulebook import publish_rulebook
from core.actions.set_up import add_staff
from core.actions.settle import settle
from core.actions.shift import change_shift, count_drawer, drawer_now
from core.errors import (
    BadHeldName,
    EmptyBasket,
    HeldMoney,
    MoneyTaken,
    NoSuchHeld,
    NotAllowed,
    TooManyHeld,
)
from core.pricing.tender import Tender, TenderKind
from core.sales.held import MOST_HELD, Repriced
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Role, Staff
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, OXYGEN, VITAMIN, paid, scanned, settled
from tests.builders import Home


def test_a_held_basket_comes_back_as_it_was(shop: Shop, staff: Staff) -> None:
    before = scanned(shop, GOLD, VITAMIN, CALCIUM)
    empty = hold(shop, before.basket, staff=staff, name=" 红 衣服 ")
    assert empty.basket.is_empty and empty.basket.sale_id != before.basket.sale_id
    (held,) = held_baskets(shop)
    assert (held.name, held.member_name, held.payable_fen) == (
        "红 衣服",
        "李小华",
        before.quote.payable_fen,
    )
    after = recall(shop, empty.basket, held.sale_id, staff=staff)
    assert (after.basket, after.quote) == (before.basket, before.quote)
    assert held_baskets(shop) == ()


def test_what_stands_at_the_counter_is_held_in_its_place(shop: Shop, staff: Staff) -> None:
    first = scanned(shop, VITAMIN)
    hold(shop, first.basket, staff=staff)
    second = scanned(shop, CALCIUM)
    recall(shop, second.basket, first.basket.sale_id, staff=staff)
    assert [held.sale_id for held in held_baskets(shop)] == [second.basket.sale_id]


def test_tenders_taken_so_far_stay_with_it(shop: Shop, staff: Staff) -> None:
    ready = paid(shop, scanned(shop, VITAMIN))
    hold(shop, ready.basket, staff=staff)
    after = recall(shop, None, ready.basket.sale_id, staff=staff)
    assert after.basket.tenders == ready.basket.tenders


def test_what_money_was_taken_for_is_not_discarded_nor_left_at_the_close(
    shop: Shop, staff: Staff
) -> None:
    ready = paid(shop, scanned(shop, VITAMIN))
    hold(shop, ready.basket, staff=staff, name="红衣服")
    with pytest.raises(HeldMoney) as kept:
        discard_held(shop, ready.basket.sale_id, staff=staff)
    assert (kept.value.name, kept.value.taken_fen) == ("红衣服", ready.quote.payable_fen)
    with pytest.raises(HeldMoney):
        close_day(shop, counted_fen=0, staff=staff)
    with pytest.raises(HeldMoney):
        change_shift(shop, counted_fen=0, staff=staff, to=staff)
    assert len(held_baskets(shop)) == 1


def test_what_nobody_may_do_asks_for_no_manager_and_no_count(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    ready = paid(shop, scanned(shop, VITAMIN))
    hold(shop, ready.basket, staff=staff)
    with pytest.raises(HeldMoney):
        discard_held(shop, ready.basket.sale_id, staff=fang)
    assert isinstance(drawer_now(shop).waits, HeldMoney)
    with pytest.raises(HeldMoney):
        count_drawer(shop, counted_fen=0, staff=fang)


def test_a_basket_that_money_was_taken_for_is_never_empty(shop: Shop, staff: Staff) -> None:
    """Nor after a crash; and no shift ends with it: its money counts to none so far."""
    part = scanned(shop, VITAMIN, CALCIUM).basket.with_tenders((Tender(TenderKind.CASH, 5_00),))
    one = remove_line(shop, part, part.lines[0].no).basket
    keep_open(shop, one)
    back = resume(shop).counter.basket
    with pytest.raises(MoneyTaken) as kept:
        remove_line(shop, back, back.lines[0].no)
    assert kept.value.taken_fen == 5_00
    with pytest.raises(MoneyTaken):
        count_drawer(shop, counted_fen=205_00, staff=staff)
    bare = back.with_own_tenders(())
    keep_open(shop, bare)
    assert drawer_now(shop).waits is None
    assert remove_line(shop, bare, bare.lines[0].no).basket.is_empty


def test_a_held_basket_is_sold_once(shop: Shop, staff: Staff) -> None:
    """Also where it was still held when its sale was settled."""
    ready = paid(shop, scanned(shop, VITAMIN))
    hold(shop, ready.basket, staff=staff)
    settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)
    assert held_baskets(shop) == ()
    with pytest.raises(NoSuchHeld):
        recall(shop, None, ready.basket.sale_id, staff=staff)


def test_overnight_its_products_are_taken_up_anew(home: Home, shop: Shop, staff: Staff) -> None:
    before = scanned(shop, VITAMIN, CALCIUM)
    hold(shop, before.basket, staff=staff)
    table = home.path / "dearer.csv"
    table.write_text(f"条码,名称,售价\n{VITAMIN},维生素C片,41.00\n", "utf-8")
    home.command("import", "products", str(table))
    today = recall(shop, None, before.basket.sale_id, staff=staff)
    assert today.quote.list_fen == before.quote.list_fen
    hold(shop, today.basket, staff=staff)
    with time_machine.travel(timedelta(days=1)):
        tomorrow = recall(shop, None, before.basket.sale_id, staff=staff)
    assert tomorrow.quote.list_fen == before.quote.list_fen + 2_00


def test_what_cannot_be_held(shop: Shop, staff: Staff) -> None:
    with pytest.raises(EmptyBasket):
        hold(shop, counters.new_basket(shop).basket, staff=staff)
    full = scanned(shop, VITAMIN)
    for name in ("长" * 21, "a\x07"):
        with pytest.raises(BadHeldName):
            hold(shop, full.basket, staff=staff, name=name)
    for _ in range(MOST_HELD):
        hold(shop, scanned(shop, VITAMIN).basket, staff=staff)
    with pytest.raises(TooManyHeld):
        hold(shop, full.basket, staff=staff)


def test_discarding_takes_a_manager(shop: Shop, staff: Staff) -> None:
    basket = scanned(shop, VITAMIN).basket
    hold(shop, basket, staff=staff)
    cashier = add_staff(shop, name="王芳", pin="135246", role=Role.CASHIER)
    with pytest.raises(NotAllowed):
        discard_held(shop, basket.sale_id, staff=cashier)
    approval = Approval(Right.DISCARD_HELD, staff.no, shop.clock.now_us())
    assert discard_held(shop, basket.sale_id, staff=cashier, approval=approval) == ()
    with pytest.raises(NoSuchHeld):
        discard_held(shop, basket.sale_id, staff=staff)


def test_the_open_basket_outlives_a_crash(home: Home, shop: Shop, staff: Staff) -> None:
    before = scanned(shop, GOLD, VITAMIN)
    keep_open(shop, before.basket)
    resumed = resume(shop)
    assert resumed.is_back
    assert (resumed.counter.basket, resumed.counter.quote) == (before.basket, before.quote)


def test_a_sold_or_emptied_basket_does_not_come_back(shop: Shop, staff: Staff) -> None:
    ready = paid(shop, scanned(shop, VITAMIN))
    keep_open(shop, ready.basket)
    settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)
    assert not resume(shop).is_back
    keep_open(shop, ready.basket)
    assert not resume(shop).is_back, "a late note of a basket that is sold already"
    keep_open(shop, scanned(shop, CALCIUM).basket)
    keep_open(shop, counters.new_basket(shop).basket)
    assert not resume(shop).is_back


def test_a_new_rulebook_prices_it_and_says_so_once(shop: Shop, staff: Staff) -> None:
    before = scanned(shop, GOLD, VITAMIN)
    hold(shop, before.basket, staff=staff)
    dearer = replace(before.rulebook, version=before.rulebook.version + 1, offers=())
    publish_rulebook(shop, dearer, staff=staff)
    after = recall(shop, None, before.basket.sale_id, staff=staff)
    was, now = before.quote.payable_fen, after.quote.payable_fen
    assert now > was
    assert after.repriced == Repriced(was, now, dearer.version)
    # Laid aside and taken up once more there is nothing new.
    hold(shop, after.basket, staff=staff)
    assert recall(shop, None, after.basket.sale_id, staff=staff).repriced is None


def test_a_new_rulebook_that_makes_no_difference_is_not_spoken_of(shop: Shop, staff: Staff) -> None:
    before = scanned(shop, VITAMIN)
    hold(shop, before.basket, staff=staff)
    rulebook = replace(before.rulebook, version=before.rulebook.version + 1)
    publish_rulebook(shop, rulebook, staff=staff)
    assert recall(shop, None, before.basket.sale_id, staff=staff).repriced is None


def test_under_the_same_rules_the_member_may_make_the_difference(shop: Shop, staff: Staff) -> None:
    before = scanned(shop, NORMAL, CALCIUM)
    hold(shop, before.basket, staff=staff)
    settled(shop, staff, NORMAL, OXYGEN)  # reaches silver meanwhile
    after = recall(shop, None, before.basket.sale_id, staff=staff)
    assert after.repriced == Repriced(before.quote.payable_fen, after.quote.payable_fen)
