"""全店的销售，在这台上问: an office PC finds and adds up what its tills sold as they do."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from core.actions.leaderboard import leaderboard
from core.actions.tickets import Asked, tickets
from core.actions.void import void_sale
from core.shop import Shop
from core.trust.staff import Staff
from storage import preview
from tests.actions.test_return import returned
from tests.actions.test_return_elsewhere import MISTAKE, pulled, told
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_return_elsewhere import other as other
from tests.actions.test_return_elsewhere import second_till as second_till
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, VITAMIN, settled
from tests.actions.test_store_sales import bare_pc as bare_pc
from tests.actions.test_store_sales import brought
from tests.actions.test_store_sales import pc as pc
from tests.builders import manager_of
from tests.chained import Line
from tests.storage.making import forget_triggers


def test_a_ticket_is_found_by_its_number_in_a_day_and_in_a_year(
    shop: Shop, staff: Staff, line: Line, other: Shop, pc: Shop
) -> None:
    for till, who in ((shop, staff), (other, manager_of(other))):
        settled(till, who, VITAMIN)
        told(till, line)
    brought(pc, line)
    on = shop.now().business_on
    for first in (on, on - timedelta(days=365)):
        found = tickets(pc, Asked(first, on, "1"), staff=manager_of(pc)).rows
        assert {row.no for row in found} == {"S01-T1-000001", "S01-T2-000001"}, first


def test_a_ticket_is_found_by_the_end_of_its_number(
    shop: Shop, staff: Staff, line: Line, pc: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.sales.search._LEAST_OF_AN_END", 1)
    for _ in range(11):
        settled(shop, staff, VITAMIN)
    told(shop, line)
    brought(pc, line)
    on = shop.now().business_on
    for each in (shop, pc):
        found = tickets(each, Asked(on, on, "1"), staff=manager_of(each)).rows
        assert [row.no[-2:] for row in found] == ["11", "01"]


def test_its_leaderboard_is_of_what_all_tills_sold(
    shop: Shop, staff: Staff, line: Line, other: Shop, pc: Shop
) -> None:
    told(shop, line)
    for each in (other, pc):
        pulled(each, line)
    settled(shop, staff, GOLD, VITAMIN, CALCIUM)
    settled(other, manager_of(other), GOLD, CALCIUM, CALCIUM)
    returned(shop, settled(shop, staff, NORMAL, VITAMIN, VITAMIN).sale, {1: 1000}, staff)
    wrong = settled(shop, staff, GOLD, CALCIUM).sale
    void_sale(shop, wrong.sale_id, explanation=MISTAKE, staff=staff)
    for each in (shop, other):
        told(each, line)
    on = shop.now().business_on
    there: Counter[str] = Counter()
    for each in (shop, other):
        for placed in leaderboard(each, on, on, staff=manager_of(each)):
            there[placed.earned.card_no] += placed.earned.points
    brought(pc, line)
    pulled(pc, line)
    boss = manager_of(pc)
    shown = leaderboard(pc, on, on, staff=boss)
    assert {each.earned.card_no: each.earned.points for each in shown} == there
    assert len(there) == 2
    before = on - timedelta(days=1)
    assert not leaderboard(pc, before, before, staff=boss)


def test_a_preview_reads_none_but_the_sales_of_its_days(
    shop: Shop, staff: Staff, line: Line, pc: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        settled(shop, staff, VITAMIN)
    told(shop, line)
    brought(pc, line)
    store: Any = pc.store
    with store.writer() as connection:
        forget_triggers(connection)
        middle = "SELECT n FROM sales ORDER BY n LIMIT 1 OFFSET 1"
        connection.execute(f"UPDATE sales SET business_on = 1 WHERE n = ({middle})", ())
    read: list[bytes] = []
    monkeypatch.setattr(preview, "with_rulebook", lambda data, _book: read.append(data) or data)
    on = shop.now().business_on
    with pc.store.read() as look:
        rulebook = look.rulebooks.current()
    pc.store.past.preview(rulebook, lambda *_: None, since=on, until=on, most=9)
    assert len(read) == 2
    with store.writer() as connection:
        connection.execute(
            "UPDATE sales SET business_on = ? WHERE business_on = 1", (on.toordinal(),)
        )
