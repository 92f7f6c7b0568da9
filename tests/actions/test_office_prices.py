"""总部的价: a product costs what head office says of this business day, on every till."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.actions.enrol_till import name_store
from core.actions.feed import page_behind
from core.actions.issue_prices import PricesIssued, issue_prices
from core.actions.office_prices import AT_ONCE, begin_prices
from core.actions.sync import begin, leave_chain
from core.actions.take_snapshot import begin_anew
from core.catalog.product import Product
from core.catalog.product_table import ProductRow
from core.errors import BeginsTooEarly, PriceOfOffice, StoreUnknown
from core.shop import Shop
from core.trust.staff import Staff
from core.values.table import BadRow
from storage.import_check import check_products
from storage.signatures import Ed25519
from tests.actions.test_office_rules import DAY, kept_for_later, later, restored, today
from tests.actions.test_pull import line as line
from tests.actions.test_pull import pulled
from tests.actions.test_settle import VITAMIN
from tests.chained import PROGRAM, Line, events_of

NEW = "6900000000014"


def issue(
    shop: Shop, line: Line, *rows: ProductRow, days: int = 0, store: str = ""
) -> PricesIssued:
    on = today(shop)
    begins_on = on + days * DAY
    return issue_prices(line.office, rows, begins_on=begins_on, today=on, store_code=store)


def row(code: str, price_fen: int, **other: object) -> ProductRow:
    return ProductRow(code=code, name=f"商品{code[-3:]}", price_fen=price_fen, **other)


def product(shop: Shop, code: str) -> Product | None:
    with shop.store.read() as reading:
        return reading.products.by_code(code)


def price(shop: Shop, code: str = VITAMIN) -> int | None:
    found = product(shop, code)
    return found and found.price_fen


def price_on(shop: Shop, days: int) -> int | None:
    """On a later day, once that has begun."""
    day = later(shop, days)
    while begin_prices(day):
        pass
    return price(day)


def test_products_are_new_or_cost_otherwise_from_today(shop: Shop, line: Line) -> None:
    before = product(shop, VITAMIN)
    assert before is not None
    made = issue(shop, line, row(VITAMIN, 77_00, member_price_fen=70_00), row(NEW, 5_00))
    assert made == PricesIssued(2, 0, 0)
    pulled(shop, line)
    now, new = product(shop, VITAMIN), product(shop, NEW)
    assert now is not None and new is not None
    assert (now.id, now.price_fen, now.member_price_fen) == (before.id, 77_00, 70_00)
    assert new.name == "商品014"
    with shop.store.read() as reading:
        assert {each.key for each in reading.suggest("商品014")} == {NEW}
        assert not reading.suggest(before.name)
        repriced = {each.code for each in reading.products.repriced(today(shop), limit=99)}
        assert repriced >= {VITAMIN, NEW}, "their tags are printed anew"
    assert [each.kind for each in events_of(shop)].count("PricesBegan") == 1
    assert issue(shop, line, row(VITAMIN, 77_00, member_price_fen=70_00)).unchanged == 1
    assert pulled(shop, line) == 0


def test_each_price_begins_on_its_day_also_without_a_network(shop: Shop, line: Line) -> None:
    now = price(shop)
    issue(shop, line, row(VITAMIN, 2_00), days=2)
    issue(shop, line, row(VITAMIN, 1_00), days=1)
    issue(shop, line, row(VITAMIN, 3_00), days=3)
    issue(shop, line, row(VITAMIN, 3_33), days=3)
    pulled(shop, line)
    with shop.store.read() as reading:
        assert reading.plans.waiting() == (1, today(shop) + DAY)
    assert [price_on(shop, days) for days in (0, 1, 2, 3)] == [now, 1_00, 2_00, 3_33]
    with shop.store.read() as reading:
        assert reading.plans.waiting() is None


def test_a_till_that_was_away_gets_what_holds_now(shop: Shop, line: Line) -> None:
    for days in (1, 2, 9):
        issue(shop, line, row(VITAMIN, days * 1_00), days=days)
    away = later(shop, 5)
    pulled(away, line)
    assert (price(away), price_on(shop, 9)) == (2_00, 9_00)


def test_what_a_restored_head_office_does_not_know_begins_on_no_till(
    shop: Shop, line: Line, tmp_path: Path
) -> None:
    issue(shop, line, row(VITAMIN, 5_00))
    before = kept_for_later(tmp_path)
    issue(shop, line, row(VITAMIN, 1_00), days=1)
    issue(shop, line, row(NEW, 1_00), days=1)
    pulled(shop, line)
    restored(line, tmp_path, before)
    pulled(shop, line)
    begin_anew(shop)
    pulled(shop, line)
    assert price_on(shop, 1) == 5_00
    assert product(shop, NEW) is None


def test_what_a_store_pays_holds_there_until_the_next_word(shop: Shop, line: Line) -> None:
    name_store(line.office, "S02", "北京路店")
    with pytest.raises(StoreUnknown):
        issue(shop, line, row(VITAMIN, 1_00), store="S09")
    with pytest.raises(BeginsTooEarly):
        issue(shop, line, row(VITAMIN, 1_00), days=-1)
    issue(shop, line, row(VITAMIN, 10_00))
    issue(shop, line, row(VITAMIN, 9_00), store="S01")
    issue(shop, line, row(VITAMIN, 8_00), store="S02")
    pulled(shop, line)
    assert price(shop) == 9_00
    assert issue(shop, line, row(VITAMIN, 10_00), days=1).changed == 1, "other than in the stores"
    pulled(shop, line)
    assert price_on(shop, 1) == 10_00


def test_thousands_begin_in_short_steps(shop: Shop, line: Line) -> None:
    rows = [row(f"{number:04}", number + 100) for number in range(2 * AT_ONCE + 1)]
    issue(shop, line, *rows, days=1)
    pulled(shop, line)
    morning, steps = later(shop, 1), 1
    while begin_prices(morning):
        steps += 1
    assert steps == 3
    assert [price(shop, each.code) for each in rows] == [each.price_fen for each in rows]


def test_a_table_of_a_till_says_no_other_price(shop: Shop, staff: Staff, line: Line) -> None:
    issue(shop, line, row(VITAMIN, 77_00), row(NEW, 5_00))
    pulled(shop, line)
    rows = [row(VITAMIN, 1_00, line=2), row(NEW, 5_00, line=3), row("77", 1_00, line=4)]
    bad, *good = check_products(shop.store, rows)
    assert isinstance(bad, BadRow)
    assert (bad.line, type(bad.error)) == (2, PriceOfOffice)
    assert good == rows[1:]
    leave_chain(shop, staff=staff)
    assert [*check_products(shop.store, rows)] == rows


def test_a_code_that_is_a_card_here_is_laid_aside(shop: Shop, staff: Staff, line: Line) -> None:
    with shop.store.read() as reading:
        card = reading.suggest("138")[0].key
    issue(shop, line, row(card, 1_00), row(NEW, 5_00))
    pulled(shop, line)
    assert (price(shop, card), price(shop, NEW)) == (None, 5_00)
    with shop.store.read() as reading:
        assert [(each.about, each.error) for each in reading.feed.aside()] == [(card, "CardTaken")]


def test_what_was_over_before_a_till_came_is_not_sent(shop: Shop, line: Line) -> None:
    for days in (0, 1, 2):
        issue(shop, line, row(VITAMIN, 1_00 + days), days=days)
    session, _ = begin(shop, line, Ed25519(), program=PROGRAM)
    page = page_behind(line.office, session.token, "")
    (plans,) = (each for each in page.changes if each.topic == "product")
    assert bytes(plans.value).count(b"begins_on") == 3
