"""升级: each kind of scheme gives its tier with the sale, and what comes back takes it again."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from core.actions.merge_members import merge_members
from core.actions.return_sale import preview_return
from core.actions.scan import find
from core.actions.settle import settle
from core.actions.void import void_sale
from core.errors import CardNeedsMember
from core.pricing.tender import Tender, TenderKind
from core.rulebook.schemes import TierScheme
from core.sales.explanation import CounterReason, Explanation
from core.sales.receipt import Receipt, UpgradeLine
from core.shop import Shop
from core.trust.staff import Staff
from core.values.moment import months_after
from tests.actions.test_return import returned
from tests.actions.test_settle import CALCIUM, NORMAL, OXYGEN, VITAMIN, paid, scanned, settled
from tests.actions.test_shift import facts
from tests.actions.tier_schemes import MASKS, PAID, POINTS, SCORE, SPEND, seen, tier_of, with_scheme

ATORVASTATIN = "6901234567830"
MISTAKE = Explanation(CounterReason.WRONG_PRODUCT)


def upgrades(receipt: Receipt) -> list[str]:
    return [line.tier_name for line in receipt.lines if isinstance(line, UpgradeLine)]


@pytest.mark.parametrize("scheme", [SPEND, POINTS, SCORE], ids=lambda scheme: scheme.kind)
def test_a_sale_that_reaches_a_tier_says_so_and_a_return_takes_it_again(
    shop: Shop, staff: Staff, scheme: TierScheme
) -> None:
    with_scheme(shop, scheme)
    before = seen(shop, NORMAL)
    sale = settled(shop, staff, NORMAL, OXYGEN).sale
    assert upgrades(sale.receipt) == ["银卡"]
    assert tier_of(shop, NORMAL) == "silver"
    shown = preview_return(shop, sale.no, {1: 1000}, staff=staff)
    assert shown.fallen_to == "普通"
    returned(shop, sale, {1: 1000}, staff)
    assert seen(shop, NORMAL) == replace(before, counted=seen(shop, NORMAL).counted)
    assert seen(shop, NORMAL).figures.purchases == 0


@pytest.mark.parametrize("scheme", [POINTS, SCORE], ids=lambda scheme: scheme.kind)
def test_a_void_takes_it_again_too(shop: Shop, staff: Staff, scheme: TierScheme) -> None:
    with_scheme(shop, scheme)
    sale = settled(shop, staff, NORMAL, OXYGEN).sale
    void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    assert tier_of(shop, NORMAL) == "normal"


def test_the_history_keeps_what_a_score_came_from(shop: Shop, staff: Staff) -> None:
    with_scheme(shop, SCORE)
    settled(shop, staff, NORMAL, OXYGEN)
    with shop.store.read() as reading:
        (change,) = reading.members.tier_changes(seen(shop, NORMAL).member.id)
    assert change.measured is not None
    assert (change.measured.kind, change.measured.measure) == ("score", 12)
    assert change.measured.figures == seen(shop, NORMAL).figures
    assert facts(shop, "SaleSettled")[-1]["measured"]["measure"] == 12


def test_a_rulebook_may_count_all_the_money(shop: Shop, staff: Staff) -> None:
    """Prescriptions earn nothing, and count nothing unless it says so."""
    settled(shop, staff, NORMAL, ATORVASTATIN)
    assert seen(shop, NORMAL).figures.spend_fen == 0
    with_scheme(shop, replace(SPEND, counts="payable"))
    assert seen(shop, NORMAL).figures.spend_fen == 42_60
    sale = settled(shop, staff, NORMAL, OXYGEN, ATORVASTATIN).sale
    assert tier_of(shop, NORMAL) == "silver"
    returned(shop, sale, {1: 1000}, staff)
    assert (tier_of(shop, NORMAL), seen(shop, NORMAL).figures.spend_fen) == ("normal", 85_20)


def test_a_card_that_is_bought_gives_its_tier_for_its_term(shop: Shop, staff: Staff) -> None:
    with_scheme(shop, PAID)
    before = seen(shop, NORMAL).member
    sale = settled(shop, staff, NORMAL, MASKS).sale
    file = seen(shop, NORMAL)
    assert upgrades(sale.receipt) == ["银卡"]
    assert file.member.tier == "silver"
    with shop.store.read() as reading:
        today = shop.moment(reading).business_on
    assert file.member.tier_until == months_after(today, 12)
    assert file.base_tier.tier == "normal"
    assert scanned(shop, NORMAL, CALCIUM).quote.payable_fen == 66_64
    assert find(shop, NORMAL)[0].tier == "银卡"
    # Bought once more it begins where the first one ends, and comes back in the reverse order.
    again = settled(shop, staff, NORMAL, MASKS).sale
    assert upgrades(again.receipt) == []
    assert seen(shop, NORMAL).member.tier_until == months_after(months_after(today, 12), 12)
    returned(shop, sale, {1: 1000}, staff)
    assert seen(shop, NORMAL).member.tier_until == months_after(today, 12)
    assert preview_return(shop, again.no, {1: 1000}, staff=staff).fallen_to == "普通"
    returned(shop, again, {1: 1000}, staff)
    assert seen(shop, NORMAL).member == before


def test_of_two_cards_on_one_line_the_last_comes_back_first(shop: Shop, staff: Staff) -> None:
    with_scheme(shop, PAID)
    sale = settled(shop, staff, NORMAL, MASKS, MASKS).sale
    first = seen(shop, NORMAL).member.tier_until
    returned(shop, sale, {1: 1000}, staff)
    until = seen(shop, NORMAL).member.tier_until
    assert isinstance(first, date) and isinstance(until, date)
    assert (first.year, until.year) == (until.year + 1, first.year - 1)
    returned(shop, sale, {1: 1000}, staff)
    assert tier_of(shop, NORMAL) == "normal"


def test_a_card_is_sold_to_nobody_but_a_member(shop: Shop, staff: Staff) -> None:
    with_scheme(shop, PAID)
    ready = paid(shop, scanned(shop, MASKS))
    with pytest.raises(CardNeedsMember):
        settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)


def test_figures_climb_beneath_a_card_and_above_it(shop: Shop, staff: Staff) -> None:
    with_scheme(shop, PAID)
    settled(shop, staff, NORMAL, MASKS)
    sale = settled(shop, staff, NORMAL, *[OXYGEN] * 6).sale
    assert upgrades(sale.receipt) == ["金卡"]
    assert seen(shop, NORMAL).base is None
    returned(shop, sale, {1: 6000}, staff)
    assert (tier_of(shop, NORMAL), seen(shop, NORMAL).base_tier.tier) == ("silver", "normal")


def test_who_is_merged_brings_the_card(shop: Shop, staff: Staff) -> None:
    with_scheme(shop, PAID)
    ready = paid(shop, scanned(shop, NORMAL, MASKS), Tender(TenderKind.CASH, 30_00))
    settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)
    settled(shop, staff, VITAMIN)
    with_scheme(shop, replace(PAID, tiers=PAID.tiers[:2]))
    done = merge_members(shop, NORMAL, "800002", staff=staff)
    assert done.tier == "silver"
    assert seen(shop, "800002").held is not None
