"""全店的报表: an office PC's reports say what its tills say, of goods and people new to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from core.actions.merge_members import merge_members
from core.actions.reports import report
from core.actions.return_sale import return_sale
from core.actions.tickets import Asked, tickets
from core.actions.today import today
from core.actions.undo_merge import undo_merge
from core.ports.insight import Value
from core.sales.search import ANY
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_return_elsewhere import TOO_MANY, fetched, pulled, returned, told
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_return_elsewhere import other as other
from tests.actions.test_return_elsewhere import second_till as second_till
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, VITAMIN, settled
from tests.actions.test_store_sales import bare_pc as bare_pc
from tests.actions.test_store_sales import brought, copied, figures, joined
from tests.actions.test_store_sales import pc as pc
from tests.actions.test_take_members import id_of
from tests.actions.test_undo_merge import merges_of
from tests.builders import PIN, GoingOn, Home, manager_of
from tests.chained import Line

HOUR_US = 3_600_000_000
GOODS = ("products", "categories", "brands")


def rows(shop: Shop, question: str) -> Sequence[tuple[Value, ...]]:
    """Of today and of the days beside it."""
    on, some = shop.now().business_on, timedelta(days=3)
    return report(shop, question, on - some, on + some).found.rows


def opened(shop: Shop) -> list[set[str]]:
    """The tickets that a row of a product, and that of a category, open."""
    on, boss = shop.now().business_on, manager_of(shop)
    asked = (Asked(on, on, code=VITAMIN), Asked(on, on, among=replace(ANY, category="保健品")))
    return [{row.no for row in tickets(shop, each, staff=boss).rows} for each in asked]


@pytest.fixture
def empty_pc(tmp_path: Path) -> Home:
    """An office PC that nobody brought any goods to."""
    home = Home(tmp_path / "empty_pc")
    place = ("--store-code", "S01", "--store", "中山路店", "--till", "9")
    home.command("setup", *place, "--manager", "店长", "--pin", PIN)
    with home.shop() as shop, shop.store.write() as tx:
        tx.set_till(replace(tx.till, till_no=0))
    return home


def test_goods_that_it_did_not_know_come_with_the_sale_that_tells_them(
    shop: Shop, staff: Staff, line: Line, empty_pc: Home
) -> None:
    sale = settled(shop, staff, GOLD, VITAMIN, VITAMIN, CALCIUM).sale
    settled(shop, staff, NORMAL, CALCIUM)
    what: dict[str, Any] = {"return_id": shop.new_id(), "explanation": TOO_MANY, "staff": staff}
    return_sale(shop, sale.sale_id, {1: 1000}, **what)
    told(shop, line)
    with joined(empty_pc, line) as pc:
        brought(pc, line)
        for question in GOODS:
            assert rows(pc, question) == rows(shop, question)
        assert {row[0] for row in rows(pc, "products")} == {VITAMIN, CALCIUM}
        before = [rows(pc, question) for question in GOODS]
        with pc.store.read() as look:
            assert look.products.by_code(VITAMIN) is None, "nobody here said what it costs"
        of_goods = opened(pc)
        assert of_goods == opened(shop) and of_goods[0] == {sale.no}
    renamed = empty_pc.path.parent / "goods.csv"
    text = Path("tests/stories/products.csv").read_text("utf-8")
    renamed.write_text(text.replace("保健品", "营养品"), "utf-8")
    empty_pc.command("import", "products", str(renamed))
    settled(shop, staff, GOLD, VITAMIN)
    told(shop, line)
    with empty_pc.shop() as pc:
        brought(pc, line)
        products = rows(pc, "products")
        assert [row[0] for row in products] == [row[0] for row in rows(shop, "products")]
        assert products == rows(shop, "products"), "known by one number before and after"
        categories = rows(pc, "categories")
        assert [row[1:] for row in categories] == [row[1:] for row in rows(shop, "categories")]
        assert before[1] != categories
        assert opened(pc)[0] == opened(shop)[0] > of_goods[0]
        among = replace(ANY, category="营养品")
        on = pc.now().business_on
        of_sort = tickets(pc, Asked(on, on, among=among), staff=manager_of(pc)).rows
        assert {row.no for row in of_sort} == opened(shop)[1]
        pc.store.insight.rebuild(lambda *_: None)
        assert (rows(pc, "products"), rows(pc, "categories")) == (products, categories)
    assert empty_pc.findings() == []


def test_of_what_came_before_the_goods_are_known_as_the_sales_told_them(
    shop: Shop, staff: Staff, line: Line, empty_pc: Home
) -> None:
    """What the step of the store does where an older program took the sales."""
    settled(shop, staff, GOLD, VITAMIN, CALCIUM)
    settled(shop, staff, NORMAL, CALCIUM)
    told(shop, line)
    with joined(empty_pc, line) as pc:
        brought(pc, line)
        with shop.store.read() as look:
            known = [p for code in (VITAMIN, CALCIUM) if (p := look.products.by_code(code))]
        goods = "SELECT code, name, category, brand FROM brought_goods ORDER BY code"
        step = Path("storage/migrations/versions/r0027_brought_goods.sql").read_text("utf-8")
        (fill,) = (each for each in step.split("\n\n") if each.startswith("INSERT"))
        store: Any = pc.store
        with store.write() as tx:
            connection = tx.mirror._connection
            told_goods = connection.execute(goods).fetchall()
            product = next(p for p in known if p.code == VITAMIN)
            tx.products.add(product)
            connection.execute("DELETE FROM brought_goods")
            connection.execute(fill)
            assert connection.execute(goods).fetchall() == told_goods, "imported after its sale"
            assert len(told_goods) == 2 and all(category for _, _, category, _ in told_goods)


def test_what_another_till_sold_is_taken_off_where_it_came_back(
    shop: Shop, staff: Staff, line: Line, other: Shop, pc: Shop
) -> None:
    sale = settled(shop, staff, GOLD, VITAMIN, VITAMIN).sale
    settled(other, manager_of(other), CALCIUM)
    told(shop, line)
    fetched(other, line, sale.no)
    back = returned(other, line, sale, {1: 1000}).back_fen
    told(other, line)
    brought(pc, line)
    assert back > 0
    for each in (shop, other, pc):
        now = today(each, staff=manager_of(each)).now
        ((_, tickets, taken, _),) = rows(each, "days")
        assert (tickets, taken) == (now.tickets, now.taken_fen)
        for question in ("hours", "cashiers", "tiers", *GOODS):
            column = 2 if question in ("hours", "cashiers", "products") else 1
            column = {"tiers": 3, "products": 3, "categories": 2, "brands": 2}.get(question, column)
            assert sum(row[column] for row in rows(each, question)) == taken  # type: ignore[misc]
    assert figures(pc) == figures(shop, other)


def test_after_four_in_the_morning_a_return_is_of_the_new_day_like_a_sale(
    shop: Shop, staff: Staff, line: Line, pc: Shop
) -> None:
    clock = GoingOn(shop)
    late, seen = replace(shop, clock=clock), replace(pc, clock=clock)
    sold_before = settled(late, staff, GOLD, VITAMIN, VITAMIN).sale
    first = late.now().business_on
    while late.now().business_on == first:
        clock.ahead_us += HOUR_US
    settled(late, staff, GOLD, CALCIUM)
    what: dict[str, Any] = {"return_id": late.new_id(), "explanation": TOO_MANY, "staff": staff}
    return_sale(late, sold_before.sale_id, {1: 1000}, **what)
    told(late, line)
    brought(seen, line)
    for each in (late, seen):
        now = today(each, staff=manager_of(each)).now
        before, after = rows(each, "days")
        assert (before[0], before[2]) == (first, sold_before.payable_fen)
        assert (after[1], after[2]) == (now.tickets, now.taken_fen)
    assert today(late, staff=staff).now.taken_fen == today(seen, staff=manager_of(pc)).now.taken_fen


def test_who_were_made_one_before_it_heard_of_them_count_once(
    shop: Shop, staff: Staff, line: Line, bare_pc: Home, tmp_path: Path
) -> None:
    for card in (GOLD, NORMAL):
        settled(shop, staff, card, VITAMIN)
    merge_members(shop, NORMAL, GOLD, staff=staff)
    told(shop, line)
    home = copied(bare_pc, tmp_path)
    with joined(home, line) as pc:
        pulled(pc, line)
        brought(pc, line)
        for question in ("members", "tiers", "growth", "frequency"):
            assert rows(pc, question) == rows(shop, question)
        assert rows(pc, "members")[0][0] == 1
        (merge,) = merges_of(shop, GOLD)
        undo_merge(shop, id_of(shop, GOLD), merge.merge_id, staff=staff)
        told(shop, line)
        pulled(pc, line)
        assert rows(pc, "members")[0][0] == 2 == rows(shop, "members")[0][0]
    assert home.findings() == []
