"""A tier at the counter: its benefits are used on the member's sheet, its loss is said."""

from __future__ import annotations

from datetime import date

from core.actions.look_at_tiers import tier_history
from core.actions.use_benefit import member_benefits
from core.members.held_tiers import FallenTier
from tests.actions.tier_schemes import PAID, with_scheme
from tests.ui.till.counter.at_counter import CARD, VITAMIN, Cashier
from tests.ui.till.counter.test_counter_member import banners, open_sheet


def test_a_benefit_is_used_and_given_back_on_the_sheet(cashier: Cashier) -> None:
    with_scheme(cashier.shop, PAID)
    cashier.scan(CARD)
    file = cashier.counter.file
    assert file is not None
    open_sheet(cashier)
    side = cashier.window.sheets.member.side
    side.what._parts[2].click()
    assert (side.use.isEnabled(), side.give_back.isEnabled()) == (True, False)
    side.use.click()
    cashier.wait(lambda: side.give_back.isEnabled())
    assert member_benefits(cashier.shop, file.member.id)[0].left == 0
    assert not side.use.isEnabled()
    side.give_back.click()
    cashier.wait(lambda: side.use.isEnabled())
    assert member_benefits(cashier.shop, file.member.id)[0].left == 1
    assert not tier_history(cashier.shop, file.member.id)


def test_a_tier_that_was_lost_is_said_until_the_sale(cashier: Cashier) -> None:
    cashier.scan(CARD)
    file = cashier.counter.file
    assert file is not None
    with cashier.shop.store.write() as tx:
        tx.tiers.fell(file.member.id, FallenTier("diamond", date(2026, 11, 1)))
    cashier.scan(CARD)
    assert any(title.startswith("钻石卡到期") for title in banners(cashier))
    cashier.scan(VITAMIN)
    cashier.pay()
    cashier.settle_down()
    cashier.press("Esc")
    cashier.scan(CARD)
    assert not any("到期" in title for title in banners(cashier))
