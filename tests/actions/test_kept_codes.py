"""先放着的码: goods outlive a crash, each once; what may be a person's or pays is kept nowhere."""

from __future__ import annotations

import pytest

from core.actions import counter as counters
from core.actions.cards import replace_card
from core.actions.hold import keep_open, resume
from core.actions.kept_codes import KeptCodes
from core.actions.settle import settle
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_settle import CALCIUM, GOLD, SILVER, VITAMIN, paid, scanned
from tests.builders import PIN, Home
from ui.console.till import ConsoleTill

WECHAT, BANK_CARD = "134567890123456789", "4111111111111111"
STRIPE, PHONE, STRANGE = ";800001=99121010000?", "13800002222", "nothing of ours"


def stored(shop: Shop) -> tuple[str, ...]:
    with shop.store.read() as reading:
        return reading.baskets.kept_codes()


def test_goods_come_back_in_their_order_with_their_names(shop: Shop) -> None:
    before = scanned(shop, VITAMIN)
    keep_open(shop, before.basket, [CALCIUM, VITAMIN])
    resumed = resume(shop)
    assert resumed.counter.basket == before.basket
    assert resumed.kept.codes == (CALCIUM, VITAMIN)
    assert resumed.kept.names[1] == before.basket.lines[0].product.name


def test_a_sale_takes_none_of_them_with_it(shop: Shop, staff: Staff) -> None:
    ready = paid(shop, scanned(shop, VITAMIN))
    keep_open(shop, ready.basket, [CALCIUM])
    settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)
    keep_open(shop, ready.basket, [CALCIUM, CALCIUM])  # one came while it was being settled
    resumed = resume(shop)
    assert not resumed.is_back and resumed.kept.codes == (CALCIUM, CALCIUM)


def test_they_go_with_the_basket_that_took_them_in(shop: Shop) -> None:
    keep_open(shop, scanned(shop, VITAMIN).basket, [CALCIUM])
    keep_open(shop, scanned(shop, VITAMIN, CALCIUM).basket, [])
    assert resume(shop).kept == KeptCodes()
    keep_open(shop, scanned(shop, VITAMIN).basket, [CALCIUM])
    keep_open(shop, counters.new_basket(shop).basket)
    assert resume(shop).kept.codes == (CALCIUM,), "who knows of none leaves them"


@pytest.mark.parametrize("code", [GOLD, PHONE, STRIPE, STRANGE])
def test_what_may_be_a_persons_is_counted_and_kept_nowhere(shop: Shop, code: str) -> None:
    keep_open(shop, scanned(shop, VITAMIN).basket, [code, CALCIUM])
    assert stored(shop) == ("", CALCIUM)
    assert resume(shop).kept.lost == 1


def test_an_old_card_is_a_persons_too(shop: Shop, staff: Staff) -> None:
    basket = scanned(shop, SILVER).basket
    assert basket.member_id is not None
    replace_card(shop, basket.member_id, card_no="800777", staff=staff)
    keep_open(shop, basket, [SILVER, "800777"])
    assert stored(shop) == ("", "")


def test_of_what_one_pays_with_not_even_the_number_is_kept(shop: Shop) -> None:
    keep_open(shop, scanned(shop, VITAMIN).basket, [WECHAT, BANK_CARD])
    assert stored(shop) == ()


def obeyed(till: ConsoleTill, line: str) -> str:
    answer = till.obey(line)
    assert answer is not None and answer.ok
    return answer.say


def test_the_till_without_a_screen_names_them_until_it_has_another_basket(home: Home) -> None:
    with home.shop() as shop:
        keep_open(shop, scanned(shop, VITAMIN).basket, [CALCIUM, GOLD])
    with home.console() as till:
        said = obeyed(till, f"login {PIN}")
        assert f"请再扫：{CALCIUM}" in said and "还扫了 1 个码，没有留下" in said
        obeyed(till, f"scan {CALCIUM}")
        assert stored(till.shop) == ()
