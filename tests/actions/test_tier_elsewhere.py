"""等级依据, of other tills: what a member bought anywhere counts at the sale here."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from core.actions.sync import leave_chain
from core.shop import Shop
from core.sync.directory import SaleCounted
from core.trust.staff import Staff
from core.values.ident import uuid7
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_settle import GOLD, NORMAL, VITAMIN, settled
from tests.builders import file_of, manager_of
from tests.chained import Line
from tests.telling import ALL_READ, hear, person_of, told

PRICE_FEN = 37_00
SILVER_FEN = 1000_00


def sold(fen: int, on: date, no: int = 1) -> SaleCounted:
    """A sale of another till."""
    return SaleCounted(uuid7(1, bytes([no] * 10)), on, fen, fen, fen // 100)


def tell(shop: Shop, card: str, *sales: SaleCounted, **more: object) -> UUID:
    """Head office says so of a member."""
    member = file_of(shop, card).member.id
    person = person_of(shop, card)
    (outcome,) = hear(shop, told(member, through=ALL_READ, person=person, counted=sales, **more))
    assert outcome in (True, False)
    return member


@pytest.fixture
def today(shop: Shop) -> date:
    return shop.now().business_on


@pytest.mark.parametrize(
    ("elsewhere_fen", "tier"),
    [(SILVER_FEN - PRICE_FEN, "silver"), (SILVER_FEN - PRICE_FEN - 1, "normal")],
)
def test_it_counts_at_the_sale_here(
    shop: Shop, staff: Staff, today: date, elsewhere_fen: int, tier: str
) -> None:
    tell(shop, NORMAL, sold(elsewhere_fen, today))
    assert settled(shop, staff, NORMAL, VITAMIN).sale.tier_after == tier


def test_what_lies_before_the_window_counts_no_more(shop: Shop, staff: Staff, today: date) -> None:
    tell(shop, NORMAL, sold(SILVER_FEN, today - timedelta(days=400)))
    assert settled(shop, staff, NORMAL, VITAMIN).sale.tier_after == "normal"


def test_a_sale_of_this_till_is_not_counted_twice(shop: Shop, staff: Staff, today: date) -> None:
    first = settled(shop, staff, NORMAL, VITAMIN).sale
    own = SaleCounted(first.sale_id, today, PRICE_FEN, PRICE_FEN, 37)
    tell(shop, NORMAL, own, sold(SILVER_FEN - 2 * PRICE_FEN - 1, today))
    assert settled(shop, staff, NORMAL, VITAMIN).sale.tier_after == "normal"
    assert settled(shop, staff, NORMAL, VITAMIN).sale.tier_after == "silver"


def test_what_is_said_now_takes_the_place_of_what_was(
    shop: Shop, staff: Staff, today: date
) -> None:
    tell(shop, NORMAL, sold(SILVER_FEN, today), sold(50_00, today, 2))
    tell(shop, NORMAL, sold(50_00, today, 2))
    assert settled(shop, staff, NORMAL, VITAMIN).sale.tier_after == "normal"


def test_who_was_merged_counts_once(shop: Shop, today: date) -> None:
    gone = tell(shop, NORMAL, sold(300_00, today))
    into = tell(shop, GOLD, sold(300_00, today), sold(40_00, today, 2), known_as=(gone,))
    with shop.store.read() as reading:
        there = [each.spend_fen for each in reading.tiers.counted(into, since=today)]
    assert sorted(there) == [40_00, 300_00]


def test_whoever_leaves_the_chain_counts_what_was_bought_here(
    shop: Shop, staff: Staff, line: Line, today: date
) -> None:
    tell(shop, NORMAL, sold(SILVER_FEN, today))
    leave_chain(shop, staff=manager_of(shop))
    assert settled(shop, staff, NORMAL, VITAMIN).sale.tier_after == "normal"
