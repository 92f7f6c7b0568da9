"""看规则: the versions that are kept, and the day of the first sale under each of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from core.actions.day import open_day
from core.actions.login import login
from core.actions.look_at_rules import look_at_rules, two_versions
from core.actions.set_up import add_staff
from core.errors import NotAllowed
from core.shop import Shop
from core.trust.staff import Role
from tests.actions.test_settle import NORMAL, VITAMIN, settled
from tests.builders import FANG_PIN, PIN, Home


def publish(home_shop: Shop, count: int) -> None:
    """So many versions more, that say what the newest one says."""
    for _ in range(count):
        with home_shop.store.write() as tx:
            book = tx.rulebooks.current()
            tx.rulebooks.add(replace(book, version=book.version + 1))


@pytest.mark.parametrize("before", [0, 1, 2, 3, 5])
def test_the_first_sale_of_each_version_is_found(tmp_path: Path, before: int) -> None:
    home = Home.prepared(tmp_path, products="products.csv", members="members.csv")
    with home.shop() as shop:
        staff = login(shop, PIN)
        open_day(shop, float_fen=0, staff=staff)
        for _ in range(before):
            settled(shop, staff, NORMAL, VITAMIN)
        publish(shop, 2)
        settled(shop, staff, VITAMIN)
        rules = look_at_rules(shop, staff=staff)
        assert [each.version for each in rules.versions] == [3, 2, 1]
        used = [rules.on, None, rules.on if before else None]
        assert [each.first_on for each in rules.versions] == used


def test_a_shop_that_sold_nothing_has_no_day(tmp_path: Path) -> None:
    home = Home.prepared(tmp_path)
    with home.shop() as shop:
        rules = look_at_rules(shop, staff=login(shop, PIN))
        assert [each.first_on for each in rules.versions] == [None]
        assert rules.chain == ""


def test_who_may_not_look_at_takings_sees_no_rules(tmp_path: Path) -> None:
    home = Home.prepared(tmp_path)
    with home.shop() as shop:
        boss = login(shop, PIN)
        add_staff(shop, name="王芳", pin=FANG_PIN, role=Role.CASHIER)
        cashier = login(shop, FANG_PIN, name="王芳")
        assert boss != cashier
        with pytest.raises(NotAllowed):
            look_at_rules(shop, staff=cashier)
        with pytest.raises(NotAllowed):
            two_versions(shop, 1, 1, staff=cashier)
