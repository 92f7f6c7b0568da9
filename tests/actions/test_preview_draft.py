"""放到过去: the recorded sales under the draft, as tables; a receipt of them by both rulebooks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.actions.day import open_day
from core.actions.draft_rules import begin_draft
from core.actions.login import login
from core.actions.preview_draft import Previewed, preview_draft, receipt_by_both, tables_of
from core.errors import BadDates, Cancelled, NoDraft, SaleBroken
from core.rulebook.offers import PercentageOffer
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_settle import GOLD, OXYGEN, VITAMIN, settled
from tests.builders import PIN, Home


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    home = Home.prepared(tmp_path, products="products.csv", members="members.csv")
    with home.shop() as shop:
        yield shop


@pytest.fixture
def boss(shop: Shop) -> Staff:
    staff = login(shop, PIN)
    open_day(shop, float_fen=0, staff=staff)
    settled(shop, staff, GOLD, OXYGEN)
    settled(shop, staff, VITAMIN)
    return staff


def halved(shop: Shop, boss: Staff) -> None:
    draft = begin_draft(shop, staff=boss)
    half = PercentageOffer(id="half", name="半价", rate_bp=5000)
    book = replace(draft.rulebook, offers=(*draft.rulebook.offers, half))
    shop.store.draft.keep(replace(draft, rulebook=book))


def looked(shop: Shop, boss: Staff, first: date, last: date) -> Previewed:
    return preview_draft(shop, first, last, staff=boss, on_priced=lambda _done, _all: None)


def test_days_tiers_and_receipts_add_up_to_the_same(shop: Shop, boss: Staff) -> None:
    halved(shop, boss)
    today = shop.now().business_on
    found = looked(shop, boss, today, today)
    days, tiers, receipts = tables_of(found)
    # 1,000 at 95 % becomes 500, 39 becomes 19.50; the member has 1,425 points, and then 750
    assert days.found.rows == ((today, 2, 989_00, 519_50, 469_50 - 675, -675),)
    [nobody, gold] = tiers.found.rows
    assert nobody == ("", 1, 0, 1, 39_00, 19_50, 19_50, 0)
    assert gold[:3] == ("金卡", 1, 0)
    names = [heading.name for heading in receipts.found.headings]
    at = names.index("cost_fen")
    assert sum(int(row[at] or 0) for row in receipts.found.rows) == 469_50 - 675
    assert found.turn == 1


def test_a_receipt_as_it_was_and_as_it_would_be(shop: Shop, boss: Staff) -> None:
    halved(shop, boss)
    today = shop.now().business_on
    most = looked(shop, boss, today, today).preview.most_changed[0]
    both = receipt_by_both(shop, most.event, staff=boss)
    assert both.before.quote.payable_fen == 950_00
    assert both.after.quote.payable_fen == 500_00
    assert both.before.tier is not None and both.before.tier.code == "gold"
    with pytest.raises(SaleBroken):
        receipt_by_both(shop, 1_000_000, staff=boss)


def test_who_stops_it_gets_nothing_and_changes_nothing(shop: Shop, boss: Staff) -> None:
    halved(shop, boss)
    today = shop.now().business_on

    def stop(_done: int, _all: int) -> None:
        raise Cancelled()

    with pytest.raises(Cancelled):
        preview_draft(shop, today, today, staff=boss, on_priced=stop)
    with pytest.raises(BadDates):
        looked(shop, boss, today, date(2020, 1, 1))


def test_without_a_draft_there_is_nothing_to_look_at(shop: Shop, boss: Staff) -> None:
    today = shop.now().business_on
    with pytest.raises(NoDraft):
        looked(shop, boss, today, today)
    with pytest.raises(NoDraft):
        receipt_by_both(shop, 1, staff=boss)
