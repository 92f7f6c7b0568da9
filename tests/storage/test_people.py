"""The tables that benchmarks are made of are ones that a shop could bring."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.people import write_members, write_products
from core.catalog.product_table import ProductRow, read_products
from core.members.member_table import MemberRow, read_members
from storage.tables import open_table
from tests.storage.test_sample import RULEBOOK


def members_of(path):
    with open_table(path) as table:
        return list(read_members(table.headings, table.rows(), RULEBOOK.scheme, today=date.min))


def test_every_made_member_can_be_imported(tmp_path):
    write_members(tmp_path / "members.csv", 5_000, seed=7)
    members = members_of(tmp_path / "members.csv")
    assert len(members) == 5_000
    assert {type(member) for member in members} == {MemberRow}
    assert len({member.phone for member in members}) == 5_000


def test_made_members_are_spread_as_people_are(tmp_path):
    write_members(tmp_path / "members.csv", 5_000, seed=7)
    members = members_of(tmp_path / "members.csv")
    born = [member.birthday for member in members if member.birthday]
    wang = sum(member.name.startswith("王") for member in members)
    rare = sum(member.name.startswith("尉迟") for member in members)
    assert len(born) / 5_000 == pytest.approx(0.70, abs=0.03)
    assert 300 < sum(birthday.is_lunar for birthday in born) < 600
    assert {birthday.month for birthday in born} == set(range(1, 13))
    assert wang > 250 > 50 > rare > 0
    assert {member.tier for member in members} == {"normal", "silver", "gold", "diamond"}


def test_every_made_product_can_be_imported(tmp_path):
    write_products(tmp_path / "products.csv", 2_000, seed=7)
    with open_table(tmp_path / "products.csv") as table:
        products = list(read_products(table.headings, table.rows()))
    assert len(products) == 2_000
    assert {type(product) for product in products} == {ProductRow}


@pytest.mark.parametrize("write", [write_members, write_products])
def test_one_seed_makes_one_table(tmp_path, write):
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        write(tmp_path / name, 100, seed=seed)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "same").read_bytes()
    assert (tmp_path / "one").read_bytes() != (tmp_path / "other").read_bytes()
