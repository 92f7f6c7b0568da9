"""积分抵扣 is proven: whoever changes what was spent or given back is found by `verify`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.actions.test_return import returned
from tests.actions.test_settle import NORMAL, VITAMIN
from tests.actions.test_spend import give_lot, let_points_pay, sold_for
from tests.builders import Home, manager_of


@pytest.fixture(scope="module")
def spent(furnished: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """1,000 points paid 10.00 of three boxes, one of which came back."""
    home = Home(Path(shutil.copytree(furnished.path, tmp_path_factory.mktemp("spent") / "home")))
    with home.shop() as shop:
        staff = manager_of(shop)
        let_points_pay(shop)
        give_lot(shop, NORMAL, 2000, None)
        sale = sold_for(shop, staff, 1000, NORMAL, VITAMIN, VITAMIN, VITAMIN)
        returned(shop, sale, {1: 1000}, staff)
    assert home.findings() == []
    return home


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        ("spent_differ", "UPDATE spent_points SET points = points - 1"),
        ("sale_differs", "UPDATE spent_points SET fen = fen - 1"),
        ("sale_differs", "DELETE FROM spent_points"),
        ("spent_without_sale", "UPDATE spent_points SET sale_id = x'00'"),
        ("spent_into_debt", "DELETE FROM allocations"),
        ("given_back_differ", "DELETE FROM returned_points"),
        ("refund_differs", "UPDATE returned_points SET fen = fen + 1"),
        ("given_back_differ", "UPDATE transfers SET amount = 1 WHERE cause = 'give_back'"),
        (
            "given_back_to_other_lots",
            (
                "UPDATE lots SET expires_on = 800000 "
                "WHERE id IN (SELECT id FROM transfers WHERE cause = 'give_back')"
            ),
        ),
        (
            "given_back_to_other_lots",
            (
                "UPDATE lots SET earned_on = earned_on + 1 "
                "WHERE id IN (SELECT id FROM transfers WHERE cause = 'give_back')"
            ),
        ),
        (
            "expired_taken_back_twice",
            (
                "INSERT INTO transfers SELECT x'0102', 'expired', x'', 'issued', x'', 5, 'return', "
                "business_on, 1, sale_id, NULL FROM transfers WHERE cause = 'give_back' LIMIT 1"
            ),
        ),
    ],
)
def test_each_kind_of_tampering_with_spent_points_is_found(
    spent: Home, tmp_path: Path, what: str, statement: str
) -> None:
    home = Home(Path(shutil.copytree(spent.path, tmp_path / "home")))
    home.tamper(statement)
    assert what in {finding.what for finding in home.findings()}
