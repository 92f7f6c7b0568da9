"""小票: tickets of any day by whom, of what and with which offer; a paper with its others."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.actions.papers_of import PaperKind, papers_of
from core.actions.tickets import Asked, Ticket, tickets
from core.actions.today import sold
from core.actions.void import void_sale
from core.errors import BadDates, NoSuchSale
from core.sales.search import Among
from core.shop import Shop
from core.values.moment import local_time
from tests.actions.test_find_sales import FIRST, MISTAKE, SECOND, THIRD, sold_in
from tests.actions.test_return import returned
from tests.actions.test_settle import CALCIUM, GOLD, VITAMIN
from tests.builders import Home, manager_of

BACK = f"{FIRST}-R1"


@pytest.fixture(scope="module")
def shop(furnished: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The first came back in part today, the second was voided."""
    folder = tmp_path_factory.mktemp("tickets")
    with sold_in(Home(Path(shutil.copytree(furnished.path, folder / "home")))) as shop:
        staff = manager_of(shop)
        with shop.store.read() as reading:
            first, second = reading.sales.by_no(FIRST), reading.sales.by_no(SECOND)
        assert first is not None and second is not None
        returned(shop, first, {1: 1000}, staff)
        void_sale(shop, second.sale_id, explanation=MISTAKE, staff=staff)
        yield shop


def rows(shop: Shop, **named: object) -> tuple[Ticket, ...]:
    today = shop.now().business_on
    asked = Asked(**{"first": today - timedelta(days=7), "last": today} | named)
    return tickets(shop, asked, staff=manager_of(shop)).rows


def numbers(shop: Shop, **named: object) -> list[str]:
    return sorted(row.no for row in rows(shop, **named))


def test_a_day_has_its_sales_its_voids_and_what_came_back(shop: Shop) -> None:
    today = shop.now().business_on
    earlier = today - timedelta(days=2)
    assert numbers(shop, first=today) == [BACK, SECOND, THIRD]
    assert numbers(shop, first=earlier, last=earlier) == [FIRST]
    assert numbers(shop, first=today - timedelta(days=1), last=today - timedelta(days=1)) == []
    by_no = {row.no: row for row in rows(shop)}
    assert by_no[SECOND].is_voided and not by_no[THIRD].is_voided
    assert by_no[FIRST].returned_fen == -by_no[BACK].fen > 0
    assert {row.cashier for row in by_no.values()} == {manager_of(shop).name}


def test_a_word_a_product_an_hour_and_a_person_narrow_them(shop: Shop) -> None:
    staff, third = manager_of(shop), next(row for row in rows(shop) if row.no == THIRD)
    assert numbers(shop, text=GOLD) == [FIRST]
    assert numbers(shop, text="昨天") == []
    assert numbers(shop, code=VITAMIN) == [FIRST, THIRD]
    assert numbers(shop, code=VITAMIN, text=CALCIUM) == [THIRD]
    assert numbers(shop, code="0000") == [], "a product that is gone was sold in none of them"
    with shop.store.read() as reading:
        hour = local_time(third.at_us, reading.till.zone).hour
    assert THIRD in numbers(shop, hour=hour) and SECOND not in numbers(shop, hour=hour)
    assert len(numbers(shop, among=Among(staff_no=staff.no))) == 4
    assert numbers(shop, among=Among(staff_no=99)) == []
    assert numbers(shop, among=Among(from_us=third.at_us + 1)) == []
    assert THIRD in numbers(shop, among=Among(from_us=third.at_us, until_us=third.at_us))


def test_a_sort_of_goods_and_what_was_given_away_narrow_them(shop: Shop) -> None:
    with shop.store.read() as reading:
        vitamin = reading.products.by_code(VITAMIN)
        sale = reading.sales.by_no(FIRST)
    assert vitamin is not None and sale is not None
    of_sort = numbers(shop, among=Among(category=vitamin.category))
    assert FIRST in of_sort and BACK not in of_sort
    assert FIRST in numbers(shop, among=Among(brand=vitamin.brand))
    assert numbers(shop, among=Among(category="没有这一类")) == []
    savings = [line for line in sale.receipt.lines if hasattr(line, "reason")]
    given = (savings[0].reason, savings[0].label)
    assert FIRST in numbers(shop, among=Among(saving=given))
    assert numbers(shop, among=Among(saving=(given[0], "别的"))) == []
    assert numbers(shop, among=Among(offer="none")) == []


def test_days_the_wrong_way_round_are_refused(shop: Shop) -> None:
    today = shop.now().business_on
    with pytest.raises(BadDates):
        rows(shop, first=today, last=today - timedelta(days=1))


def test_a_paper_comes_with_those_that_belong_to_it(shop: Shop) -> None:
    def kinds(no: str) -> list[tuple[PaperKind, str]]:
        papers = papers_of(shop, no, staff=manager_of(shop))
        assert all(paper.receipt.no for paper in papers)
        return [(paper.kind, paper.no) for paper in papers]

    sale_and_return = [(PaperKind.SALE, FIRST), (PaperKind.RETURN, BACK)]
    assert kinds(FIRST) == kinds(BACK) == sale_and_return
    assert kinds(SECOND) == [(PaperKind.SALE, SECOND), (PaperKind.VOID, SECOND)]
    with pytest.raises(NoSuchSale):
        kinds("S01-T1-000999")


def test_the_tickets_of_today_name_their_cashier(shop: Shop) -> None:
    staff = manager_of(shop)
    assert {row.cashier for row in sold(shop, staff=staff)} == {staff.name}
