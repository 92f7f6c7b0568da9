"""`verify` after an upgrade: sales that an older engine priced are honest, and are added up."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from core.pricing.engine import ENGINE
from storage.columns import Connection
from storage.engine import connect
from storage.home import home_key, visit_home
from storage.store import store_path
from storage.verify import not_priced_again
from tests.actions.test_settle import CALCIUM, NORMAL, VITAMIN, settled
from tests.actions.test_spend import give_lot, let_points_pay, sold_for
from tests.builders import Home, manager_of
from tests.storage.making import forge_events, forget_triggers

OTHER = "0" * 64
MORE = """replace(record, '"%s":', '"%s":1')"""


def opened(home: Home) -> Connection:
    return connect(store_path(home.path), home_key(home.path).key)


def as_before(said: dict[str, Any]) -> None:
    """An event of the engine that had no number and gave other bytes."""
    if said["kind"] == "SaleSettled":
        assert said["body"].pop("engine") == ENGINE
        said["body"]["quote_hash"] = OTHER


@pytest.fixture(scope="module")
def older(furnished: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two sales of an older engine: of one 1,000 points paid 10.00."""
    home = Home(Path(shutil.copytree(furnished.path, tmp_path_factory.mktemp("older") / "home")))
    with home.shop() as shop:
        staff = manager_of(shop)
        let_points_pay(shop)
        give_lot(shop, NORMAL, 2000, None)
        sold_for(shop, staff, 1000, NORMAL, VITAMIN, VITAMIN)
        settled(shop, staff, VITAMIN, CALCIUM)
    connection = opened(home)
    forge_events(connection, as_before)
    connection.execute("UPDATE sales SET quote_hash = ?", (OTHER,))
    connection.close()
    return home


def test_honest_sales_of_an_older_engine_are_named_and_no_finding(
    older: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    from main import main

    assert older.findings() == []
    assert main(["verify", "--home", str(older.path)]) == 0
    assert "有 2 笔销售是别的版本的程序算的价" in capsys.readouterr().out


def test_the_next_sale_is_priced_again(older: Home, tmp_path: Path) -> None:
    home = Home(Path(shutil.copytree(older.path, tmp_path / "home")))
    with home.shop() as shop:
        settled(shop, manager_of(shop), CALCIUM)
    with visit_home(home.path) as found:
        assert not_priced_again(found.store) == 2
    connection = opened(home)
    sql = "SELECT data FROM events WHERE kind = 'SaleSettled' ORDER BY n DESC"
    assert json.loads(connection.execute(sql).fetchone()[0])["body"]["engine"] == ENGINE
    connection.close()
    assert home.findings() == []


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        ("sale_differs", "UPDATE sales SET quote_hash = 'x' WHERE number = 1"),
        ("sale_differs", "UPDATE sales SET list_fen = list_fen + 1 WHERE number = 1"),
        ("sale_differs", "UPDATE sales SET points = points + 1 WHERE number = 1"),
        ("sale_differs", "UPDATE tenders SET kind = 'card'"),
        ("sale_differs", "UPDATE tenders SET amount_fen = amount_fen - 1"),
        ("sale_differs", "DELETE FROM spent_points"),
        ("receipt_differs", "UPDATE receipts SET record = replace(record, '\"list\"', '\"paid\"')"),
        (
            "receipt_differs",
            f"UPDATE receipts SET record = {MORE % ('payable_fen', 'payable_fen')}",
        ),
        ("receipt_differs", f"UPDATE receipts SET record = {MORE % ('list_fen', 'list_fen')}"),
        ("receipt_differs", f"UPDATE receipts SET record = {MORE % ('amount_fen', 'amount_fen')}"),
    ],
)
def test_what_was_changed_of_them_is_found(
    older: Home, tmp_path: Path, what: str, statement: str
) -> None:
    home = Home(Path(shutil.copytree(older.path, tmp_path / "home")))
    connection = opened(home)
    forget_triggers(connection)
    assert connection.execute(statement).rowcount > 0
    connection.close()
    assert what in {finding.what for finding in home.findings()}


def test_an_older_event_that_lacks_its_figures_is_unreadable(older: Home, tmp_path: Path) -> None:
    home = Home(Path(shutil.copytree(older.path, tmp_path / "home")))

    def without_list(said: dict[str, Any]) -> None:
        said["body"].pop("list_fen", None)

    connection = opened(home)
    forge_events(connection, without_list)
    connection.close()
    assert [finding.what for finding in home.findings()] == ["sale_unreadable"] * 2
