"""样品: the tables and the rulebook that come with the program can be brought in."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from core.catalog.product_table import ProductRow, read_products
from core.members.birthday import celebrated_in
from core.members.member_table import MemberRow, read_members
from core.rulebook.parse import rulebook_of
from core.values.gtin import is_checked
from core.values.table import BadRow
from storage.tables import open_table

RESOURCES = Path(__file__).parents[2] / "resources"
RULEBOOK = rulebook_of(json.loads((RESOURCES / "rulebooks" / "pharmacy.json").read_text()))


@pytest.fixture(scope="module")
def products() -> list[ProductRow | BadRow]:
    with open_table(RESOURCES / "sample" / "products.csv") as table:
        return list(read_products(table.headings, table.rows()))


@pytest.fixture(scope="module")
def members() -> list[MemberRow | BadRow]:
    with open_table(RESOURCES / "sample" / "members.csv") as table:
        return list(read_members(table.headings, table.rows(), RULEBOOK.scheme, today=date.min))


def test_every_product_of_the_sample_can_be_imported(products):
    assert len(products) >= 60
    assert [row for row in products if isinstance(row, BadRow)] == []


def test_every_member_of_the_sample_can_be_imported(members):
    assert len(members) >= 40
    assert [row for row in members if isinstance(row, BadRow)] == []


@pytest.mark.parametrize(
    ("name", "spec", "price_fen", "member_price_fen"),
    [
        ("维生素C咀嚼片", "100片/瓶", 39_00, 37_00),
        ("碳酸钙D3片", "60片/瓶", 68_00, None),
        ("感冒灵颗粒", "9袋/盒", 15_80, None),
        ("阿托伐他汀钙片", "20mg × 7片", 42_60, None),
        ("枸杞子（散装）", "", 96_00, None),
        ("医用外科口罩", "50只/盒", 29_90, None),
        ("山楂丸", "9g × 10丸", 18_50, None),
        ("叶黄素软胶囊", "60粒", 89_00, None),
    ],
)
def test_the_products_of_the_drawing_are_there(products, name, spec, price_fen, member_price_fen):
    row = next(row for row in products if row.name == name)
    assert (row.spec, row.price_fen) == (spec, price_fen)
    assert row.member_price_fen == member_price_fen


def test_only_weighed_products_have_a_code_without_check_digit(products):
    for row in products:
        assert row.is_weighed == (len(row.code) == 5)
        assert row.is_weighed or (len(row.code) == 13 and is_checked(row.code))


def test_prescription_is_a_category_and_a_mark(products):
    assert {row.category for row in products if row.is_prescription} == {"处方药"}
    assert all(row.is_prescription for row in products if row.category == "处方药")


def test_no_reduced_price_is_above_the_list(products):
    for row in products:
        for price_fen in (row.member_price_fen, row.special_price_fen):
            assert price_fen is None or price_fen < row.price_fen


def test_li_xiaohua_is_a_gold_member_with_the_first_card(members):
    first = members[0]
    assert (first.card_no, first.name, first.phone) == ("800001", "李小华", "+8613800135678")
    assert (first.tier, first.points) == ("gold", 12_480)


def test_one_name_fills_a_panel(members):
    assert max(len(row.name) for row in members) == 15
    assert any("·" in row.name for row in members if len(row.name) == 15)


def test_birthdays_fall_in_every_month_by_both_calendars(members):
    born = [row.birthday for row in members if row.birthday]
    months = [celebrated_in(birthday, 2026).month for birthday in born]
    assert all(months.count(month) >= 2 for month in range(1, 13))
    assert sum(birthday.is_lunar for birthday in born) >= 5
    assert any(birthday.is_leap for birthday in born)
    assert any(birthday.year is None for birthday in born)
