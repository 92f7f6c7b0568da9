"""Ctrl+G: gifts and add-ons are chosen, and nobody is charged for one unasked."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.actions.counter import new_basket
from core.actions.login import login
from core.actions.publish_rulebook import publish_rulebook
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import GiftOffer
from tests.builders import PIN
from tests.ui.till.counter.at_counter import CALCIUM, MASKS, VITAMIN, Cashier
from ui.till.notices import GIFT


@pytest.fixture
def giving(cashier: Cashier) -> Cashier:
    """From 100.00 on a box of masks, and from 60.00 on vitamins at 5.00."""
    shop = cashier.shop
    now = new_basket(shop).rulebook
    masks = GiftOffer(
        id="masks", name="满百送口罩", steps=(GiftStep(Giving((MASKS,)), from_fen=100_00),)
    )
    vitamin = GiftOffer(
        id="vitamin", name="五元换购", steps=(GiftStep(Giving((VITAMIN,), 1, 500), from_fen=60_00),)
    )
    offers = (*now.offers, masks, vitamin)
    publish_rulebook(
        shop, replace(now, version=now.version + 1, offers=offers), staff=login(shop, PIN)
    )
    return cashier


def notice(cashier: Cashier) -> str:
    return cashier.page.basket.notices.text(GIFT)


def choose(cashier: Cashier, *keys: str) -> None:
    cashier.press("Ctrl+G")
    cashier.wait(cashier.window.sheets.gifts.isVisible)
    for key in keys:
        cashier.press(key)
    cashier.settle_down()


def test_what_is_reached_is_said_and_chosen_with_two_keys(giving: Cashier) -> None:
    giving.scan(CALCIUM)
    assert notice(giving) == "可加价购：五元换购。满百送口罩：再加折后 32.00 元，可选赠品"
    giving.scan(CALCIUM)
    assert notice(giving) == "可选赠品：满百送口罩；可加价购：五元换购"
    choose(giving, "Enter")
    assert [line.offer for line in giving.counter.basket.lines] == ["", "masks"]
    assert giving.payable == "136.00"
    giving.press("Enter")
    giving.wait(lambda: not giving.window.sheets.gifts.isVisible())
    assert giving.payable == "141.00"
    assert notice(giving) == ""
    giving.pay()
    assert giving.sales() == 1


def test_a_payment_asks_first_and_goes_on_when_it_is_taken_out(giving: Cashier) -> None:
    giving.scan(CALCIUM, CALCIUM)
    choose(giving, "Enter", "Esc")
    giving.page.stepped.emit(1, -1)
    giving.settle_down()
    assert notice(giving).startswith("“医用外科口罩")
    giving.press("F9")
    giving.wait(giving.window.sheets.gifts.isVisible)
    assert not giving.window.sheets.payment.isVisible()
    giving.press("Enter")
    giving.wait(giving.window.sheets.payment.isVisible)
    assert giving.codes() == [CALCIUM]
    assert giving.counter.quote.payable_fen == 68_00


def test_it_may_be_bought_at_its_price_instead(giving: Cashier) -> None:
    giving.scan(CALCIUM, CALCIUM)
    choose(giving, "Enter", "Esc")
    giving.page.stepped.emit(1, -1)
    giving.settle_down()
    choose(giving)
    giving.type_in("b")
    giving.settle_down()
    assert [line.offer for line in giving.counter.basket.lines] == ["", ""]
    assert giving.counter.quote.unmet == ()


def test_why_it_is_not_had_is_said_of_each_as_it_is(giving: Cashier) -> None:
    giving.scan(CALCIUM, CALCIUM)
    choose(giving, "Enter")
    giving.press("Enter")
    giving.wait(lambda: not giving.window.sheets.gifts.isVisible())
    giving.page.stepped.emit(2, 1)
    giving.settle_down()
    assert "件数比能选的多" in notice(giving)
    giving.page.stepped.emit(2, -1)
    giving.page.stepped.emit(1, -1)
    giving.settle_down()
    assert "赠品条件没有满足" in notice(giving)
    giving.page.removed.emit(2)
    giving.page.removed.emit(1)
    giving.settle_down()
    assert "加价购条件没有满足" in notice(giving)


def test_the_box_that_is_scanned_over_the_sheet_is_chosen(giving: Cashier) -> None:
    giving.scan(CALCIUM, CALCIUM)
    choose(giving)
    giving.scan(MASKS)
    assert [line.offer for line in giving.counter.basket.lines] == ["", "masks"]
    giving.scan(CALCIUM)
    assert giving.counter.basket.line(1).quantity_milli == 2000, "not behind the choice"
    giving.press("Esc")
    giving.settle_down()
    assert giving.counter.basket.line(1).quantity_milli == 3000
